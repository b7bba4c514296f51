import type { TSESTree } from '@typescript-eslint/utils';
import type { Source } from '../../model/source.ts';
import type { Change } from '../outcome.ts';
import { leadingStart } from '../text/leading-start.ts';
import { lineEnd } from '../text/line-end.ts';
import { startsLine } from '../text/starts-line.ts';
import { trailingEnd } from '../text/trailing-end.ts';

/** Whether a statement has its lines to itself, but for a comment at their end. */
export function hasOwnLines({ text }: Source, { range: [start, end] }: TSESTree.Node): boolean {
  return startsLine(text, start) && /^[\t ]*(?:\r?\n|$)/.test(text.slice(trailingEnd(text, end)));
}

/** Takes statements out with their lines. Their comments stay, or go with them if they are put elsewhere. */
export function cutStatements(source: Source, statements: readonly TSESTree.Node[], withComments: boolean): readonly Change[] {
  const { text } = source;
  const ranges: { start: number; end: number }[] = [];
  for (const { range } of statements.toSorted((a, b) => a.range[0] - b.range[0])) {
    const hasComment = trailingEnd(text, range[1]) !== range[1];
    if (hasComment && !withComments) {
      const blank = /^[\t ]*/.exec(text.slice(range[1]))?.[0].length ?? 0;
      ranges.push({ start: range[0], end: range[1] + blank });
      continue;
    }
    const start = lineStart(text, withComments ? leadingStart(source, range[0]) : range[0]);
    const end = lineEnd(text, trailingEnd(text, range[1]));
    const last = ranges.at(-1);
    if (last?.end === start) last.end = end;
    else ranges.push({ start, end });
  }
  return ranges.map(({ start, end }) => ({ start: isSetApart(text, start, end) ? lineStart(text, start - 1) : start, end, text: '' }));
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Whether a blank line before would be left without anything to set apart. */
function isSetApart(text: string, start: number, end: number): boolean {
  return start === lineStart(text, start) && /\n[\t ]*\r?\n$/.test(text.slice(0, start)) && /^(?:[\t ]*\}|[\t ]*\r?\n|$)/.test(text.slice(end));
}
