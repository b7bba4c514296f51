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

/** Whether a step looks whether a stop has come: `if (this.stopped) return`, `signal.throwIfAborted()`, or a test round what comes `next`. */
export function isRecheck(step: Step, marks: ReadonlySet<string>, next?: Step): boolean {
  if (step.kind === 'test') return marks.has(step.field) && (step.exit !== 'none' || (next !== undefined && guardsStep(step, next)));
  return step.kind === 'call' && (step.name === 'throwIfAborted' || step.name === 'aborted') && (step.on === undefined || marks.has(step.on));
}
