import { leavesMethod } from '../flow/leaves-method.ts';
import { reaches } from '../flow/reaches.ts';
import { waitBetween } from '../flow/between.ts';
import { turnsAway } from '../flow/turns-away.ts';
import type { Flow, Step, TestStep } from '../flow/step.ts';

/**
 * The test that turns a second caller away, where it can: the field is tested and written with no await in between, and nothing was
 * done before the test. Undefined where two calls can both get in.
 */
export function entryGuard({ steps }: Flow): TestStep | undefined {
  for (const [from, test] of steps.entries()) {
    if (isEffect(test)) return undefined;
    if (!leavesMethod(test)) continue;
    const closed = steps.some((step, to) => to > from && closes(test, step) && waitBetween(steps, from, to) === undefined);
    if (closed) return test;
  }
  return undefined;
}

function closes(test: TestStep, step: Step): boolean {
  return step.kind === 'write' && step.field === test.field && turnsAway(test, step) !== 'no' && reaches(test, step);
}

/** Something that a second caller would do again. */
function isEffect(step: Step): boolean {
  return step.kind === 'spawn' || (step.kind === 'write' && step.value.kind === 'fresh' && !step.deep);
}
