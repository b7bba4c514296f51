import { elsewhere } from './silences/elsewhere.ts';
import { noUntrackedBackgroundTask, requireTimerRelease } from './silences/ledger.ts';
import { noLifecycleLockReentry, noLockAcrossRunLoop, noPartialLifecycleLock, noSharedLifecycleLock, requireLifecycleLock } from './silences/locks.ts';
import { noStartInConstructor, noUnlockedTransition, requireStartupRollback } from './silences/start.ts';
import { noSkippedTeardown, requireAsyncDispose, requireDrainTimeout, requireUnrestartableFlag } from './silences/stop.ts';
import type { Silence, SilenceReader, Silent } from './silences/silence.ts';

/** Why a rule that reports nothing of a service does not; undefined for a rule that nobody has told this of. */
export function silenceOf(rule: string, silent: Silent): Silence | undefined {
  return READERS[rule]?.(silent);
}

const READERS: Readonly<Record<string, SilenceReader>> = {
  'no-dead-kill-escalation': elsewhere('no-dead-kill-escalation'),
  'no-finalizer-stop': elsewhere('no-finalizer-stop'),
  'no-lifecycle-lock-reentry': noLifecycleLockReentry,
  'no-lock-across-run-loop': noLockAcrossRunLoop,
  'no-partial-lifecycle-lock': noPartialLifecycleLock,
  'no-shared-lifecycle-lock': noSharedLifecycleLock,
  'no-skipped-teardown': noSkippedTeardown,
  'no-stale-pid-kill': elsewhere('no-stale-pid-kill'),
  'no-start-in-constructor': noStartInConstructor,
  'no-started-provider': elsewhere('no-started-provider'),
  'no-unlocked-transition': noUnlockedTransition,
  'no-untracked-background-task': noUntrackedBackgroundTask,
  'prefer-await-using': elsewhere('prefer-await-using'),
  'require-async-dispose': requireAsyncDispose,
  'require-drain-timeout': requireDrainTimeout,
  'require-kill-escalation': elsewhere('require-kill-escalation'),
  'require-lifecycle-lock': requireLifecycleLock,
  'require-shutdown-latch': elsewhere('require-shutdown-latch'),
  'require-startup-rollback': requireStartupRollback,
  'require-timer-release': requireTimerRelease,
  'require-unrestartable-flag': requireUnrestartableFlag,
};
