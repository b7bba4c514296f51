import type { TSESTree } from '@typescript-eslint/utils';
import type { Fact, RaceKind } from './service.ts';

/** `poisoned`: a stop timed out, and what it waited for may still be alive. */
export type StateName = 'new' | 'poisoned' | 'running' | 'starting' | 'stopped' | 'stopping';

/** `start` and `stop` are calls; `done`, `failure` and `timeout` end the call that is under way. */
export type StateEvent = 'done' | 'failure' | 'start' | 'stop' | 'timeout';

export interface State {
  readonly name: StateName;
  /** `no`: it lacks it, and is worse for it. A state that it has no use for is left out. */
  readonly isPresent: Fact;
}

export interface Change {
  readonly from: StateName;
  readonly to: StateName;
  readonly on: StateEvent;
  /** `no`: what should happen then does not. */
  readonly isPresent: Fact;
  /** The race that is in its place. */
  readonly race: RaceKind | undefined;
  /** For a timeout: whether nothing ends the wait in stop, or nothing remembers that its time was up. */
  readonly lacks?: 'deadline' | 'flag';
  /** Where it is, or where it is missed. */
  readonly node: TSESTree.Node | undefined;
}

/** The states of a lifecycle that a service has, and the ways between them. */
export interface States {
  readonly states: readonly State[];
  readonly changes: readonly Change[];
  /** Whether both sides could be followed to their end; else a race may have been missed. */
  readonly isFollowed: boolean;
}
