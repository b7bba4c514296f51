import type { TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode } from '../service.ts';

/** What a condition reads: paths such as `closing@12` or `this.#state`; `isPlain` where nothing else decides it. */
export interface Reads {
  readonly paths: readonly string[];
  readonly isPlain: boolean;
}

/** A condition on the way to a step. */
export interface Guard {
  readonly node: TSESTree.Node;
  readonly reads: Reads;
  /** How it came out on the way; `undefined` where it is a loop, a switch, or several in one statement. */
  readonly when: boolean | undefined;
  /** The awaits that have surely been passed before it. */
  readonly epoch: number;
  /** Whether who is turned away by it neither waits for the first run nor does anything else. */
  readonly turnsAway: boolean;
}

export interface Write {
  /** The path that is written; `….*` for what is below it, `*` for anything. */
  readonly path: string;
  /** Whether a test of it holds afterwards; `undefined` where that cannot be told. */
  readonly sets: boolean | undefined;
  readonly epoch: number;
  readonly guards: readonly Guard[];
  readonly node: TSESTree.Node;
  /** As of a step. */
  readonly thread: number;
  readonly passed: number;
}

/** One call that a run of a handler comes to. */
export interface Step {
  readonly node: TSESTree.CallExpression;
  /** As it is called: `pool.end`. */
  readonly name: string;
  /** `task`: an asynchronous function of the file, whose own steps follow. */
  readonly kind: 'exit' | 'release' | 'task' | 'work';
  readonly guards: readonly Guard[];
  /** What waits for it: an await, a returned promise, a chain, or the call itself where a callback does. */
  readonly wait: TSESTree.Node | undefined;
  /** The line of execution it stands in; a promise that nobody awaits begins a new one. */
  readonly thread: number;
  /** The awaits that may have been passed before it in that thread. */
  readonly passed: number;
  /** Whether it stands in a loop over a list. */
  readonly isRepeated: boolean;
  /** Whether it is come to only when something has failed. */
  readonly isOnFailure: boolean;
  /** Whether it surely takes time although nothing waits for it. */
  readonly isLasting: boolean;
}

/** What one signal sets going, as far as the file shows it. */
export interface Run {
  readonly fn: FunctionNode;
  readonly steps: readonly Step[];
  readonly writes: readonly Write[];
  /** Whether it may take listeners off the process before it first waits, so that the next signal does not come here. */
  readonly dropsListeners: boolean;
  /** Whether it waits for a lock, so that a second run comes behind the first, and not into it. */
  readonly takesLock: boolean;
  /** Whether it may send a signal to a process: to itself, most often, to end as the signal would have ended it. */
  readonly sendsSignals: boolean;
}

/** Whether a step gives something back and waits for it, in a run that has not failed. */
export function isDrain({ kind, wait, isOnFailure }: Step): boolean {
  return kind === 'release' && wait !== undefined && !isOnFailure;
}
