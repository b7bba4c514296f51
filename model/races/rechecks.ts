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

/** Whether a step looks whether a stop has come: `if (this.stopped) return`, `signal.throwIfAborted()`. */
export function isRecheck(step: Step, marks: ReadonlySet<string>): boolean {
  if (step.kind === 'test') return step.exit !== 'none' && marks.has(step.field);
  return step.kind === 'call' && (step.name === 'throwIfAborted' || step.name === 'aborted') && (step.on === undefined || marks.has(step.on));
}
