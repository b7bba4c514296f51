import { readCode } from './ledger/code.ts';
import type { Ledger } from './ledger/ledger.ts';
import { readReach } from './ledger/reach.ts';
import type { Sides } from './read-sides.ts';
import { worldOf } from './restart/world-of.ts';
import type { Acquired, ClassFacts, Fact, LockFacts, Method, ServiceKind, StartupFacts } from './service.ts';
import { toAcquired } from './startup/acquired.ts';
import { joinedCalls } from './startup/joined-calls.ts';
import { hazardOf } from './startup/hazard-of.ts';
import { leftSetBy } from './startup/left-set.ts';
import { memoRuns } from './startup/memo-runs.ts';
import { type Failure, readFailure } from './startup/read-failure.ts';
import { type Resource, resourcesOf } from './startup/resource.ts';
import { readStartTests } from './startup/start-tests.ts';
import type { StartupScope } from './startup/startup-scope.ts';
import { mayReject } from './startup/waited-for.ts';

const NOTHING: StartupFacts = Object.freeze({ acquired: [], rolledBack: 'unknown', gaps: [], leftSet: undefined });

/** So many awaits are looked at, from the first. */
const MAX_WAITS = 40;

interface Context {
  readonly kind: ServiceKind;
  readonly lock: LockFacts;
  readonly ledger: () => Ledger;
}

/** What a start that fails halfway leaves behind. */
export function readStartup(facts: ClassFacts, sides: Sides, { kind, lock, ledger }: Context): StartupFacts {
  if (kind === 'delegate' || kind === 'synchronous') return NOTHING;
  const code = readCode(facts);
  const reach = readReach(code, sides);
  const resources = resourcesOf(code, reach, ledger);
  const tests = readStartTests(code, reach);
  // Where nothing is acquired and nothing asked, no failure does harm.
  if (resources.size === 0 && tests.tested?.length === 0) return NOTHING;
  const world = { ...worldOf(facts, sides, lock), joined: joinedCalls(code) };
  const scope: StartupScope = { code, reach, resources, world, ...memoRuns(world), tests, sides, isInPlace: kind === 'in-place runner' };
  const read = ownStarts(sides, scope).map((start) => readStart(start, scope));
  const gaps = read.flatMap((one) => one.gaps);
  const answers = read.map(({ rolledBack }) => rolledBack);
  return Object.freeze({
    acquired: Object.freeze(read.flatMap(({ acquired }) => acquired)),
    rolledBack: answers.includes('no') ? 'no' : answers.length > 0 && answers.every((answer) => answer === 'yes') ? 'yes' : 'unknown',
    gaps: Object.freeze(gaps),
    leftSet: read.find(({ leftSet }) => leftSet !== undefined)?.leftSet,
  });
}

/** The methods that start it, but for those that another of them calls and may wrap. */
function ownStarts({ start }: Sides, { code }: StartupScope): readonly Method[] {
  const isCalledBy = (name: string, other: Method): boolean => other.name !== name && (code.mentions.get(name) ?? []).some((node) => code.memberOf.get(node)?.name === other.name);
  return start.methods.filter(({ name }) => !start.methods.some((other) => isCalledBy(name, other)));
}

function readStart(start: Method, scope: StartupScope): StartupFacts {
  const run = scope.runFrom(start, 'start', new Map());
  if (run.cut) return NOTHING;
  const calls = new Map(run.ends.flatMap(({ state }) => [...(state.trace?.before ?? [])]));
  const resources = [...calls.keys()].flatMap((call) => scope.resources.get(call) ?? []);
  const known = new Map(resources.map((resource) => [resource, toAcquired(resource, calls.get(resource.node) === true, scope)] as const));
  const isIdle = resources.length === 0 && scope.tests.tested?.length === 0;
  // Each takes a run of its own.
  const waits = isIdle ? [] : [...calls.keys()].filter((call) => mayReject(call, scope.code)).slice(0, MAX_WAITS);
  const failures = waits.flatMap((call) => readFailure(start, call, resources, scope) ?? []);
  return {
    acquired: [...known.values()],
    rolledBack: rolledBackOf(failures),
    gaps: failures.flatMap((failure) => gapOf(failure, known, scope) ?? []),
    leftSet: failures.map((failure) => leftSetBy(failure, scope)).find((found) => found !== undefined),
  };
}

function rolledBackOf(failures: readonly Failure[]): Fact {
  if (failures.some(({ left }) => left.length > 0)) return 'no';
  const late = failures.filter(({ hasAcquired }) => hasAcquired);
  return late.length > 0 && late.every(({ isRolledBack }) => isRolledBack) ? 'yes' : 'unknown';
}

function gapOf(failure: Failure, known: ReadonlyMap<Resource, Acquired>, scope: StartupScope): StartupFacts['gaps'][number] | undefined {
  const [first, ...others] = failure.left.flatMap((resource) => known.get(resource) ?? []);
  if (first === undefined) return undefined;
  return Object.freeze({ fails: failure.node, left: [first, ...others] as const, hazards: Object.freeze(hazardsOf(failure, known, scope)) });
}

/** Of what may do nothing the second time, only what goes with something that surely does harm. */
function hazardsOf(failure: Failure, known: ReadonlyMap<Resource, Acquired>, scope: StartupScope): StartupFacts['gaps'][number]['hazards'] {
  const all = failure.left.flatMap((resource) => {
    const kind = hazardOf(resource, failure, scope);
    const of = known.get(resource);
    return kind === undefined || of === undefined ? [] : [{ kind, of, isSure: kind === 'lost' || resource.isDoubled }];
  });
  return all.some(({ isSure }) => isSure) ? all.map(({ kind, of }) => Object.freeze({ kind, of })) : [];
}
