import type { Side } from './service.ts';

/** The names of all methods of one side of the lifecycle or of both, those that only forward too. */
export function sideNames(...sides: readonly Pick<Side, 'forwarders' | 'methods'>[]): ReadonlySet<string> {
  return new Set(sides.flatMap(({ methods, forwarders }) => [...methods, ...forwarders]).map(({ name }) => name));
}
