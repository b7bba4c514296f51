import { isWait } from '../flow/between.ts';
import { leavesMethod } from '../flow/leaves-method.ts';
import { reaches } from '../flow/reaches.ts';
import { isDrop, isRelease, releasedBy } from '../flow/releases.ts';
import { holds } from '../flow/turns-away.ts';
import type { Flow, Step, WriteStep } from '../flow/step.ts';
import type { Collision, Flows } from './flows.ts';
import { joins } from './joins.ts';

/** Stop opens the way for start and then awaits; what it clears afterwards, or what still runs, is then of the new generation. */
export function startsDuringStop(flows: Flows): Collision[] {
  const { start, stop } = flows;
  const guard = start.steps.find((step) => leavesMethod(step) && step.arms.length === 0 && raises(start, step.field));
  if (guard?.kind !== 'test') return [];
  const opening = stop.steps.findIndex((step) => isOpening(step, guard.field) && holds(guard.when, step.value) === 'no');
  const open = stop.steps[opening];
  const from = stop.steps.findIndex((step, index) => index > opening && isWait(step) && open !== undefined && reaches(open, step));
  const wait = stop.steps[from];
  if (open === undefined || wait?.kind !== 'await' || joins(start, start.steps.length, stop, wait)) return [];
  const made = new Set(start.steps.flatMap((step) => (isMade(step) ? [step.field] : [])));
  const late = stop.steps.slice(from + 1).find((step) => clearsAny(step, made) && reaches(wait, step));
  const effect = late ?? revivedLoop(start, guard.field);
  return effect === undefined ? [] : [{ kind: 'start-during-stop', field: guard.field, check: open.node, wait: wait.node, effect: effect.node }];
}

function raises({ steps }: Flow, field: string): boolean {
  return steps.some((step) => step.kind === 'write' && step.field === field && !step.deep);
}

function isOpening(step: Step, field: string): step is WriteStep {
  return step.kind === 'write' && step.field === field && !step.deep;
}

function isMade(step: Step): step is WriteStep {
  return step.kind === 'write' && step.value.kind === 'fresh';
}

/** A field of the new generation is dropped or released; what a local still holds is of the old one. */
function clearsAny(step: Step, made: ReadonlySet<string>): boolean {
  if (isDrop(step)) return made.has(step.field);
  return isRelease(step) && !step.viaLocal && releasedBy(step).some((field) => made.has(field));
}

/** The old loop tests the very flag that a new start raises again. */
function revivedLoop(start: Flow, flag: string): Step | undefined {
  return start.background.find((step) => step.kind === 'loop' && step.ends.some(({ field, viaLocal }) => field === flag && !viaLocal));
}
