import { waitBetween } from '../flow/between.ts';
import { guardsStep } from '../flow/guards-step.ts';
import type { Step, Value } from '../flow/step.ts';
import { holds } from '../flow/turns-away.ts';

/** The fields by which a call makes itself known to another that is under way, with the values that it leaves in them. */
export type Marks = ReadonlyMap<string, readonly Value[]>;

const ANYTHING: Value = { kind: 'other' };

/** What stop writes or aborts. */
export function markedBy(steps: readonly Step[]): Marks {
  const marks = new Map<string, Value[]>();
  for (const step of steps) {
    const value = step.kind === 'write' && !step.deep ? step.value : ANYTHING;
    const aborted = step.kind === 'call' && (step.name === 'abort' || step.name === 'cancel') ? step.on : undefined;
    const field = step.kind === 'write' ? step.field : aborted;
    if (field !== undefined) marks.set(field, [...(marks.get(field) ?? []), value]);
  }
  return marks;
}

/** Whether a start that a newer one has overtaken goes no further than its last await: `if (epoch !== this.epoch) return`. */
export function isSuperseded(steps: readonly Step[], step: Step): boolean {
  const to = steps.indexOf(step);
  const wait = waitBetween(steps, -1, to);
  const from = wait === undefined ? -1 : steps.indexOf(wait);
  const marks = markedBy(steps.slice(0, Math.max(from, 0)).filter((earlier) => earlier.kind === 'write' && earlier.value.kind !== 'constant'));
  return steps.slice(from, to).some((check) => check.kind === 'test' && check.when.is === 'other' && isRecheck(check, marks, step));
}

/** A return out of a helper or callback keeps only the rest of that from being done. */
function staysIn(test: Step, next: Step | undefined): boolean {
  return next !== undefined && test.frames.every((frame) => frame.isPredicate || next.frames.includes(frame));
}

/** Whether a step can look whether a stop has come: only these are `isRecheck` of something. */
export function looks(step: Step): boolean {
  return step.kind === 'test' || (step.kind === 'call' && (step.name === 'throwIfAborted' || step.name === 'aborted'));
}

/**
 * Whether a step looks whether a stop has come: `if (this.stopped) return`, `signal.throwIfAborted()`, or a test round what comes `next`.
 * `if (this.server) return` sees nothing of a stop that leaves the field empty.
 */
export function isRecheck(step: Step, marks: Marks, next?: Step): boolean {
  if (step.kind === 'test') {
    if (step.exit === 'none') return marks.has(step.field) && next !== undefined && guardsStep(step, next);
    if (step.exit === 'helper' && !staysIn(step, next)) return false;
    return marks.get(step.field)?.some((value) => holds(step.when, value) !== 'no') ?? false;
  }
  return step.kind === 'call' && (step.name === 'throwIfAborted' || step.name === 'aborted') && (step.on === undefined || marks.has(step.on));
}
