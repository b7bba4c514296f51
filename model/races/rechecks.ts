import { waitBetween } from '../flow/between.ts';
import { guardsStep } from '../flow/guards-step.ts';
import type { Step } from '../flow/step.ts';

/** The fields by which a stop makes itself known to a start that is under way: what it writes or aborts. */
export function markedBy(steps: readonly Step[]): ReadonlySet<string> {
  return new Set(
    steps.flatMap((step) => {
      if (step.kind === 'write') return [step.field];
      return step.kind === 'call' && (step.name === 'abort' || step.name === 'cancel') && step.on !== undefined ? [step.on] : [];
    }),
  );
}

/** Whether a start that a newer one has overtaken goes no further than its last await: `if (epoch !== this.epoch) return`. */
export function isSuperseded(steps: readonly Step[], step: Step): boolean {
  const to = steps.indexOf(step);
  const wait = waitBetween(steps, -1, to);
  const from = wait === undefined ? -1 : steps.indexOf(wait);
  const marks = new Set(steps.slice(0, Math.max(from, 0)).flatMap((earlier) => (earlier.kind === 'write' && earlier.value.kind !== 'constant' ? [earlier.field] : [])));
  return steps.slice(from, to).some((check) => check.kind === 'test' && check.when.is === 'other' && isRecheck(check, marks, step));
}

/** Whether a step looks whether a stop has come: `if (this.stopped) return`, `signal.throwIfAborted()`, or a test round what comes `next`. */
export function isRecheck(step: Step, marks: ReadonlySet<string>, next?: Step): boolean {
  if (step.kind === 'test') return marks.has(step.field) && (step.exit !== 'none' || (next !== undefined && guardsStep(step, next)));
  return step.kind === 'call' && (step.name === 'throwIfAborted' || step.name === 'aborted') && (step.on === undefined || marks.has(step.on));
}
