import type { ClassFacts, Fact, LockFacts, Side } from './service.ts';
import type { ResolvedSettings } from './settings.ts';

/** Placeholder until helper's file lands. */
export function readLocks(_facts: ClassFacts, _start: Side, _stop: Side, _runsInPlace: Fact, _settings: ResolvedSettings): LockFacts {
  return { holds: [], lifecycle: undefined, start: 'no', stop: 'no', hotUses: [], reentries: [], overLoop: [], decorators: [] };
}
