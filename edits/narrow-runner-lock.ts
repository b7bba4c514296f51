import type { Service } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import type { LifecycleLockOptions } from './lifecycle-lock-options.ts';
import type { Obstacle } from './lock-obstacle.ts';
import type { Change, Need } from './outcome.ts';

export function narrowRunnerLock(service: Service, _source: Source, _options: LifecycleLockOptions): Obstacle | { changes: readonly Change[]; needs: readonly Need[] } {
  return { node: service.start.main.node, why: `${service.start.main.name}() runs the loop itself` };
}
