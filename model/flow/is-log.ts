import type { Step } from './step.ts';

const LOGS = /^(?:assert|debug|error|fatal|info|log|notice|trace|verbose|warn)$/i;

/** A call that only tells somebody: `this.logger.info(…)`, `console.log(…)`. */
export function isLog(step: Step): boolean {
  return step.kind === 'call' && LOGS.test(step.name);
}
