import { waitBetween } from '../flow/between.ts';
import { ADDERS } from '../flow/callee-names.ts';
import { leavesMethod } from '../flow/leaves-method.ts';
import { isDrop, isRelease, releasedBy } from '../flow/releases.ts';
import type { Flow, Step, WriteStep } from '../flow/step.ts';
import { holds } from '../flow/turns-away.ts';
import { begun } from './begun.ts';
import type { Collision, Flows } from './flows.ts';
import { isJoin, joins } from './joins.ts';
import { lateEnabling } from './late-enabling.ts';
import { lostStops } from './lost-stop.ts';
import { isRecheck, looks, markedBy } from './rechecks.ts';

/** Start stores something after an await, which a stop in between has already released or cleared. */
export function stopsDuringStart(flows: Flows): Collision[] {
  const { start, stop } = flows;
  if (refusesEarlyStop(start, stop) || lostStops(flows).length > 0) return [];
  const cleared = new Set(stop.steps.flatMap((step) => (isEmptied(step, flows) ? [] : releasedBy(step))));
  const marks = markedBy(stop.steps);
  const { steps } = start;
  const checks = [...steps.entries()].filter(([, later]) => looks(later));
  // What the caller handed to start belongs to the caller.
  const borrowed = new Set(steps.flatMap((step) => (step.kind === 'write' && step.value.kind === 'given' ? [step.field] : [])));
  return steps.flatMap((step, to): Collision[] => {
    const field = isStored(step) ? step.field : (begun(step) ?? added(step, stop));
    // Most steps are told by this alone.
    if (field === undefined || (!cleared.has(field) && !isConstant(step))) return [];
    const wait = waitBetween(steps, -1, to);
    if (wait === undefined || isJoin(wait, stop) || borrowed.has(field)) return [];
    if ((!cleared.has(field) && !isOverwritten(step, flows, wait)) || joins(stop, stop.steps.length, start, wait)) return [];
    const from = steps.indexOf(wait) + 1;
    if (checks.some(([at, later]) => at >= from && isRecheck(later, marks, step) && !isOwn(later, steps.slice(from, at)))) return [];
    return [{ kind: 'stop-during-start', field, check: undefined, wait: wait.node, effect: step.node }];
  });
}

/** `this.version = undefined`, where neither side asks for the version: what start puts there is data, and nobody's to stop. */
function isEmptied(step: Step, { start, stop }: Flows): boolean {
  if (!isDrop(step) || step.value.kind !== 'constant' || step.value.key === 'false') return false;
  const uses = (other: Step): boolean =>
    ((other.kind === 'test' || other.kind === 'await') && other.field === step.field) || (other.kind === 'call' && (other.on === step.field || other.args.includes(step.field)));
  return ![...start.steps, ...stop.steps].some(uses);
}

/** A handle, or a flag that is raised. */
function isStored(step: Step): step is WriteStep {
  return step.kind === 'write' && !step.deep && (step.value.kind === 'fresh' || (step.value.kind === 'constant' && step.value.truthy));
}

/** `this.timers.push(…)`, `this.clients.set(id, …)`: one more of what stop releases one by one. */
function added(step: Step, stop: Flow): string | undefined {
  if (step.kind !== 'call' || step.viaLocal || step.on === undefined || !ADDERS.has(step.name)) return undefined;
  const { on } = step;
  return stop.steps.some((release) => isRelease(release) && release.on === on && !release.viaLocal) ? undefined : on;
}

function isConstant(step: Step): boolean {
  return step.kind === 'write' && step.value.kind === 'constant';
}

/** A state that start enters although stop, which it does not turn away, has left it for another: `started` after `stopped`. */
function isOverwritten(step: Step, { start, stop }: Flows, wait: Step): boolean {
  const { value, field } = step.kind === 'write' ? step : {};
  if (value?.kind !== 'constant') return false;
  const before = start.steps.slice(0, start.steps.indexOf(wait)).findLast((earlier) => earlier.kind === 'write' && earlier.field === field && !earlier.deep);
  const turnsAway = (test: Step): boolean => leavesMethod(test) && test.field === field && (before?.kind !== 'write' || holds(test.when, before.value) !== 'no');
  if (stop.steps.some(turnsAway)) return false;
  return stop.steps.some((other) => other.kind === 'write' && !other.deep && other.field === field && other.value.kind === 'constant' && other.value.key !== value.key);
}

/** A test of what start itself has just written sees nothing of a stop. */
function isOwn(test: Step, since: readonly Step[]): boolean {
  return test.kind === 'test' && since.some((step) => step.kind === 'write' && !step.deep && step.field === test.field);
}

/** Stop throws, rather than returns, while start is under way: the caller is told. */
function refusesEarlyStop(start: Flow, stop: Flow): boolean {
  return stop.steps.some((step) => step.kind === 'test' && step.exit === 'throw' && step.arms.length === 0 && lateEnabling(start, step) !== undefined);
}
