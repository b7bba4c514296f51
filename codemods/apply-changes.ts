import MagicString from 'magic-string';
import type { Change } from '../edits/outcome.ts';

/** The text with all changes made. Insertions at one place keep their order; anything else that overlaps is an error. */
export function applyChanges(text: string, changes: readonly Change[]): string {
  const sorted = sortChanges(changes);
  const output = new MagicString(text);
  let end = 0;
  for (const change of sorted) {
    if (change.start < end || change.end < change.start || change.end > text.length) {
      throw new Error(`changes overlap at ${String(change.start)}: ${JSON.stringify(change.text)}`);
    }
    end = change.end;
    if (change.start === change.end) output.appendLeft(change.start, change.text);
    else output.update(change.start, change.end, change.text);
  }
  return output.toString();
}

/** By place; the sort is stable, so insertions at one place stay in the order in which they were planned. */
export function sortChanges(changes: readonly Change[]): readonly Change[] {
  return [...changes].sort((first, second) => first.start - second.start || first.end - second.end);
}
