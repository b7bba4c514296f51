import type { LifecycleLockOptions } from './lifecycle-lock-options.ts';

export interface DrainTimeoutOptions extends LifecycleLockOptions {
  /** How long stop may wait for what it drains, in ms; 10 000 if nothing is said. */
  readonly drainTimeout?: number;
}
