import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { unwrap } from '../ast/unwrap.ts';
import { executeBlock } from './execute.ts';
import { finish } from './execute-try.ts';
import { type Machine, meet, newExits } from './machine.ts';
import { runFunction } from './run-function.ts';
import { copyOf, type State } from './state.ts';

/** `undo` in `await using undo = new AsyncDisposableStack()` */
export function stackIn(statement: TSESTree.Statement): string | undefined {
  if (statement.type !== 'VariableDeclaration' || !statement.kind.endsWith('using')) return undefined;
  const [{ id, init }] = statement.declarations;
  const isStack = init?.type === 'NewExpression' && /^(?:Async)?DisposableStack$/.test(calleeName(init) ?? '');
  return isStack && id.type === 'Identifier' ? id.name : undefined;
}

/** Runs the rest of a block; whichever way it is left, what was deferred to its stack is run, unless the stack was moved. */
export function executeUnderStack(machine: Machine, name: string, rest: readonly TSESTree.Statement[], state: State, isLast: boolean): State | undefined {
  const outer = machine.exits;
  machine.exits = newExits();
  const end = executeBlock(machine, rest, state, isLast);
  const inner = machine.exits;
  machine.exits = outer;
  outer.halted.push(...inner.halted);
  return finish(machine, (one) => dispose(machine, name, rest, one), inner, end);
}

function dispose(machine: Machine, name: string, rest: readonly TSESTree.Statement[], state: State): State | undefined {
  const from = rest[0]?.range[0] ?? 0;
  const calls = [...(state.trace?.before ?? []), ...(state.trace?.since ?? [])].flatMap(([node, isSure]) => {
    const callee = node.type === 'CallExpression' && node.range[0] >= from ? unwrap(node.callee) : undefined;
    const isOn = callee?.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === name;
    return isOn && node.type === 'CallExpression' ? [{ node, isSure, does: calleeName(node) }] : [];
  });
  if (calls.some(({ does, isSure }) => does === 'move' && isSure)) return state;
  let at: State | undefined = state;
  for (const { node, isSure, does } of calls.toReversed()) {
    const step = does === 'defer' ? node.arguments[0] : does === 'adopt' ? node.arguments[1] : undefined;
    if (step === undefined || !isFunction(step) || at === undefined) continue;
    const without = isSure ? undefined : copyOf(at);
    const vals = runFunction(machine, step, `=>${step.range[0]}`, [], at);
    at = meet(machine, vals === undefined ? undefined : at, without);
  }
  return at;
}
