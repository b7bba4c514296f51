import noLifecycleLockReentry from './no-lifecycle-lock-reentry.ts';
import noLockAcrossRunLoop from './no-lock-across-run-loop.ts';
import noPartialLifecycleLock from './no-partial-lifecycle-lock.ts';
import noSharedLifecycleLock from './no-shared-lifecycle-lock.ts';
import noStartInConstructor from './no-start-in-constructor.ts';
import requireAsyncDispose from './require-async-dispose.ts';
import requireLifecycleLock from './require-lifecycle-lock.ts';

export const rules = [
  noLifecycleLockReentry,
  noLockAcrossRunLoop,
  noPartialLifecycleLock,
  noSharedLifecycleLock,
  noStartInConstructor,
  requireAsyncDispose,
  requireLifecycleLock,
];
