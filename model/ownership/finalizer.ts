import type { TSESTree } from '@typescript-eslint/utils';

/**
 * What is left to a moment that does not wait for it, or may never come:
 * - `exit`: an `exit` listener begins it, and the process ends as soon as its listeners have returned
 * - `late`: an `exit` listener puts it off to a timer that never fires
 * - `collected`: it is called when something has been garbage-collected
 */
export type FinalizerKind = 'collected' | 'exit' | 'late';

export interface Finalizer {
  readonly kind: FinalizerKind;
  /** The await, the call or the timer in the callback. */
  readonly node: TSESTree.Node;
  /** As in messages: `browser.close()`, `setTimeout(…)`. */
  readonly text: string;
  /** What stands behind the await and is not run; only of `exit`. */
  readonly lost: TSESTree.Node | undefined;
  /** Whether it surely stops something asynchronously, or surely leaves something undone; else it may be over at once. */
  readonly isSure: boolean;
  /** Whether the file does the same elsewhere too, so that nobody counts on this. */
  readonly isBackstop: boolean;
  /** The class or function that it stands in, or `(module)`. */
  readonly owner: string;
}
