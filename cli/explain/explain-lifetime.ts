import type { RestartFacts } from '../../model/restart/restart-facts.ts';
import type { Drain, StartupFacts, TeardownFacts, Transition } from '../../model/service.ts';
import type { Acquisition } from '../../model/ledger/ledger.ts';
import type { ExplainedAcquisition, ExplainedDrain, ExplainedRestart, ExplainedStartup, ExplainedStep, ExplainedTransition } from './explanation.ts';
import type { PlaceOf } from './place.ts';
import { FLAWS, RESTART_GAPS } from './words.ts';

export function explainAcquisition({ kind, node, text, method, origins, keep, released, releases }: Acquisition, placeOf: PlaceOf): ExplainedAcquisition {
  return {
    kind,
    what: text,
    method,
    origins: [...origins],
    keptIn: keep.in,
    keptAs: 'name' in keep ? keep.name : undefined,
    released,
    releases: releases.map((release) => ({ method: release.method, isInStop: release.isInStop, ...placeOf(release.node) })),
    ...placeOf(node),
  };
}

export function explainDrain({ node, name, method, bounded, deadline }: Drain, placeOf: PlaceOf): ExplainedDrain {
  const { flaw } = deadline ?? {};
  return {
    name,
    method,
    bounded,
    deadline:
      deadline === undefined ? undefined : { flaw, what: flaw === undefined ? 'it ends the wait' : FLAWS[flaw], error: deadline.error, ...placeOf(deadline.node) },
    ...placeOf(node),
  };
}

export function explainRestart({ refusedAfterTimeout, isOneShot, flag, gap }: RestartFacts, placeOf: PlaceOf): ExplainedRestart {
  return { refusedAfterTimeout, isOneShot, flag, gap: gap === undefined ? undefined : { kind: gap.kind, what: RESTART_GAPS[gap.kind], ...placeOf(gap.node) } };
}

export function explainSteps({ steps }: TeardownFacts, placeOf: PlaceOf): readonly ExplainedStep[] {
  return steps.map(({ call, name, method, kind, isAwaited, failure, isolated, skips }) => ({
    name,
    method,
    kind,
    isAwaited,
    mayFail: failure !== 'none',
    isolated,
    skips: skips.map((step) => step.name),
    ...placeOf(call),
  }));
}

export function explainStartup({ acquired, rolledBack, gaps, leftSet }: StartupFacts, placeOf: PlaceOf): ExplainedStartup {
  return {
    acquired: acquired.map(({ node, name, method, field, release }) => ({ name, method, field, release: release === undefined ? undefined : placeOf(release), ...placeOf(node) })),
    rolledBack,
    gaps: gaps.map(({ fails, left, hazards }) => ({
      left: left.map(({ name }) => name),
      hazards: hazards.map(({ kind, of }) => ({ kind, of: of.name })),
      ...placeOf(fails),
    })),
    leftSet: leftSet === undefined ? undefined : { field: leftSet.field, fails: placeOf(leftSet.fails), ...placeOf(leftSet.node) },
  };
}

export function explainTransition({ node, from, what, field, held, hazard, gap }: Transition, placeOf: PlaceOf): ExplainedTransition {
  return { from: from.replaceAll('`', ''), what, field, held, hazard, wait: gap === undefined ? undefined : placeOf(gap.wait), ...placeOf(node) };
}
