import { leavesMethod } from '../flow/leaves-method.ts';
import type { TestStep, Value } from '../flow/step.ts';
import { holds } from '../flow/turns-away.ts';
import type { Flows } from '../races/flows.ts';
import type { BareStep } from './piece.ts';

/**
 * Whether a service is stuck when a write in stop is skipped: stop has already given the field a value by which both start and stop
 * turn their callers away, and only this write would let start in again.
 */
export function isStuckWithout({ writes }: BareStep, failing: BareStep, flows: readonly Flows[], steps: readonly BareStep[]): boolean {
  if (writes === undefined) return false;
  const before = steps.slice(0, steps.indexOf(failing)).findLast((step) => step.writes?.field === writes.field)?.writes;
  if (before === undefined) return false;
  const isShut = (tests: readonly TestStep[], value: Value): boolean => tests.some(({ when, partial }) => !partial && holds(when, value) === 'yes');
  return flows.some(({ start, stop }) => {
    const starts = testsOf(start.steps, writes.field);
    const isOpened = starts.length > 0 && starts.every(({ when }) => holds(when, writes.value) === 'no');
    return isOpened && isShut(starts, before.value) && isShut(testsOf(stop.steps, writes.field), before.value);
  });
}

function testsOf(steps: Flows['start']['steps'], field: string): readonly TestStep[] {
  return steps.filter((step): step is TestStep => leavesMethod(step) && step.field === field && step.frames.length === 1);
}
