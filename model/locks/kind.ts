import type { Fact } from '../service.ts';
import type { LockLibrary } from './lock-libraries.ts';

/** What a declaration says about being a lock. */
export interface LockKind {
  /** `unknown` where the number of holders or the class cannot be told. */
  readonly isLock: Fact;
  /** The package, or the class of a home-made lock. */
  readonly from: string | undefined;
  /** Undefined for a home-made lock, whose methods are told by their usual names. */
  readonly library: LockLibrary | undefined;
  /** It may be taken again while it is held. */
  readonly isReentrant: boolean;
  /** An option frees it while the body still runs. */
  readonly isLeaky: boolean;
}

export const NO_LOCK: LockKind = Object.freeze({ isLock: 'no', from: undefined, library: undefined, isReentrant: false, isLeaky: false });
