import type { TSESTree } from '@typescript-eslint/utils';
import { boundNames } from './ast/bound-names.ts';
import { fileFunctionsOf } from './drains/file-functions.ts';
import { readKeptPromises } from './drains/kept-promises.ts';
import { NO_LIMIT } from './drains/limit.ts';
import type { Walk } from './drains/place.ts';
import { readStopOnly } from './drains/stop-only.ts';
import { enterMethod } from './drains/walk.ts';
import type { Flow } from './flow/step.ts';
import { lockScopeOf } from './locks/lock-scope.ts';
import type { Flows } from './races/flows.ts';
import { readKind, readRunsInPlace } from './read-kind.ts';
import { isRequired, type Sides } from './read-sides.ts';
import type { ClassFacts, Drain, Fact, Lock, LockFacts, Method, ServiceKind } from './service.ts';
import type { ResolvedSettings } from './settings.ts';

interface Context {
  readonly kind: ServiceKind;
  readonly lock: LockFacts;
  readonly settings: ResolvedSettings;
  readonly program: TSESTree.Program;
}

const NOTHING: readonly Drain[] = Object.freeze([]);

/** What stop waits for, and whether each wait has a deadline. Empty for kinds of service that have nothing to drain. */
export function readDrains(facts: ClassFacts, sides: Sides, flows: readonly Flows[], { kind, lock, settings, program }: Context): readonly Drain[] {
  const [main] = flows;
  if (main === undefined || !flows.some(({ stop }) => stop.cut || stop.steps.some((step) => step.kind === 'await'))) return NOTHING;
  const runsInPlace = flows.map(readRunsInPlace).find((fact) => fact !== 'no') ?? 'no';
  if (facts.node.abstract && onlyForwards(main.stop, lock)) return NOTHING;
  // What a host calls in order may still be no more than a connection.
  if (!hasWork(kind === 'host-serialised' ? readKind(main, runsInPlace) : kind)) return NOTHING;
  const { start, stop } = sides;
  const stopOnly = readStopOnly(facts, [...stop.methods, ...stop.forwarders], lock);
  const hooks = new Set([start, stop].flatMap((side) => [...side.methods, ...side.forwarders].map(({ name }) => name)));
  const walk: Walk = {
    drains: [],
    ignored: new Set(),
    kept: readKeptPromises(joinedStarts(start.methods, runsInPlace), methodsNamed(facts, stopOnly)),
    hooks,
    stopOnly,
    workLock: workLockOf(lock),
    functions: fileFunctionsOf(program),
    seen: new Set(),
    ofInstance: new Map(),
    reading: new Set(),
    entered: 0,
  };
  const scope = lockScopeOf(facts, settings, hooks, program);
  for (const { name, value } of stop.methods) {
    const place = { walk, scope, fn: value, method: name, stack: [], limit: NO_LIMIT, into: undefined, isWaited: true, isOptional: false };
    enterMethod(value, facts, { ...place, given: new Set(), demanded: new Set() }, { given: namesOf(value.params), demanded: namesOf(value.params.filter(isRequired)) });
  }
  return Object.freeze(walk.drains);
}

/** The close of an abstract base that hands it on to what its subclasses or callers put in, under a lock or not. */
function onlyForwards({ steps }: Flow, { holds }: LockFacts): boolean {
  const calls = steps.filter(({ kind, node }) => kind === 'call' && holds.every((hold) => hold.node !== node));
  return calls.length === 1 && steps.some(({ kind }) => kind === 'await') && steps.every(({ kind }) => kind === 'await' || kind === 'call');
}

function hasWork(kind: ServiceKind): boolean {
  return kind === 'background' || kind === 'in-place runner';
}

/** A start that runs in place awaits the very work that stop waits for. */
function joinedStarts(starts: readonly Method[], runsInPlace: Fact): readonly Method[] {
  return runsInPlace === 'no' ? starts : [];
}

function methodsNamed({ methods }: ClassFacts, names: ReadonlySet<string>): readonly Method[] {
  return [...methods.values()].filter(({ name }) => names.has(name));
}

function workLockOf({ lifecycle, start, hotUses }: LockFacts): Lock | undefined {
  return start === 'no' && hotUses.length > 0 ? lifecycle : undefined;
}

function namesOf(params: readonly TSESTree.Parameter[]): ReadonlySet<string> {
  return new Set(params.flatMap(boundNames));
}
