import { reaches } from './reaches.ts';
import type { AwaitStep, Step } from './step.ts';

/** Whether a step is an await at which other calls of the same object are known to run. */
export function isWait(step: Step): step is AwaitStep {
  return step.kind === 'await' && !step.unseen;
}

/** The last await that can stand between two steps of a flow, given by their places in it. */
export function waitBetween(steps: readonly Step[], from: number, to: number): AwaitStep | undefined {
  const later = steps[to];
  const earlier = steps[from];
  if (later === undefined) return undefined;
  for (let at = to - 1; at > from; at--) {
    const wait = steps[at];
    if (wait !== undefined && isWait(wait) && reaches(wait, later) && (earlier === undefined || reaches(earlier, wait))) return wait;
  }
  return undefined;
}
