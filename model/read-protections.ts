import { isWait } from './flow/between.ts';
import { leavesMethod } from './flow/leaves-method.ts';
import { isDrop } from './flow/releases.ts';
import type { Flow, Step, TestStep, WriteStep } from './flow/step.ts';
import type { Flows } from './races/flows.ts';
import { waitedPromises } from './races/joins.ts';
import { isClosedByLock } from './races/kept-apart.ts';
import type { Guard, Protection, ProtectionKind } from './races/protection.ts';
import { readRaces } from './read-races.ts';
import type { LockFacts, Race, RaceKind } from './service.ts';

/** One thing that may be a protection, and how the flows look without it. */
interface Trial {
  readonly kind: ProtectionKind;
  readonly side: 'start' | 'stop';
  readonly steps: readonly [Step, ...Step[]];
  readonly without: (flows: Flows) => Flows;
}

/** The time to look at pairs grows with their number; so many candidates a start and a stop of usual length have. */
const MOST_IN_PAIRS = 14;

/**
 * What keeps the calls apart. Each candidate is taken away on paper; where a race then appears that was not there before, it is a
 * protection, and of that race. Two that close the same race by different fields hide each other: they are taken away together, and told as two
 * of which either is enough. Of three that do, nothing is told.
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
  const tried = [...trialsOf(flows, 'start'), ...trialsOf(flows, 'stop')].map((trial) => ({ trial, races: racesOf(trial.without(flows), lock) }));
  const alone = tried.flatMap(({ trial, races }) => protections(guardOf(trial, flows), openedBy(races, before)));
  if (tried.length > MOST_IN_PAIRS) return alone;
  const inPairs = tried.flatMap((one, index) =>
    tried.slice(index + 1).flatMap((other) => {
      const guards = [guardOf(one.trial, flows), guardOf(other.trial, flows)].sort((first, second) => first.node.range[0] - second.node.range[0]);
      const [first, second] = guards;
      if (first?.field === undefined || second?.field === undefined || first.field === second.field) return [];
      const without = racesOf(one.trial.without(other.trial.without(flows)), lock);
      return protections({ ...first, or: second }, openedBy(without, [...before, ...one.races, ...other.races]));
    }),
  );
  return [...alone, ...inPairs];
}

function protections(guard: Omit<Protection, 'closes'>, closes: readonly RaceKind[]): Protection[] {
  return closes.length === 0 ? [] : [{ ...guard, closes }];
}

function guardOf({ kind, side, steps: [step] }: Trial, flows: Flows): Guard {
  return { kind, field: fieldOf(step), method: flows[side].method, node: step.node };
}

/** The races that are there only now. */
function openedBy(races: readonly Race[], before: readonly Race[]): readonly RaceKind[] {
  const opened = races.filter((race) => !before.some((known) => known.kind === race.kind && known.field === race.field));
  return opened.map((race) => race.kind).filter((opens) => !before.some((known) => isInstead(opens, known.kind)));
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
  const instead = (stepsOf: (steps: readonly Step[]) => readonly Step[]): Trial['without'] => (all) => ({ ...all, [side]: { ...all[side], steps: stepsOf(all[side].steps) } });
  const tests = flow.steps.filter(isTest);
  const ofTests = [...new Set(tests.map(({ field }) => field))].flatMap((field) => testTrials(flow, side, tests.filter((test) => test.field === field), instead));
  const joining = flow.steps.filter((step) => isJoining(step, other));
  // `await this.starting.catch(…)` waits twice.
  const ofJoins = joining.map((step): Trial => ({ kind: 'join', side, steps: [step], without: instead((steps) => steps.filter((one) => !joining.includes(one) || fieldOf(one) !== fieldOf(step))) }));
  const looks = flow.steps.filter((step) => step.kind === 'call' && (step.name === 'throwIfAborted' || step.name === 'aborted'));
  const ofLooks = looks.map((step): Trial => ({ kind: 'recheck', side, steps: [step], without: instead((steps) => steps.filter((one) => !looks.includes(one))) }));
  const tested = new Set([...flows.start.steps, ...flows.stop.steps].flatMap((step) => (step.kind === 'test' ? [step.field] : [])));
  const writes = flow.steps.filter((step): step is WriteStep => step.kind === 'write' && !step.deep && (tested.has(step.field) || isDrop(step)));
  const ofWrites = writes.map((step): Trial => ({ kind: kindOfWrite(step, flow, other), side, steps: [step], without: instead((steps) => [...steps.filter((one) => one !== step), step]) }));
  return [...ofTests, ...ofJoins, ...ofLooks, ...ofWrites];
}

/** All tests of a field together, since one may stand in for another, and each by itself to tell which it is. */
function testTrials({ steps }: Flow, side: 'start' | 'stop', group: readonly TestStep[], instead: (stepsOf: (steps: readonly Step[]) => readonly Step[]) => Trial['without']): Trial[] {
  const kind = (test: TestStep): ProtectionKind => {
    if (steps.slice(0, steps.indexOf(test)).some(isWait)) return 'recheck';
    return side === 'stop' && test.exit === 'throw' ? 'refusal' : 'flag';
  };
  const [first, ...others] = group;
  if (first === undefined) return [];
  const each = group.map((test): Trial => ({ kind: kind(test), side, steps: [test], without: instead((all) => all.filter((one) => one !== test)) }));
  const leaving = group.find((test) => leavesMethod(test)) ?? first;
  return others.length === 0 ? each : [...each, { kind: kind(leaving), side, steps: [leaving], without: instead((all) => all.filter((one) => one.kind !== 'test' || !group.includes(one))) }];
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
  const nameOf = ({ kind, field, method }: Guard): string => `${kind === 'mark' ? 'flag' : kind} ${field ?? ''} ${method}`;
  const keyOf = ({ or, ...guard }: Protection): string => [guard, ...(or === undefined ? [] : [or])].map(nameOf).sort().join(' or ');
  return found.flatMap((first, index) => {
    if (found.findIndex((one) => keyOf(one) === keyOf(first)) !== index) return [];
    const closes = [...new Set(found.flatMap((one): readonly RaceKind[] => (keyOf(one) === keyOf(first) ? one.closes : [])))];
    return [Object.freeze({ ...first, closes })];
  });
}
