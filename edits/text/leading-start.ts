import type { Source } from '../../model/source.ts';
import { startsLine } from './starts-line.ts';

/** Where a statement begins with the comments that stand on lines of their own right above it. */
export function leadingStart({ text, comments }: Source, start: number): number {
  let first = start;
  for (const { range } of comments.toReversed()) {
    if (range[1] > first) continue;
    if (!/^[\t ]*\r?\n[\t ]*$/.test(text.slice(range[1], first)) || !startsLine(text, range[0])) break;
    first = range[0];
  }
  return first;
}
