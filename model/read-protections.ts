import { isWait } from './flow/between.ts';
import { leavesMethod } from './flow/leaves-method.ts';
import { isDrop } from './flow/releases.ts';
import type { Flow, Step, TestStep, WriteStep } from './flow/step.ts';
import type { Flows } from './races/flows.ts';
import { waitedPromises } from './races/joins.ts';
import { isClosedByLock } from './races/kept-apart.ts';
import type { Protection, ProtectionKind } from './races/protection.ts';
import { readRaces } from './read-races.ts';
import type { LockFacts, Race, RaceKind } from './service.ts';

/** One thing that may be a protection, and how the flows look without it. */
interface Trial {
  readonly kind: ProtectionKind;
  readonly steps: readonly [Step, ...Step[]];
  readonly without: Flows;
}

/**
 * What keeps the calls apart. Each candidate is taken away on paper; where a race then appears that was not there before, it is a
 * protection, and of that race. Two that close the same race by different fields hide each other, and neither is told.
 */
export function readProtections(all: readonly Flows[], lock: LockFacts): readonly Protection[] {
  const found = [...byLock(all, lock), ...all.filter(({ start, stop }) => !start.cut && !stop.cut).flatMap((flows) => inFlows(flows, lock))];
  return Object.freeze(merged(found));
}

function byLock(all: readonly Flows[], lock: LockFacts): Protection[] {
  const { lifecycle } = lock;
  const races = readRaces(all);
  const open = races.filter((race) => !isClosedByLock(race, lock));
  // Of what is open all the same, over another field, the lock is no protection to speak of.
  const closed = races.filter(({ kind }) => !open.some((race) => race.kind === kind));
  return lock.holds
    .filter((hold) => hold.lock.key === lifecycle?.key)
    .flatMap(({ lock: { key }, method, node }) => {
      const closes = closed.filter(({ kind, start, stop }) => (start === method.name && kind !== 'double-stop') || (stop === method.name && kind !== 'late-guard')).map(({ kind }) => kind);
      return closes.length === 0 ? [] : [{ kind: 'lock' as const, closes, field: key, method: method.name, node }];
    });
}

function inFlows(flows: Flows, lock: LockFacts): Protection[] {
  const before = racesOf(flows, lock);
  return (['start', 'stop'] as const).flatMap((side) =>
    trialsOf(flows, side).flatMap(({ kind, steps, without }) => {
      const opened = racesOf(without, lock).filter((race) => !before.some((known) => known.kind === race.kind && known.field === race.field));
      const closes = opened.map((race) => race.kind).filter((opens) => !before.some((known) => isInstead(opens, known.kind)));
      const [{ node }] = steps;
      return closes.length === 0 ? [] : [{ kind, closes, field: fieldOf(steps[0]), method: flows[side].method, node }];
    }),
  );
}

const SAME_CALLS: readonly (readonly RaceKind[])[] = [
  ['late-guard', 'no-guard'],
  ['lost-stop', 'stop-during-start'],
];

/** Whether a race only takes the place of one that is there already: without its test a start that is tested too late is not tested at all. */
function isInstead(opens: RaceKind, known: RaceKind): boolean {
  return opens === known || SAME_CALLS.some((kinds) => kinds.includes(opens) && kinds.includes(known));
}

function racesOf(flows: Flows, lock: LockFacts): Race[] {
  return readRaces([flows]).filter((race) => !isClosedByLock(race, lock));
}

function trialsOf(flows: Flows, side: 'start' | 'stop'): Trial[] {
  const flow = flows[side];
  const other = flows[side === 'start' ? 'stop' : 'start'];
  const instead = (steps: readonly Step[]): Flows => ({ ...flows, [side]: { ...flow, steps } });
  const tests = flow.steps.filter(isTest);
  const ofTests = [...new Set(tests.map(({ field }) => field))].flatMap((field) => testTrials(flow, side, tests.filter((test) => test.field === field), instead));
  const joining = flow.steps.filter((step) => isJoining(step, other));
  // `await this.starting.catch(…)` waits twice.
  const ofJoins = joining.map((step): Trial => ({ kind: 'join', steps: [step], without: instead(flow.steps.filter((one) => !joining.includes(one) || fieldOf(one) !== fieldOf(step))) }));
  const looks = flow.steps.filter((step) => step.kind === 'call' && (step.name === 'throwIfAborted' || step.name === 'aborted'));
  const ofLooks = looks.map((step): Trial => ({ kind: 'recheck', steps: [step], without: instead(flow.steps.filter((one) => !looks.includes(one))) }));
  const tested = new Set([...flows.start.steps, ...flows.stop.steps].flatMap((step) => (step.kind === 'test' ? [step.field] : [])));
  const writes = flow.steps.filter((step): step is WriteStep => step.kind === 'write' && !step.deep && (tested.has(step.field) || isDrop(step)));
  const ofWrites = writes.map((step): Trial => ({ kind: kindOfWrite(step, flow, other), steps: [step], without: instead([...flow.steps.filter((one) => one !== step), step]) }));
  return [...ofTests, ...ofJoins, ...ofLooks, ...ofWrites];
}

/** All tests of a field together, since one may stand in for another, and each by itself to tell which it is. */
function testTrials({ steps }: Flow, side: 'start' | 'stop', group: readonly TestStep[], instead: (steps: readonly Step[]) => Flows): Trial[] {
  const kind = (test: TestStep): ProtectionKind => {
    if (steps.slice(0, steps.indexOf(test)).some(isWait)) return 'recheck';
    return side === 'stop' && test.exit === 'throw' ? 'refusal' : 'flag';
  };
  const [first, ...others] = group;
  if (first === undefined) return [];
  const each = group.map((test): Trial => ({ kind: kind(test), steps: [test], without: instead(steps.filter((one) => one !== test)) }));
  const leaving = group.find((test) => leavesMethod(test)) ?? first;
  return others.length === 0 ? each : [...each, { kind: kind(leaving), steps: [leaving], without: instead(steps.filter((one) => one.kind !== 'test' || !group.includes(one))) }];
}

function isTest(step: Step): step is TestStep {
  return step.kind === 'test';
}

/** It waits for the other side itself, or for a promise that the other side keeps. */
function isJoining(step: Step, other: Flow): boolean {
  if (step.kind === 'call' && step.self && step.waited && step.name === other.method) return true;
  return waitedPromises(step).some((field) => other.steps.some((one) => one.kind === 'write' && one.field === field));
}

function kindOfWrite(write: WriteStep, flow: Flow, other: Flow): ProtectionKind {
  const { field } = write;
  const isWaitedFor = [...flow.steps, ...other.steps].some((step) => waitedPromises(step).includes(field));
  if (write.value.kind === 'fresh' && isWaitedFor) return 'promise';
  const isSwapped = flow.steps.slice(flow.steps.indexOf(write)).some((step) => step.kind === 'call' && step.viaLocal && step.on === field);
  return isDrop(write) && isSwapped ? 'swap' : 'mark';
}

function fieldOf(step: Step): string | undefined {
  return step.kind === 'call' ? step.on : step.kind === 'loop' ? undefined : step.field;
}

/** One for each kind, field and method, with all that it closes. A field that is set and tested in one method is one flag. */
function merged(found: readonly Protection[]): Protection[] {
  const keyOf = ({ kind, field, method }: Protection): string => `${kind === 'mark' ? 'flag' : kind} ${field ?? ''} ${method}`;
  return found.flatMap((first, index) => {
    if (found.findIndex((one) => keyOf(one) === keyOf(first)) !== index) return [];
    const closes = [...new Set(found.flatMap((one): readonly RaceKind[] => (keyOf(one) === keyOf(first) ? one.closes : [])))];
    return [Object.freeze({ ...first, closes })];
  });
}
