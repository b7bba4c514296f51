import type { Explanation } from '../explain/explanation.ts';

/** What the rules ask of a service, in the words of one column. */
export interface Requirement {
  readonly id: string;
  readonly title: string;
  readonly what: string;
  /** A rule belongs to one requirement. */
  readonly rules: readonly string[];
}

/** What a service has of a requirement; `not asked` where none of its rules asks for it. */
export type Mark = 'no' | 'not asked' | 'unknown' | 'yes';

export type Preset = 'recommended' | 'strict';

export const REQUIREMENTS: readonly Requirement[] = [
  {
    id: 'lock',
    title: 'Lock',
    what: 'Start, stop and every other change of state run one after the other',
    rules: ['require-lifecycle-lock', 'no-partial-lifecycle-lock', 'no-shared-lifecycle-lock', 'no-lifecycle-lock-reentry', 'no-lock-across-run-loop', 'no-unlocked-transition'],
  },
  { id: 'rollback', title: 'Rollback', what: 'A start that fails gives back what it has acquired', rules: ['require-startup-rollback'] },
  { id: 'deadline', title: 'Deadline', what: 'Stop does not wait for ever', rules: ['require-drain-timeout'] },
  { id: 'flag', title: 'Flag', what: 'What a timed-out stop left alive is not started again', rules: ['require-unrestartable-flag'] },
  { id: 'teardown', title: 'Teardown', what: 'A step of stop that fails does not skip the next ones', rules: ['no-skipped-teardown'] },
  { id: 'work', title: 'Work', what: 'Stop ends the tasks and timers that start has begun', rules: ['no-untracked-background-task', 'require-timer-release'] },
  { id: 'kill', title: 'Kill', what: 'A child process is surely gone', rules: ['require-kill-escalation', 'no-dead-kill-escalation', 'no-stale-pid-kill'] },
  { id: 'construction', title: 'Construct', what: 'Making an instance does not start it', rules: ['no-start-in-constructor'] },
  { id: 'dispose', title: 'Dispose', what: '`await using` stops it', rules: ['require-async-dispose'] },
  { id: 'owner', title: 'Owner', what: 'Whoever starts it is sure to stop it', rules: ['prefer-await-using', 'no-finalizer-stop', 'no-started-provider', 'require-shutdown-latch'] },
];

/** A reported lack outweighs what cannot be told, and that what is there. */
export function markOf({ verdicts }: Pick<Explanation, 'verdicts'>, { rules }: Requirement, preset: Preset): Mark {
  const outcomes = new Set(verdicts.filter(({ rule }) => rules.includes(rule)).map((verdict) => verdict[preset].outcome));
  if (outcomes.has('reported')) return 'no';
  if (outcomes.has('unknown')) return 'unknown';
  return outcomes.has('kept') ? 'yes' : 'not asked';
}
