import type { Hold, Service } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import type { Obstacle } from './lock-obstacle.ts';
import type { Change } from './outcome.ts';

/** Extends a hold that covers only part of a method to the whole of it. */
export function widenHold(_source: Source, _service: Service, holds: readonly Hold[], _needsHalf: boolean): Obstacle | readonly Change[] {
  const [hold] = holds;
  if (hold === undefined) return [];
  return { node: hold.node, why: `${hold.method.name}() holds ${hold.lock.key} over part of its body only` };
}
