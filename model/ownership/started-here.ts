import type { TSESTree } from '@typescript-eslint/utils';

/**
 * How a function that starts something sees to its stop:
 * - `skipped`: only where nothing fails in between
 * - `late-try`: in a `finally`, but something may fail before its `try`
 * - `by-hand`: in a `finally` that first asks whether there is anything to stop
 * - `in-turn`: in a `finally`, but right after the stop of another one, which may fail
 */
export type StartedKind = 'by-hand' | 'in-turn' | 'late-try' | 'skipped';

/** Something that a function makes, starts and stops itself, and hands to nobody. */
export interface StartedHere {
  readonly kind: StartedKind;
  readonly variable: string;
  /** The call that starts it; of `by-hand` and `in-turn` the one that stops it. */
  readonly node: TSESTree.CallExpression;
  readonly stop: TSESTree.CallExpression;
  /** What may fail, or return, before the stop; of `in-turn` the other stop; none of `by-hand`. */
  readonly fails: TSESTree.Node | undefined;
  /** Whether it runs on for sure if that happens: neither does the process end with the function, nor is it a test. */
  readonly runsOn: boolean;
  /** The class or function that it stands in, or `(module)`. */
  readonly owner: string;
}
