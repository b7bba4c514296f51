import type { Change } from '../edits/outcome.ts';
import { sortChanges } from './apply-changes.ts';

/** Where an offset of the text after the changes lies in the text before them. */
export function originalOffset(offset: number, changes: readonly Change[]): number {
  let shift = 0;
  for (const { start, end, text } of sortChanges(changes)) {
    const from = start + shift;
    if (offset < from) break;
    if (offset < from + text.length) return start;
    shift += text.length - (end - start);
  }
  return offset - shift;
}
