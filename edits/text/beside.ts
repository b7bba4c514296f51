import type { Source } from '../../model/source.ts';
import type { TSESTree } from '@typescript-eslint/utils';
import type { Change } from '../outcome.ts';
import { onOneLine } from '../flag/on-one-line.ts';
import { eolAt } from './eol-at.ts';
import { indentAt } from './indent-at.ts';
import { startsLine } from './starts-line.ts';
import { trailingEnd } from './trailing-end.ts';

/** Lines to be put before what stands at `start`, on lines of their own where that does. */
export function linesBefore({ text }: Source, start: number, lines: readonly string[]): string {
  if (!startsLine(text, start)) return `${onOneLine(lines)} `;
  return lines.map((line) => `${line}${eolAt(text, start)}${indentAt(text, start)}`).join('');
}

/** Puts lines after a statement. */
export function insertAfter({ text }: Source, { range: [start, after] }: TSESTree.Node, lines: readonly string[]): Change {
  const end = trailingEnd(text, after);
  const isOpen = !startsLine(text, start);
  const added = isOpen ? ` ${onOneLine(lines)}` : lines.map((line) => `${eolAt(text, start)}${indentAt(text, start)}${line}`).join('');
  const at = isOpen ? after : end;
  return { start: at, end: at, text: added };
}
