import type { LockFacts } from '../../model/service.ts';
import type { ExplainedLock } from './explanation.ts';
import type { PlaceOf } from './place.ts';
import { GAPS } from './words.ts';

export function explainLock({ lifecycle, start, stop, holds, hotUses, reentries }: LockFacts, placeOf: PlaceOf): ExplainedLock {
  return {
    lifecycle: lifecycle === undefined ? undefined : { key: lifecycle.key, scope: lifecycle.scope, library: lifecycle.from, ...placeOf(lifecycle.node) },
    start,
    stop,
    holds: holds.map(({ lock, form, node, method, covers, gap }) => ({
      key: lock.key,
      method: method.name,
      form,
      covers,
      gap: gap === undefined ? undefined : { kind: gap.kind, what: GAPS[gap.kind], ...placeOf(gap.node) },
      ...placeOf(node),
    })),
    hotUses: hotUses.map(({ node, method }) => ({ method, ...placeOf(node) })),
    reentries: reentries.map(({ node, via }) => ({ via, ...placeOf(node) })),
  };
}
