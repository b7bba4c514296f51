import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { isWait, waitBetween } from '../flow/between.ts';
import { guardsStep } from '../flow/guards-step.ts';
import { leavesMethod } from '../flow/leaves-method.ts';
import { reaches } from '../flow/reaches.ts';
import { releasedBy } from '../flow/releases.ts';
import type { AwaitStep, Flow, Step, TestStep } from '../flow/step.ts';
import { holds, turnsAway } from '../flow/turns-away.ts';
import { doubleStops } from '../races/double-stop.ts';
import type { Collision, Flows } from '../races/flows.ts';
import { lateGuards } from '../races/late-guard.ts';
import { lostStops } from '../races/lost-stop.ts';
import { startsDuringStop } from '../races/start-during-stop.ts';
import { stopsDuringStart } from '../races/stop-during-start.ts';
import type { TransitionHazard } from '../service.ts';
import { type Act, actsIn } from './acts-in.ts';
import type { Entry } from './entries.ts';
import type { Stakes } from './stakes.ts';

/** An interleaving of a thread with start, with stop, or with itself. */
export interface Clash {
  readonly hazard: TransitionHazard;
  readonly act: Act;
  readonly check: Step['node'] | undefined;
  readonly wait: AwaitStep;
}

/** What can go wrong where a thread and a start or stop run at the same time; the most telling first. */
export function clashesOf(thread: Flow, { start, stop }: Flows, { kind }: Pick<Entry, 'kind'>, stakes: Stakes): readonly Clash[] {
  const acts = actsIn(thread.steps, stakes);
  const overlaps = kind === 'public' || kind === 'interval';
  const found: readonly (readonly [TransitionHazard, readonly Collision[]])[] = [
    ['late-guard', overlaps ? lateGuards({ start: thread, stop }).filter(({ field, check }) => isOfField(check, field)) : []],
    ['stop-during', stopsDuringThread(thread, stop)],
    ['start-during', startsDuringStop({ start, stop: thread })],
    ['double-release', doubleStops({ start, stop: thread }).filter(({ field }) => overlaps || stop.steps.some((step) => releasedBy(step).includes(field)))],
  ];
  const shared = found.flatMap(([hazard, collisions]) => collisions.flatMap((collision) => clashOf(hazard, collision, thread, acts) ?? []));
  return [...shared, ...staleActs(thread, acts, start)];
}

/** The tests by which stop would miss a thread that begins from rest are none where the service already runs. */
function stopsDuringThread(thread: Flow, stop: Flow): readonly Collision[] {
  const missed = new Set(lostStops({ start: thread, stop }).map(({ check }) => check));
  return stopsDuringStart({ start: thread, stop: { ...stop, steps: stop.steps.filter(({ kind, node }) => kind !== 'test' || !missed.has(node)) } });
}

function clashOf(hazard: TransitionHazard, { field, check, wait, effect }: Collision, { steps }: Flow, acts: readonly Act[]): Clash | undefined {
  const act = acts.find(({ step, field: own }) => step.node === effect && own === field) ?? acts.find(({ step }) => step.node === effect);
  const waited = steps.find((step): step is AwaitStep => isWait(step) && step.node === wait);
  return act === undefined || waited === undefined ? undefined : { hazard, act, check, wait: waited };
}

/**
 * A thread tests whether the service runs, awaits, and only then ends what it runs on, which by then may be of another run: stop and start
 * can both have been called, and start has put back what the test asks for.
 */
function staleActs({ steps }: Flow, acts: readonly Act[], start: Flow): Clash[] {
  return acts.flatMap((act): Clash[] => {
    if (act.what === 'spawn' || !isRemade(act, start)) return [];
    const to = steps.indexOf(act.step);
    return steps.slice(0, to).flatMap((check, from): Clash[] => {
      if (check.kind !== 'test' || !reaches(check, act.step) || !passesAgain(check, start)) return [];
      if (!leavesMethod(check) && !guardsStep(check, act.step)) return [];
      const wait = waitBetween(steps, from, to);
      return wait === undefined ? [] : [{ hazard: 'stale', act, check: check.node, wait }];
    });
  });
}

/** Start makes anew what the act ends: the handle, or the state of the flag that it leaves. */
function isRemade({ step, field }: Act, { steps }: Flow): boolean {
  return steps.some((made) => {
    if (made.kind !== 'write' || made.field !== field || made.deep) return false;
    if (made.value.kind === 'fresh') return true;
    return step.kind === 'write' && step.value.kind === 'constant' && made.value.kind === 'constant' && made.value.key !== step.value.key;
  });
}

/** Start writes the field so that the test lets the caller go on. */
function passesAgain(check: TestStep, { steps }: Flow): boolean {
  return steps.some((made) => {
    if (made.kind !== 'write' || made.field !== check.field || made.deep || made.value.kind === 'other') return false;
    return leavesMethod(check) ? turnsAway(check, made) !== 'yes' : holds(check.when, made.value) !== 'no';
  });
}

/** `this.field`, rather than something of it: `this.field.isOpen`. */
function isOfField(check: Step['node'] | undefined, field: string): boolean {
  const inner = check === undefined ? undefined : unwrap(check);
  return inner !== undefined && (inner.type === 'Identifier' || thisMember(inner) === field);
}
