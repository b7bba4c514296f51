import type { TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode } from '../service.ts';

/**
 * Why a shutdown that is begun by signals may run twice or be cut off:
 * - `no-latch`: it runs once for each signal that comes
 * - `per-signal`: `once` latches each signal by itself: SIGINT and then SIGTERM run it twice, the same one twice kills the process
 * - `late-latch`: the latch is set only after an await
 * - `exits-early`: `process.exit()` before the drain has been awaited
 * - `exits-second`: the second signal is turned away inside the drain, and goes on to a `process.exit()` that ends the first
 * - `two-registries`: two places handle the same signal, and neither knows of the other
 */
export type LatchGap = 'exits-early' | 'exits-second' | 'late-latch' | 'no-latch' | 'per-signal' | 'two-registries';

export interface SignalRegistration {
  /** `process.on('SIGINT', …)`; in a loop over names, the one call in its body. */
  readonly node: TSESTree.CallExpression;
  readonly signals: readonly string[];
  readonly method: 'on' | 'once';
  /** The function that it runs, where that is in the file. */
  readonly fn: FunctionNode;
  /** Whether a function of the file makes `fn` anew for each registration: `closer('SIGINT')`. */
  readonly isMade: boolean;
}

/** What goes wrong, and where. */
export interface SignalGap {
  readonly kind: LatchGap;
  /** What is to be changed: a registration, the late write of a latch, or `process.exit()`. */
  readonly node: TSESTree.Node;
  /** Whether the harm follows from the file alone; else what is called might bear a second call. */
  readonly isSure: boolean;
  /** What a second signal runs again, or what is cut off. */
  readonly work: TSESTree.Node;
  /** Where the first run waits while the second signal comes. */
  readonly wait: TSESTree.Node;
  /** The test that lets the second run through (`late-latch`) or turns it away too early (`exits-second`). */
  readonly test: TSESTree.Node | undefined;
  /** The other registration of `two-registries`. */
  readonly other: TSESTree.Node | undefined;
}

/** The shutdown that one or more signals begin. */
export interface SignalHandler {
  /** In the order of the text; the same shutdown may be registered several times. */
  readonly registrations: readonly [SignalRegistration, ...SignalRegistration[]];
  /** The signals that begin it, each once. */
  readonly signals: readonly string[];
  /** The first thing that it waits for: `await server.close()`; `undefined` where it only acts at once. */
  readonly drain: TSESTree.Node | undefined;
  /** The class, function or `(module)` that it belongs to. */
  readonly owner: string;
  readonly ownerNode: TSESTree.Node;
  /** Whether it sends a signal, which may come back here. */
  readonly sendsSignals: boolean;
  /** What is wrong; `undefined` where nothing is, or where it cannot be told. */
  readonly gap: SignalGap | undefined;
}
