import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from '../ast/children.ts';
import { isFunction } from '../ast/is-function.ts';
import { evaluate } from './evaluate.ts';
import { become, type Machine, meet, newExits } from './machine.ts';
import { copyOf, OUTCOME, type State, type Vals } from './state.ts';

/** Ends the drain at issue. What its work was to do may be done or not. */
export function raiseAt(machine: Machine, node: TSESTree.Node, state: State): Vals {
  const { exits } = machine;
  machine.exits = newExits();
  const done = copyOf(state);
  const isDone = childNodes(node).every((child) => isFunction(child) || evaluate(machine, child, done) !== undefined);
  machine.exits = exits;
  const met = meet(machine, state, isDone ? done : undefined);
  if (met !== undefined) become(state, met);
  state.raised = true;
  return machine.raise?.how === 'resolve' ? OUTCOME : [{ kind: 'promise', rejects: true }];
}
