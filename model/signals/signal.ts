import type { TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode } from '../service.ts';

/**
 * Why a shutdown that is begun by signals may run twice or be cut off:
 * - `no-latch`: it runs once for each signal that comes
 * - `per-signal`: `once` latches each signal by itself: SIGINT and then SIGTERM run it twice, the same one twice kills the process
 * - `late-latch`: the latch is set only after an await
 * - `exits-early`: `process.exit()` before the drain has been awaited
 * - `two-registries`: two places handle the same signal, and neither knows of the other
 */
export type LatchGap = 'exits-early' | 'late-latch' | 'no-latch' | 'per-signal' | 'two-registries';

/** The handler of one or more shutdown signals. */
export interface SignalHandler {
  /** The registering calls: `process.on('SIGINT', …)`; the loop's body where it is registered in a loop over names. */
  readonly registrations: readonly { readonly node: TSESTree.CallExpression; readonly signals: readonly string[]; readonly method: 'on' | 'once' }[];
  readonly fn: FunctionNode;
  /** What it waits for or begins: `shutdown()`, `server.close()`. */
  readonly drain: TSESTree.Node | undefined;
  /** The class, function or `(module)` that it belongs to. */
  readonly owner: string;
  readonly ownerNode: TSESTree.Node;
  /** What is surely wrong; `undefined` where nothing is, or where it cannot be told. */
  readonly gap: { readonly kind: LatchGap; readonly node: TSESTree.Node } | undefined;
}
