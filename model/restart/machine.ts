import type { TSESTree } from '@typescript-eslint/utils';
import type { ClassFacts, Deadline } from '../service.ts';
import { copyOf, eitherOf, join, type State, UNKNOWN, type Vals } from './state.ts';

/** A drain that is ended, and how: its time is up, or its work fails. */
export interface Raise {
  /** The promise that rejects, or the loop that ends. */
  readonly node: TSESTree.Node;
  readonly how: 'reject' | 'resolve';
  readonly error: 'failure' | 'timeout';
  readonly deadline: Deadline;
}

/** A `return`; `isLast` says that nothing would have followed it. */
export interface Returned {
  readonly state: State;
  readonly vals: Vals;
  readonly isLast: boolean;
}

/** The ways by which a piece of code is left before its end. */
export interface Exits {
  readonly thrown: State[];
  readonly returned: Returned[];
  readonly broken: State[];
  /** At a loop that waits, where a run is to end there. */
  readonly halted: State[];
}

export interface Write {
  readonly field: string;
  readonly node: TSESTree.Node;
  readonly vals: Vals;
  /** Made after the drain at issue was ended. */
  readonly raised: boolean;
}

/** What a run needs to know of the class. */
export interface World {
  readonly facts: ClassFacts;
  /** Calls that take the lifecycle lock and run a callback under it. */
  readonly holds: ReadonlySet<TSESTree.Node>;
  /** What a field holds when the object has been constructed. */
  readonly initial: (field: string) => Vals;
  /** What code that no run follows may write to a field at any time. */
  readonly volatile: ReadonlyMap<string, Vals>;
  /** What such code may drop. That it does not is one of the ways in which things can go. */
  readonly dropped: ReadonlyMap<string, Vals>;
  /** Calls that are waited for later, by the function that makes them; a run takes them for waited for at once. */
  readonly joined?: ReadonlySet<TSESTree.Node>;
}

/** One run of one method. */
export interface Machine extends World {
  readonly side: 'start' | 'stop';
  readonly raise: Raise | undefined;
  /** Whether the run ends at the loop that an in-place runner is. */
  readonly haltsAtLoop: boolean;
  /** Whether the run keeps a trace. It then also follows the callbacks that are called at once. */
  readonly isTraced: boolean;
  /** Tests which have no effect on the run, as if they were not there. */
  readonly ignored: ReadonlySet<TSESTree.Node>;
  readonly writes: Write[];
  readonly handlers: TSESTree.Node[];
  readonly stack: string[];
  exits: Exits;
  entered: number;
  /** Something put an end to the work after its time was up. */
  isForced: boolean;
  cut: boolean;
}

export function newExits(): Exits {
  return { thrown: [], returned: [], broken: [], halted: [] };
}

export function meet(machine: World, first: State | undefined, second: State | undefined): State | undefined {
  return join(first, second, machine.initial);
}

export function meetAll(machine: World, states: readonly State[]): State | undefined {
  return states.reduce<State | undefined>((met, state) => meet(machine, met, state), undefined);
}

export function throwFrom(machine: Machine, state: State): void {
  machine.exits.thrown.push(copyOf(state));
}

export function fieldOf(machine: Machine, state: State, field: string): Vals {
  const held = state.fields.get(field) ?? machine.initial(field);
  const later = machine.volatile.get(field);
  return later === undefined ? held : eitherOf(held, later);
}

export function writeField(machine: Machine, state: State, field: string, node: TSESTree.Node, vals: Vals): void {
  state.fields.set(field, vals);
  machine.writes.push({ field, node, vals, raised: state.raised });
  if (vals.some(({ kind }) => kind === 'object' || kind === 'promise') || vals === UNKNOWN) state.acted = true;
}

/** Lets one path go on as another. */
export function become(state: State, other: State): void {
  if (state !== other) Object.assign(state, other);
}
