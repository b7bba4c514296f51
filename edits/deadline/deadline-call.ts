import type { Change, Need } from '../outcome.ts';

/** How a class sets a limit of time to a promise, as text round it. */
export interface DeadlineCall {
  readonly before: string;
  /** `limit` is the expression for the milliseconds. */
  readonly after: (limit: string) => string;
  /** Whether the limit is copied too, so that none need be given. */
  readonly hasLimit: boolean;
  /**
   * What stands between:
   * - `promise`: an expression that TypeScript and the library take for a promise
   * - `value`: any expression, as `await` takes it
   * - `thunk`: a function that makes the promise
   */
  readonly takes: 'promise' | 'thunk' | 'value';
  /** The condition by which a `catch` tells a timeout, given the caught error's name. */
  readonly isTimeout: (error: string) => string;
  /** What imports it, and what its timeouts are told by where that is asked. */
  readonly imports: (tellsTimeouts: boolean) => readonly Change[];
  readonly needs: readonly Need[];
}
