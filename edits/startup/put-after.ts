import type { TSESTree } from '@typescript-eslint/utils';
import type { Source } from '../../model/source.ts';
import { onOneLine } from '../flag/on-one-line.ts';
import type { Change } from '../outcome.ts';
import { eolAt } from '../text/eol-at.ts';
import { indentAt } from '../text/indent-at.ts';
import { startsLine } from '../text/starts-line.ts';
import { trailingEnd } from '../text/trailing-end.ts';

/** Lines behind a statement and the comment that belongs to its line; `unit` is by how much the statement itself is indented more than it was. */
export function putAfter({ text }: Source, { type, range: [start, end] }: TSESTree.Statement, lines: readonly string[], unit = ''): Change {
  // A semicolon on the next line is there for what follows it.
  const close = start + text.slice(start, end).replace(/\s*\n\s*;$/, '').length;
  if (!startsLine(text, start)) {
    const isOpen = /^(?:Expression|Return|Throw|Variable)/.test(type) && text[close - 1] !== ';';
    return { start: close, end: close, text: `${isOpen ? ';' : ''} ${onOneLine(lines.map((line) => line.trim()))}` };
  }
  const at = trailingEnd(text, close);
  const gap = eolAt(text, start) + indentAt(text, start) + unit;
  return { start: at, end: at, text: gap + endLine(lines.join(gap), text, at) };
}

/** With the semicolon that a line cannot do without, where what follows it would be read as a part of it. */
export function endLine(line: string, text: string, next: number): string {
  return line.endsWith(';') || !/^\s*[([`/+*-]/.test(text.slice(next).replace(/\/\/.*|\/\*(?:(?!\*\/)[^])*\*\//g, '')) ? line : `${line};`;
}
