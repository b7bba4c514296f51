import type { TSESTree } from '@typescript-eslint/utils';
import type { Flow, Step } from './flow/step.ts';
import { callGraphOf } from './locks/call-graph.ts';
import { lockScopeOf, type LockScope } from './locks/lock-scope.ts';
import { transitionsOf } from './locks/transitions.ts';
import type { Flows } from './races/flows.ts';
import { readFlow } from './read-flow.ts';
import type { Sides } from './read-sides.ts';
import type { ClassFacts, LockFacts, Transition } from './service.ts';
import type { ResolvedSettings } from './settings.ts';
import { type Act, actsIn } from './transitions/acts-in.ts';
import { type Clash, clashesOf } from './transitions/collisions.ts';
import { entriesOf, type Entry } from './transitions/entries.ts';
import { heldFact } from './transitions/held.ts';
import { openWait, releaseWait } from './transitions/open-wait.ts';
import { type Stakes, stakesOf } from './transitions/stakes.ts';
import { type Thread, threadsOf } from './transitions/threads.ts';
import { usedMeanwhile } from './transitions/under-use.ts';

interface Context {
  readonly lock: LockFacts;
  readonly settings: ResolvedSettings;
  readonly program: TSESTree.Program;
}

interface Reading {
  readonly facts: ClassFacts;
  readonly all: readonly Flows[];
  readonly stakes: Stakes;
  readonly scope: LockScope;
  readonly lifecycle: LockFacts['lifecycle'];
  readonly threads: readonly Thread[];
  /** The methods that may take the lifecycle lock. */
  readonly transitions: ReadonlySet<string>;
}

/** The changes between running and stopped that are made outside start and stop: by timers, event handlers and other methods. */
export function readTransitions(facts: ClassFacts, sides: Sides, all: readonly Flows[], { lock, settings, program }: Context): readonly Transition[] {
  const stakes = stakesOf(all);
  if (stakes.flags.size + stakes.handles.size === 0 || all.some(({ start, stop }) => start.cut || stop.cut)) return Object.freeze([]);
  const hooks = new Set([sides.start, sides.stop].flatMap(({ methods, forwarders }) => [...methods, ...forwarders]).map(({ name }) => name));
  const threads = entriesOf(facts, sides).flatMap((entry) => threadsOf(entry, readFlow(facts, entry.method, hooks)));
  const acting = threads.filter(({ flow }) => actsIn(flow.steps, stakes).length > 0);
  if (acting.length === 0) return Object.freeze([]);
  const scope = lockScopeOf(facts, settings, hooks, program);
  const transitions = transitionsOf(callGraphOf(facts), hooks);
  const reading: Reading = { facts, all, stakes, scope, lifecycle: lock.lifecycle, threads, transitions };
  return Object.freeze(mostTelling(acting.flatMap((thread) => transitionsIn(thread, reading))));
}

function transitionsIn({ entry, flow }: Thread, reading: Reading): readonly Transition[] {
  const { all, facts, stakes } = reading;
  const clashes = all.flatMap((flows) => clashesOf(flow, flows, entry, stakes).filter(({ act, wait }) => openWait(act, flow, [flows], facts, wait) !== undefined));
  return actsIn(flow.steps, stakes).map((act) => transitionOf(act, clashes.find((clash) => clash.act.step === act.step), flow, entry, reading));
}

function transitionOf(act: Act, clash: Clash | undefined, flow: Flow, entry: Entry, reading: Reading): Transition {
  const { all, facts, lifecycle, scope, transitions } = reading;
  const used = clash === undefined ? userOf(act, flow, entry, reading) : undefined;
  const wait = clash?.wait ?? used?.wait ?? openWait(act, flow, all, facts) ?? releaseWait(act, flow);
  return Object.freeze({
    node: act.step.node,
    from: nameOf(entry, act.step),
    what: act.what,
    field: act.field,
    held: heldFact(act.step, entry.method, scope, lifecycle),
    gap: wait === undefined ? undefined : Object.freeze({ check: clash?.check, wait: wait.node }),
    hazard: clash?.hazard ?? (used === undefined ? undefined : 'under-use'),
    during: used?.by,
    mayHoldLock: entry.method.name.startsWith('=>') || transitions.has(entry.method.name),
  });
}

/** `` `use()` ``, `the timer callback`, `` `#onIdle()` (timer callback)``. */
function nameOf({ method, what }: Entry, { frames }: Step): string {
  const name = [method.name, ...frames.map((frame) => frame.method)].find((one) => !one.startsWith('=>'));
  if (name === undefined) return `the ${what}`;
  return what === '' ? `\`${name}()\`` : `\`${name}()\` (${what})`;
}

/** The method whose work an idle timer can put an end to. */
function userOf(act: Act, flow: Flow, entry: Entry, { threads, stakes, scope, lifecycle }: Reading): ReturnType<typeof usedMeanwhile> {
  if (entry.kind !== 'timer' || act.what === 'spawn') return undefined;
  for (const user of threads) {
    const used = user.entry.kind === 'public' ? usedMeanwhile(entry, flow, user.entry, user.flow, stakes) : undefined;
    if (used !== undefined && heldFact(used.wait, user.entry.method, scope, lifecycle) === 'no') return used;
  }
  return undefined;
}

/** One for each place, in the order of the text: what is not held before what is, and what collides before what does not. */
function mostTelling(found: readonly Transition[]): readonly Transition[] {
  const rank = ({ hazard, gap, held }: Transition): number => (held === 'no' ? 4 : 0) + (hazard === undefined ? 0 : 2) + (gap === undefined ? 0 : 1);
  const best = new Map<TSESTree.Node, Transition>();
  for (const one of found) {
    const known = best.get(one.node);
    if (known === undefined || rank(one) > rank(known)) best.set(one.node, one);
  }
  return [...best.values()].toSorted((one, other) => one.node.range[0] - other.node.range[0]);
}
