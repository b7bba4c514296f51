import { isLoop } from '../ast/is-loop.ts';
import type { Arm, Step, TestStep } from './step.ts';

/** Whether a step stands in a branch that is taken on the outcome of the test: `if (!this.stopped) this.timer = …`. */
export function guardsStep(test: TestStep, step: Step): boolean {
  const [from, to] = test.node.range;
  const isCondition = ({ branch }: Arm): boolean => branch.range[0] <= from && to <= branch.range[1] && !test.arms.some((arm) => arm.branch === branch);
  return step.arms.some((arm) => isCondition(arm) && !isLoop(arm.branch));
}
