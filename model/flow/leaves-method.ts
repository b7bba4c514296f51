import type { Step, TestStep } from './step.ts';

/** A test that can turn the caller away: the method is left, not only a loop in it. */
export function leavesMethod(step: Step): step is TestStep & { readonly exit: 'return' | 'throw' } {
  return step.kind === 'test' && (step.exit === 'return' || step.exit === 'throw');
}
