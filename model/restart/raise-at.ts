import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from '../ast/children.ts';
import { isFunction } from '../ast/is-function.ts';
import { executorOf } from '../drains/executor.ts';
import { evaluate } from './evaluate.ts';
import { become, type Machine, meet, newExits } from './machine.ts';
import { runFunction } from './run-function.ts';
import { copyOf, OUTCOME, type State, type Vals } from './state.ts';

/** Ends the drain at issue. What its work was to do may be done or not. */
export function raiseAt(machine: Machine, node: TSESTree.Node, state: State): Vals {
  const { exits } = machine;
  machine.exits = newExits();
  const done = copyOf(state);
  const isDone = childNodes(node).every((child) => {
    if (!isFunction(child)) return evaluate(machine, child, done) !== undefined;
    return !machine.isTraced || child !== executorOf(node) || runFunction(machine, child, `=>${child.range[0]}`, [], done) !== undefined;
  });
  machine.exits = exits;
  const met = meet(machine, state, isDone ? done : undefined);
  if (met !== undefined) become(state, met);
  state.raised = true;
  return machine.raise?.how === 'resolve' ? OUTCOME : [{ kind: 'promise', rejects: true }];
}
