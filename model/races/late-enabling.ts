import { isWait, waitBetween } from '../flow/between.ts';
import { reaches } from '../flow/reaches.ts';
import { holds } from '../flow/turns-away.ts';
import type { Flow, TestStep, WriteStep } from '../flow/step.ts';
import type { Race } from '../service.ts';

/** The write that lets stop through, where every such write of start comes after an await. */
export function lateEnabling({ steps }: Flow, test: TestStep): { readonly wait: Race['wait']; readonly write: WriteStep } | undefined {
  for (const [index, step] of steps.entries()) {
    if (step.kind !== 'write' || step.field !== test.field || step.deep || holds(test.when, step.value) !== 'no') continue;
    const wait = waitBetween(steps, -1, index);
    // A write in the catch clause of the same call is no first one.
    if (wait === undefined || !steps.slice(0, index).some((earlier) => isWait(earlier) && reaches(earlier, step))) return undefined;
    return { wait: wait.node, write: step };
  }
  return undefined;
}
