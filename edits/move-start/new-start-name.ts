import { PAIRS } from '../../model/pairs.ts';
import type { ClassFacts, Method } from '../../model/service.ts';
import type { ResolvedSettings } from '../../model/settings.ts';

/** How a class that only has a stop begins from now on. */
export interface NewStart {
  readonly name: string;
  /** Its own method of that name, which the constructor has called up to now; undefined where the class has none yet. */
  readonly method: Method | undefined;
}

/** The name that goes with what ends the class: start() with close(), enable() with disable(); that of a pair of the settings first. */
export function newStartName(facts: ClassFacts, { pairs }: ResolvedSettings): string | undefined {
  const own = pairs.map(([start, stop]) => ({ start, stop, level: 'always' }));
  const pair = [...own, ...PAIRS].find(({ level, stop }) => {
    const method = facts.methods.get(stop);
    return level !== 'host' && method?.isPublic === true && !method.isStatic;
  });
  return pair?.start;
}
