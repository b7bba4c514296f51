import { waitBetween } from '../flow/between.ts';
import { guardsStep } from '../flow/guards-step.ts';
import type { Flow, Step, TestStep } from '../flow/step.ts';

/** Whether a step stands in a branch that closes itself before it waits, so that one call at a time is in it: `this.stopping ??= this.halt()`. */
export function runsOnce(flow: Flow, step: Step): boolean {
  return testsOf(flow).some(({ test, from }) => guardsStep(test, step) && closesItself(flow, test, from));
}

interface PlacedTest {
  readonly test: TestStep;
  readonly from: number;
}

const cache = new WeakMap<Flow, readonly PlacedTest[]>();

function testsOf(flow: Flow): readonly PlacedTest[] {
  const known = cache.get(flow);
  if (known !== undefined) return known;
  const tests = flow.steps.flatMap((test, from) => (test.kind === 'test' ? [{ test, from }] : []));
  cache.set(flow, tests);
  return tests;
}

function closesItself({ steps }: Flow, test: TestStep, from: number): boolean {
  return steps.some((write, to) => {
    if (to <= from || write.kind !== 'write' || write.field !== test.field || write.deep || write.value.kind === 'other') return false;
    return guardsStep(test, write) && waitBetween(steps, from, to) === undefined;
  });
}
