import type { Service } from '../service.ts';

/** Whether the lock that start takes is there for the work: other methods take it, and no stop does. */
export function isWorkLock({ lock, stop }: Service): boolean {
  return lock.hotUses.length > 0 && !lock.holds.some(({ method }) => stop.methods.includes(method));
}
