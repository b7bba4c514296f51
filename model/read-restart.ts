import type { Sides } from './read-sides.ts';
import { meetAll, type World } from './restart/machine.ts';
import { raisesOf } from './restart/raise-of.ts';
import { answerForAll } from './restart/refusal.ts';
import { type End, runMethod } from './restart/run-method.ts';
import { newState, type Vals } from './restart/state.ts';
import { usesResult } from './restart/uses-result.ts';
import { type Life, UNSURE, type Verdict, verdictOn } from './restart/verdict.ts';
import { worldOf } from './restart/world-of.ts';
import type { RestartFacts } from './restart/restart-facts.ts';
import type { ClassFacts, Drain, LockFacts, Fact, Method, Service, ServiceKind } from './service.ts';

interface Context {
  readonly kind: ServiceKind;
  readonly drains: readonly Drain[];
  readonly lock: LockFacts;
}

/** Whether the service can be started again after a stop, and after one that timed out. */
export function readRestart(facts: ClassFacts, sides: Sides, { kind, drains, lock }: Context): RestartFacts {
  const hasDeadline = drains.some((drain) => raisesOf(drain, false).length > 0);
  let life: ReturnType<typeof readLife> | null = null;
  const known = (): ReturnType<typeof readLife> => (life === null ? (life = readLife(facts, sides, { kind, lock })) : life);
  let isOneShot: Fact | undefined;
  const { fact, flag, gap } = hasDeadline ? afterTimeout(known(), sides.stop.methods, drains) : UNSURE;
  return Object.freeze({
    refusedAfterTimeout: fact,
    // Read when somebody asks: few do, and it takes several runs of both methods.
    get isOneShot() {
      return (isOneShot ??= oneShotOf(known()));
    },
    flag,
    gap,
  });
}

function oneShotOf(life: ReturnType<typeof readLife>): Fact {
  const { answer } = life === undefined ? { answer: 'unknown' } : answerForAll(life.world, life.start, life.stops);
  return answer === 'refuses' ? 'yes' : answer === 'proceeds' ? 'no' : 'unknown';
}

const lives = new WeakMap<Service, { readonly life: WholeLife | undefined }>();

/** Read once for all drains of a service. */
function lifeOf(service: Service): WholeLife | undefined {
  const { facts, start, stop, kind, lock } = service;
  const known = lives.get(service) ?? { life: readLife(facts, { start, stop }, { kind, lock }) };
  lives.set(service, known);
  return known.life;
}

/** Whether start would refuse after a stop in which this drain had run into a deadline that rejects, which it may not have yet. */
export function wouldRefuse(service: Service, drain: Drain, error: string | undefined): Fact {
  const { stop } = service;
  const life = lifeOf(service);
  const deadline = drain.deadline ?? { node: drain.node, flaw: undefined, error };
  const raises = raisesOf({ ...drain, bounded: 'yes', deadline }, false);
  const verdicts = life === undefined ? [] : stop.methods.flatMap((method) => verdictOn(life, method, drain, raises) ?? []);
  return verdicts.length > 0 && verdicts.every(({ fact }) => fact === 'yes') ? 'yes' : verdicts.some(({ fact }) => fact === 'no') ? 'no' : 'unknown';
}

interface WholeLife extends Life {
  /** What the fields hold after each way in which stop can come to its end. */
  readonly stops: readonly ReadonlyMap<string, Vals>[];
}

function readLife(facts: ClassFacts, sides: Pick<Sides, 'start' | 'stop'>, { kind, lock }: Pick<Context, 'kind' | 'lock'>): WholeLife | undefined {
  if (kind !== 'background' && kind !== 'in-place runner') return undefined;
  const start = sides.start.main;
  // Espree knows no decorators.
  if ('decorators' in start.node && start.node.decorators.length > 0) return undefined;
  const world = worldOf(facts, sides, lock);
  const running = runningFields(world, start, kind);
  if (running === undefined) return undefined;
  const ends = sides.stop.methods.flatMap((stop) => completeEnds(world, stop, running.fields));
  const stops = ends.map(({ state: { fields } }) => new Map([...fields, ...running.afterLoop]));
  const stopped = meetAll(world, stops.map((fields) => newState(fields)))?.fields;
  return { world, lock, start, running: running.fields, stopped, stops };
}

interface Running {
  readonly fields: ReadonlyMap<string, Vals>;
  /** What a start that runs in place writes once its loop has ended. */
  readonly afterLoop: ReadonlyMap<string, Vals>;
}

/** What the fields hold once start has done what it does; at its loop, where it runs in place. */
function runningFields(world: World, start: Method, kind: ServiceKind): Running | undefined {
  const through = runMethod(world, start, { side: 'start', fields: new Map() });
  const begun = through.ends.filter(({ how, state }) => how === 'returned' && state.acted);
  const ended = meetAll(world, begun.map(({ state }) => state))?.fields;
  if (through.cut || kind !== 'in-place runner') return ended && { fields: ended, afterLoop: new Map() };
  const { ends } = runMethod(world, start, { side: 'start', fields: new Map(), haltsAtLoop: true });
  const fields = meetAll(world, ends.flatMap(({ how, state }) => (how === 'halted' ? [state] : [])))?.fields;
  if (fields === undefined) return ended && { fields: ended, afterLoop: new Map() };
  return { fields, afterLoop: new Map([...(ended ?? [])].filter(([field, vals]) => fields.get(field) !== vals)) };
}

/** The ends of a stop that was not turned away. */
function completeEnds(world: World, stop: Method, running: ReadonlyMap<string, Vals>): readonly End[] {
  const { ends } = runMethod(world, stop, { side: 'stop', fields: running });
  const returned = ends.filter(({ how }) => how === 'returned');
  const complete = returned.filter(({ isLast }) => isLast);
  return complete.length > 0 ? complete : returned;
}

function afterTimeout(life: Life | undefined, stops: readonly Method[], drains: readonly Drain[]): Verdict {
  if (life === undefined) return UNSURE;
  const verdicts = drains.flatMap((drain) => {
    const raises = raisesOf(drain, usesResult(life.world.facts.node, drain.node));
    return raises.length === 0 ? [] : stops.flatMap((stop) => verdictOn(life, stop, drain, raises) ?? []);
  });
  const [first] = verdicts;
  const open = verdicts.find(({ fact }) => fact === 'no') ?? verdicts.find(({ fact }) => fact === 'unknown');
  const { fact, flag, gap } = open ?? first ?? UNSURE;
  // One drain may set what another one forgets.
  return { fact, flag: flag ?? verdicts.find((verdict) => verdict.fact === 'yes')?.flag, gap };
}
