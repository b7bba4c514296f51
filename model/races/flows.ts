import type { Flow } from '../flow/step.ts';

/** What one start and one stop of a class do; a race is an interleaving of the two, or of one with itself. */
export interface Flows {
  readonly start: Flow;
  readonly stop: Flow;
}
