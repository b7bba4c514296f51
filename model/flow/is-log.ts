import { isLogging } from '../ast/is-logging.ts';
import type { Step } from './step.ts';

/** A call that only tells somebody: `this.logger.info(…)`, `console.log(…)`. */
export function isLog(step: Step): boolean {
  return step.kind === 'call' && isLogging(step.node);
}
