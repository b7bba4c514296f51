import { isWait, waitBetween } from '../flow/between.ts';
import { leavesMethod } from '../flow/leaves-method.ts';
import { reaches } from '../flow/reaches.ts';
import { isRelease, releasedBy } from '../flow/releases.ts';
import type { CallStep, Flow, Step } from '../flow/step.ts';
import { entryGuard } from './entry-guard.ts';
import type { Collision, Flows } from './flows.ts';
import { lateGuards } from './late-guard.ts';
import { isSuperseded } from './rechecks.ts';
import { runsOnce } from './runs-once.ts';

const LISTENS = new Set(['addListener', 'on', 'prependListener']);

/** Nothing in start turns a second call away, and that call overwrites, or registers again, what stop releases only once. */
export function missingGuards({ start, stop }: Flows): Collision[] {
  const waits = start.steps.filter(isWait);
  if (start.steps.some((step) => leavesMethod(step) && step.partial)) return [];
  if (entryGuard(start) !== undefined || lateGuards({ start, stop }).length > 0) return [];
  const released = new Set(stop.steps.filter(isRelease).flatMap(releasedBy));
  return start.steps.flatMap((step, index): Collision[] => {
    const field = acquired(step);
    if (field === undefined || !released.has(field)) return [];
    const wait = waits.find((one) => (start.steps.indexOf(one) < index ? reaches(one, step) : reaches(step, one)));
    if (wait === undefined || isGuarded(start, field, index)) return [];
    if (runsOnce(start, step) || isSuperseded(start.steps, step)) return [];
    return [{ kind: 'no-guard', field, check: undefined, wait: wait.node, effect: step.node }];
  });
}

/** The field that keeps what a step acquires: the handle it writes, or the handler it registers. */
function acquired(step: Step): string | undefined {
  if (step.kind === 'write') return step.value.kind === 'fresh' && !step.deep ? step.field : undefined;
  return isListening(step) ? step.args.at(-1) : undefined;
}

function isListening(step: Step): step is CallStep {
  return step.kind === 'call' && LISTENS.has(step.name);
}

/** The field is tested, or the old handle released, right before it is written. */
function isGuarded({ steps }: Flow, field: string, to: number): boolean {
  const write = steps[to];
  return steps.some((step, from) => {
    if (from >= to || write === undefined || !reaches(step, write)) return false;
    if (step.kind === 'test') return step.field === field && waitBetween(steps, from, to) === undefined;
    return isRelease(step) && releasedBy(step).includes(field);
  });
}
