import type { TSESTree } from '@typescript-eslint/utils';
import type { Method } from '../service.ts';
import { store } from './assign.ts';
import { type Machine, newExits, type Raise, type World, type Write } from './machine.ts';
import { runBody } from './run-function.ts';
import { FREE, newState, type State, type Vals } from './state.ts';
import { newTrace } from './trace.ts';

/** One way in which a run of a method can end. `isLast` says that it came to its end, and was not left before. */
export interface End {
  readonly state: State;
  readonly how: 'halted' | 'returned' | 'thrown';
  readonly isLast: boolean;
}

export interface Run {
  readonly ends: readonly End[];
  readonly writes: readonly Write[];
  /** Catch clauses and callbacks that got the error of the drain. */
  readonly handlers: readonly TSESTree.Node[];
  /** Whether something put an end to the work after its time was up. */
  readonly isForced: boolean;
  /** Whether it went too deep or too far. */
  readonly cut: boolean;
}

interface RunOptions {
  readonly side: 'start' | 'stop';
  readonly fields: ReadonlyMap<string, Vals>;
  readonly raise?: Raise | undefined;
  readonly haltsAtLoop?: boolean;
  readonly ignored?: ReadonlySet<TSESTree.Node>;
  readonly isTraced?: boolean;
}

const NONE: ReadonlySet<TSESTree.Node> = new Set();

/** Follows a method from what its fields hold, on every path that they leave open. Nothing throws unless the text says so, or is the drain at issue. */
export function runMethod(world: World, { value, name }: Method, { side, fields, raise, haltsAtLoop = false, ignored = NONE, isTraced = false }: RunOptions): Run {
  const begun = { writes: [], handlers: [], stack: [name], exits: newExits(), entered: 0, isForced: false, cut: false };
  const machine: Machine = { ...world, side, raise, haltsAtLoop, ignored, isTraced, ...begun };
  const state = newState(fields, isTraced ? newTrace() : undefined);
  for (const param of value.params) store(machine, param, param, state, FREE);
  const returned = runBody(machine, value, state);
  const ends: End[] = [
    ...returned.map((one): End => {
      const isRejected = one.vals.some((val) => val.kind === 'promise' && val.rejects);
      return { state: one.state, how: isRejected ? 'thrown' : 'returned', isLast: one.isLast };
    }),
    ...machine.exits.thrown.map((thrown): End => ({ state: thrown, how: 'thrown', isLast: false })),
    ...machine.exits.halted.map((halted): End => ({ state: halted, how: 'halted', isLast: true })),
  ];
  return { ends, writes: machine.writes, handlers: machine.handlers, isForced: machine.isForced, cut: machine.cut };
}
