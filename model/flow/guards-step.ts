import type { Step, TestStep } from './step.ts';

/** Whether a step stands in a branch that is taken on the outcome of the test: `if (!this.stopped) this.timer = …`. */
export function guardsStep(test: TestStep, step: Step): boolean {
  const [from, to] = test.node.range;
  return step.arms.some(({ branch }) => branch.range[0] <= from && to <= branch.range[1] && !isLoop(branch));
}

function isLoop({ type }: Step['node']): boolean {
  return type.endsWith('Statement') && /^(?:Do|For|While)/.test(type);
}
