import { RELEASES } from './release-names.ts';
import type { CallStep, Step, WriteStep } from './step.ts';

/** The field that a step releases: `clearInterval(this.timer)`, `this.server.close()`, `stop(this.queue)`, or one that it drops. */
export function releasedBy(step: Step): readonly string[] {
  if (isDrop(step)) return [step.field];
  return isRelease(step) ? [...(step.on === undefined ? [] : [step.on]), ...step.args] : [];
}

export function isRelease(step: Step): step is CallStep {
  return step.kind === 'call' && RELEASES.has(step.name);
}

/** `this.server = undefined`, `this.running = false`. */
export function isDrop(step: Step): step is WriteStep {
  return step.kind === 'write' && !step.deep && step.value.kind === 'constant' && !step.value.truthy;
}
