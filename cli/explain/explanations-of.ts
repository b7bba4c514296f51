import { lineOf } from '../../model/line-of.ts';
import { isClosedByLock } from '../../model/races/kept-apart.ts';
import type { Part } from '../../model/read-parts.ts';
import type { FlagUses } from '../../model/read-flags.ts';
import type { Method, Service, Side } from '../../model/service.ts';
import { servicesOf } from '../../model/services-of.ts';
import type { ResolvedSettings } from '../../model/settings.ts';
import type { Source } from '../../model/source.ts';
import { describeProtection } from '../../rules/silences/silence.ts';
import { explainAsked } from './explain-asked.ts';
import type { ExplainedMethod, ExplainedPart, ExplainedSide, Explanation, FlagUse } from './explanation.ts';
import { explainAcquisition, explainDrain, explainRestart, explainStartup, explainSteps, explainTransition } from './explain-lifetime.ts';
import { explainLock } from './explain-lock.ts';
import { explainRace } from './explain-race.ts';
import { explainStates } from './explain-states.ts';
import { type PlaceOf, placesIn } from './place.ts';
import { judgeIn } from './verdicts-of.ts';
import { KINDS } from './words.ts';

/** The services of a file as the model reads them and the rules judge them, in their order. It says what they know and concludes nothing of its own. */
export function explanationsOf(source: Source, settings: ResolvedSettings): readonly Explanation[] {
  const placeOf = placesIn(source);
  const services = servicesOf(source, settings);
  if (services.length === 0) return [];
  const judge = judgeIn({ source, settings, placeOf });
  return services.map((service): Explanation => {
    const { line, endLine } = placeOf(service.node);
    const { name, kind, lock, dispose, parts, startup } = service;
    const verdicts = judge(service);
    return {
      version: 1,
      file: source.fileName,
      service: name,
      line,
      endLine,
      kind,
      kindWhy: KINDS[kind],
      asked: explainAsked(kind, verdicts),
      start: explainSide(service.start, placeOf),
      stop: explainSide(service.stop, placeOf),
      lock: explainLock(lock, placeOf),
      flags: service.flags.map((flag) => ({ field: flag.field, start: explainUses(flag.start, placeOf), stop: explainUses(flag.stop, placeOf) })),
      ledger: service.ledger.entries.map((entry) => explainAcquisition(entry, placeOf)),
      races: service.races.filter((race) => !isClosedByLock(race, lock)).map((race) => explainRace(service, race, source, placeOf)),
      isFollowed: service.states.isFollowed,
      protections: service.protections.map((one) => ({
        kind: one.kind,
        closes: one.closes,
        field: one.field,
        method: one.method,
        sentence: `${describeProtection(one, (node) => lineOf(source, node))}.`,
        or: one.or === undefined ? undefined : { kind: one.or.kind, field: one.or.field, method: one.or.method, ...placeOf(one.or.node) },
        ...placeOf(one.node),
      })),
      drains: service.drains.map((drain) => explainDrain(drain, placeOf)),
      restart: explainRestart(service.restart, placeOf),
      teardown: explainSteps(service.teardown, placeOf),
      startup: explainStartup(startup, placeOf),
      transitions: service.transitions.map((transition) => explainTransition(transition, placeOf)),
      constructorStarts: service.constructorStarts.map(({ node, text }) => ({ what: text, ...placeOf(node) })),
      dispose: { hasAsync: dispose.hasAsync, reachesStop: dispose.reachesStop, method: placeOfMethod(dispose.asyncMethod, placeOf), synchronous: placeOfMethod(dispose.syncMethod, placeOf) },
      owns: { started: explainParts(parts.started, service, placeOf), stopped: explainParts(parts.stopped, service, placeOf) },
      ...explainStates(service.states, placeOf),
      verdicts,
    };
  });
}

function explainSide({ main, methods, forwarders }: Side, placeOf: PlaceOf): ExplainedSide {
  const explain = ({ name, isAsync, node }: Method): ExplainedMethod => ({ name, isAsync, ...placeOf(node) });
  return { main: main.name, methods: methods.map(explain), forwarders: forwarders.map(explain) };
}

function explainUses({ tests, writes }: FlagUses, placeOf: PlaceOf): FlagUse {
  return { tests: tests.map(placeOf), writes: writes.map(placeOf) };
}

function explainParts(parts: readonly Part[], { facts }: Service, placeOf: PlaceOf): readonly ExplainedPart[] {
  const methodAt = ([from, to]: Part['node']['range']): string =>
    [...facts.methods.values()].find(({ node: { range } }) => range[0] <= from && to <= range[1])?.name ?? '';
  return parts.map(({ field, node }) => ({ name: field, method: methodAt(node.range), ...placeOf(node) }));
}

function placeOfMethod(method: Method | undefined, placeOf: PlaceOf): ReturnType<PlaceOf> | undefined {
  return method === undefined ? undefined : placeOf(method.node);
}
