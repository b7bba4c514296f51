import type { Flow } from '../flow/step.ts';
import type { Race } from '../service.ts';

/** What one start and one stop of a class do; a race is an interleaving of the two, or of one with itself. */
export interface Flows {
  readonly start: Flow;
  readonly stop: Flow;
}

/** A race before it is said between which methods it is. */
export type Collision = Omit<Race, 'start' | 'stop'>;
