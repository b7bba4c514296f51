import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import { someBelow } from '../ast/some-below.ts';
import { store } from './assign.ts';
import { evaluate } from './evaluate.ts';
import { execute } from './execute.ts';
import { type Machine, meetAll } from './machine.ts';
import { copyOf, FREE, isFree, type State, UNKNOWN } from './state.ts';

export type Loop =
  TSESTree.DoWhileStatement | TSESTree.ForInStatement | TSESTree.ForOfStatement | TSESTree.ForStatement | TSESTree.WhileStatement;

/** Runs a loop: its body once or not at all. */
export function executeLoop(machine: Machine, node: Loop, state: State): State | undefined {
  if (machine.raise?.node === node) return endLoop(machine, node, state);
  if (machine.haltsAtLoop && waits(node)) {
    machine.exits.halted.push(copyOf(state));
    return undefined;
  }
  if (!enter(machine, node, state)) return undefined;
  const body = copyOf(state);
  const ends = runBody(machine, node, body);
  const isSkipped = node.type !== 'DoWhileStatement' && !isEndless(node);
  return meetAll(machine, [...(isSkipped ? [state] : []), ...ends]);
}

/** A loop that is a drain, when its time is up: by an exit inside it, or because its condition no longer holds. */
function endLoop(machine: Machine, node: Loop, state: State): State | undefined {
  const { thrown, returned } = machine.exits;
  const count = thrown.length + returned.length;
  if (!enter(machine, node, state)) return undefined;
  state.raised = true;
  const ends = runBody(machine, node, copyOf(state));
  return thrown.length + returned.length > count ? undefined : meetAll(machine, [state, ...ends]);
}

function enter(machine: Machine, node: Loop, state: State): boolean {
  if (node.type === 'ForInStatement' || node.type === 'ForOfStatement') {
    const items = evaluate(machine, node.right, state);
    if (items === undefined) return false;
    const target = node.left.type === 'VariableDeclaration' ? node.left.declarations[0].id : node.left;
    store(machine, target, node, state, isFree(items) ? FREE : UNKNOWN);
    return true;
  }
  if (node.type === 'ForStatement' && node.init !== null) {
    const init = node.init.type === 'VariableDeclaration' ? execute(machine, node.init, state, false) : evaluate(machine, node.init, state);
    if (init === undefined) return false;
  }
  return node.type === 'DoWhileStatement' || node.test === null || evaluate(machine, node.test, state) !== undefined;
}

function runBody(machine: Machine, node: Loop, state: State): State[] {
  const { broken } = machine.exits;
  const outer = broken.splice(0);
  const end = execute(machine, node.body, state, false);
  const ends = [...broken.splice(0), ...(end === undefined ? [] : [end])];
  broken.push(...outer);
  return ends;
}

function isEndless(node: Loop): boolean {
  if (node.type === 'ForStatement') return node.test === null;
  return node.type === 'WhileStatement' && node.test.type === 'Literal' && node.test.value === true;
}

function waits(node: Loop): boolean {
  return (node.type === 'ForOfStatement' && node.await) || someBelow(node, ({ type }) => type === 'AwaitExpression', isFunction);
}
