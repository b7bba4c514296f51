import type { TSESTree } from '@typescript-eslint/utils';
import type { Fact } from '../service.ts';

/** Why a service can be started again beside work that a timed-out stop left alive. */
export type RestartGap =
  | 'cleared' // the flag is set and later taken back
  | 'no-flag' // nothing remembers the timeout
  | 'set-always' // every error sets it, not only a timeout
  | 'swallowed' // the timeout is caught and stop goes on as if nothing were left
  | 'tested-late' // start tests it only after an await, or outside the lock
  | 'untested'; // start does not test it

export interface RestartFacts {
  /** `yes`: start refuses after a stop that timed out, and after no other. `unknown` too where no drain has a deadline. */
  readonly refusedAfterTimeout: Fact;
  /** `yes`: no start succeeds after any stop, by a flag that nothing takes back. */
  readonly isOneShot: Fact;
  /** The field that keeps start from succeeding after a timeout, or that is meant to; also where only some drains set it. */
  readonly flag: string | undefined;
  readonly gap: { readonly kind: RestartGap; readonly node: TSESTree.Node } | undefined;
}
