import type { TSESTree } from '@typescript-eslint/utils';
import type { RaceKind } from '../service.ts';

/**
 * - `lock`: both calls hold it
 * - `flag`: a test of a field turns the call away
 * - `mark`: a field is set before the call waits, so that the other call sees it
 * - `promise`: the promise of a call is kept before it waits, and the other call waits for it
 * - `join`: one side waits for the other to end
 * - `recheck`: after its await the call looks whether the other has come meanwhile
 * - `refusal`: a call in the wrong state throws
 * - `swap`: the handle is taken out of its field before its release is awaited
 */
export type ProtectionKind = 'flag' | 'join' | 'lock' | 'mark' | 'promise' | 'recheck' | 'refusal' | 'swap';

/** One thing in the code that may keep two calls apart. */
export interface Guard {
  readonly kind: ProtectionKind;
  /** The field it goes by; of a lock its key. */
  readonly field: string | undefined;
  /** The start-side or stop-side method that it protects. */
  readonly method: string;
  /** The test, the wait, the write or the call that takes the lock. */
  readonly node: TSESTree.Node;
}

/** What closes a race that would be there without it. */
export interface Protection extends Guard {
  /** The races that appear as soon as it is taken away; with an `or`, as soon as both are. */
  readonly closes: readonly RaceKind[];
  /** Closes the same races by another field: either alone is enough. */
  readonly or?: Guard;
}
