import type { Cast, Driver, ServiceClass } from '../services/driver.ts';
import type { World } from '../services/world.ts';

/** What is explored: a driver of `test/services`, or as much of one, and the class that it is to drive. */
export interface Subject extends Pick<Driver, 'drainMs' | 'kind'> {
  readonly Service: ServiceClass;
  /** Makes an instance in `world`, whose calls the explorer answers. A method, as in a driver: each narrows it to its own service. */
  build(Service: ServiceClass, world: World): Pick<Cast, 'operations' | 'service'>;
}

export function subjectOf(driver: Driver, Service: ServiceClass): Subject {
  return { ...driver, Service };
}
