import { isWait, waitBetween } from '../flow/between.ts';
import { reaches } from '../flow/reaches.ts';
import { holds } from '../flow/turns-away.ts';
import type { AwaitStep, Flow, TestStep, WriteStep } from '../flow/step.ts';

/** The write that lets stop through, where every such write of start comes after an await. */
export function lateEnabling({ steps }: Flow, test: TestStep): { readonly wait: AwaitStep; readonly write: WriteStep } | undefined {
  for (const [index, step] of steps.entries()) {
    if (step.kind !== 'write' || step.field !== test.field || step.deep || holds(test.when, step.value) !== 'no') continue;
    const wait = waitBetween(steps, -1, index);
    // A write in the catch clause of the same call is no first one.
    if (wait === undefined || !steps.slice(0, index).some((earlier) => isWait(earlier) && reaches(earlier, step))) return undefined;
    return { wait, write: step };
  }
  return undefined;
}
