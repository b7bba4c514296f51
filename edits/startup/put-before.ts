import type { TSESTree } from '@typescript-eslint/utils';
import type { Source } from '../../model/source.ts';
import { onOneLine } from '../flag/on-one-line.ts';
import type { Change } from '../outcome.ts';
import { eolAt } from '../text/eol-at.ts';
import { indentAt } from '../text/indent-at.ts';
import { leadingStart } from '../text/leading-start.ts';
import { startsLine } from '../text/starts-line.ts';
import { endLine } from './put-after.ts';

/** Lines before a statement and the comments above it. */
export function putBefore(source: Source, statement: TSESTree.Statement, lines: readonly string[]): readonly Change[] {
  const { text } = source;
  const own = leadingStart(source, statement.range[0]);
  const start = startsLine(text, own) ? own : statement.range[0];
  if (lines.length === 0) return [];
  if (!startsLine(text, start)) return [{ start, end: start, text: `${onOneLine(lines.map((line) => line.trim()))} ` }];
  const gap = eolAt(text, start) + indentAt(text, start);
  return [{ start, end: start, text: endLine(lines.join(gap), text, statement.range[0]) + gap }];
}
