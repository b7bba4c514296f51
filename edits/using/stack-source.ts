import type { Change, Need } from '../outcome.ts';

/** Where a file has its AsyncDisposableStack from. */
export interface StackSource {
  /** How the file says it. */
  readonly name: string;
  /** What makes the name known there. All edits of a file have the same objects, and so can share them. */
  readonly imports: readonly Change[];
  readonly needs: readonly Need[];
  /** How many things there must be to stop, or a `try` says the same in less. */
  readonly fewest: number;
}

export const GLOBAL_STACK: StackSource = { name: 'AsyncDisposableStack', imports: [], needs: [], fewest: 1 };

/** What changes have in common with those of other edits to the file: an import. */
export function sharedIn(changes: readonly Change[], stack: StackSource | undefined): readonly Change[] {
  return stack === undefined ? [] : changes.filter((change) => stack.imports.includes(change));
}
