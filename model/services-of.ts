import type { TSESTree } from '@typescript-eslint/utils';
import { isHarmful } from './construction/is-harmful.ts';
import { isHostSerialised } from './is-host-serialised.ts';
import { isService } from './is-service.ts';
import type { Flows } from './races/flows.ts';
import { isKeptApart } from './races/kept-apart.ts';
import { classesOf } from './read-classes.ts';
import { readConstructorStarts, stopsOf } from './read-construction.ts';
import { readDispose } from './read-dispose.ts';
import { readKind, readRunsInPlace } from './read-kind.ts';
import { readDrains } from './read-drains.ts';
import { readLedger } from './read-ledger.ts';
import { readLocks } from './read-locks.ts';
import { readRestart } from './read-restart.ts';
import { readFlags } from './read-flags.ts';
import { readParts } from './read-parts.ts';
import { readProtections } from './read-protections.ts';
import { readStartup } from './read-startup.ts';
import { readTeardown } from './read-teardown.ts';
import { readTransitions } from './read-transitions.ts';
import { readFlow } from './read-flow.ts';
import { readRaces } from './read-races.ts';
import { type Hooks, readSides, type Sides } from './read-sides.ts';
import type { Ledger } from './ledger/ledger.ts';
import { isHalfOf } from './locks/half-name.ts';
import type { Protection } from './races/protection.ts';
import { readStates } from './read-states.ts';
import type { ClassFacts, ConstructorStart, Service, Side, StartupFacts, TeardownFacts } from './service.ts';
import { DEFAULT_SETTINGS, type ResolvedSettings } from './settings.ts';
import { sideNames } from './side-names.ts';
import type { Source } from './source.ts';

/** A class which begins to work while it is constructed; it may be a service or only something that can be stopped. */
export interface Construction {
  readonly facts: ClassFacts;
  readonly starts: readonly ConstructorStart[];
  /** Those of them that nothing ends, or whose failure nobody sees. */
  readonly harmful: readonly ConstructorStart[];
}

export interface FileFacts {
  readonly services: readonly Service[];
  readonly constructions: readonly Construction[];
}

type Parsed = Pick<Source, 'program' | 'text'>;

const cache = new WeakMap<TSESTree.Program, Map<ResolvedSettings, FileFacts>>();

/** What one file says about its services. Read once for each program and settings object, and frozen. */
export function factsOf({ program, text }: Parsed, settings: ResolvedSettings = DEFAULT_SETTINGS): FileFacts {
  let bySettings = cache.get(program);
  if (bySettings === undefined) {
    bySettings = new Map();
    cache.set(program, bySettings);
  }
  let facts = bySettings.get(settings);
  if (facts === undefined) {
    facts = readFile(program, settings, text);
    bySettings.set(settings, facts);
  }
  return facts;
}

/** The services of a file, in the order of their classes. */
export function servicesOf(source: Parsed, settings: ResolvedSettings = DEFAULT_SETTINGS): readonly Service[] {
  return factsOf(source, settings).services;
}

function readFile(program: TSESTree.Program, settings: ResolvedSettings, text: string): FileFacts {
  const classes = classesOf(program, text);
  const services = classes.flatMap((facts) => readService(facts, settings, { program, text }) ?? []);
  const constructions = classes.flatMap((facts): Construction[] => {
    const service = services.find(({ node }) => node === facts.node);
    const starts = service?.constructorStarts ?? readConstructorStarts(facts, undefined);
    if (starts.length === 0) return [];
    const ledger = (): Ledger => service?.ledger ?? readLedger(facts, hooksOf(facts), { settings, program, teardown: NO_TEARDOWN });
    let harmful: readonly ConstructorStart[] | undefined;
    return [
      Object.freeze({
        facts,
        starts,
        get harmful() {
          return (harmful ??= starts.filter((start) => isHarmful(start, ledger())));
        },
      }),
    ];
  });
  return Object.freeze({ services: Object.freeze(services), constructions: Object.freeze(constructions) });
}

const NO_TEARDOWN: TeardownFacts = Object.freeze({ steps: [], silenced: [], swallowsCancellation: [] });

/** What ends a class that has no start: it began when it was made. */
function hooksOf(facts: ClassFacts): Hooks {
  return { start: { methods: [], forwarders: [] }, stop: { methods: stopsOf(facts), forwarders: [] } };
}

function readService(facts: ClassFacts, settings: ResolvedSettings, { program, text }: Parsed): Service | undefined {
  const sides = readSides(facts, settings);
  if (sides === undefined) return undefined;
  const { start, stop, level } = sides;
  const all = readFlows(facts, sides);
  const [flows] = all;
  if (!isService(facts, sides, flows)) return undefined;
  const runsInPlace = readRunsInPlace(flows);
  const lock = readLocks(facts, start, stop, runsInPlace, settings, program);
  const kind = isHostSerialised(facts, level, settings) ? 'host-serialised' : readKind(flows, runsInPlace);
  const drains = readDrains(facts, sides, all, { kind, lock, settings, program });
  let ledger: Ledger | undefined;
  let startup: StartupFacts | undefined;
  let protections: readonly Protection[] | undefined;
  const teardown = readTeardown(facts, sides, all, { kind, text });
  return Object.freeze({
    name: facts.name,
    node: facts.node,
    facts,
    start,
    stop,
    kind,
    runsInPlace,
    lock,
    races: Object.freeze(readRaces(all).filter((race) => !isKeptApart(race, lock))),
    get protections() {
      return (protections ??= readProtections(all, lock));
    },
    get flags() {
      return readFlags(all);
    },
    get parts() {
      return readParts(all);
    },
    get states() {
      return readStates(this, flows);
    },
    drains,
    restart: readRestart(facts, sides, { kind, drains, lock }),
    teardown,
    get startup() {
      return (startup ??= readStartup(facts, sides, { kind, lock, ledger: () => this.ledger }));
    },
    transitions: readTransitions(facts, sides, all, { lock, settings, program }),
    get ledger() {
      return (ledger ??= readLedger(facts, sides, { settings, program, teardown }));
    },
    constructorStarts: readConstructorStarts(facts, start),
    dispose: readDispose(facts, stop),
  });
}

/** Every start with every stop; the main ones first. */
function readFlows(facts: ClassFacts, { start, stop }: Sides): readonly [Flows, ...Flows[]] {
  const hooks = sideNames(start, stop);
  const starts = start.methods.map((method) => readFlow(facts, method, new Set([...hooks, ...halvesOf(facts, stop)])));
  const stops = stop.methods.map((method) => readFlow(facts, method, new Set([...hooks, ...halvesOf(facts, start)])));
  const [main, ...others] = starts.flatMap((one) => stops.map((other): Flows => ({ start: one, stop: other })));
  if (main === undefined) throw new Error(`${facts.name} has a lifecycle pair but no methods`);
  return [main, ...others];
}

/** What runs under the lock of a side's methods, by its name: for the other side it is the same as the method. */
function halvesOf({ methods }: ClassFacts, side: Side): readonly string[] {
  return [...methods.keys()].filter((half) => side.methods.some(({ name }) => isHalfOf(half, name)));
}
