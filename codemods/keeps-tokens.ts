import type { Change } from '../edits/outcome.ts';
import { sortChanges } from './apply-changes.ts';

const TOKEN = /[$\w\u0080-\uFFFF]+|[^\s$\w]/g;

/** Whether everything outside the changes is still there, in its order. */
export function keepsTokens(before: string, changes: readonly Change[], after: string): boolean {
  let kept = '';
  let from = 0;
  for (const { start, end } of sortChanges(changes)) {
    kept += before.slice(from, start);
    from = end;
  }
  kept += before.slice(from);
  const output = after.matchAll(TOKEN);
  return (kept.match(TOKEN) ?? []).every((token) => {
    for (;;) {
      const { done, value } = output.next();
      if (done === true) return false;
      if (value[0] === token) return true;
    }
  });
}
