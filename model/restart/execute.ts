import type { TSESTree } from '@typescript-eslint/utils';
import { alwaysExits } from '../ast/always-exits.ts';
import { bindFields, store } from './assign.ts';
import { compare } from './compare.ts';
import { evaluate } from './evaluate.ts';
import { executeLoop } from './execute-loop.ts';
import { executeTry } from './execute-try.ts';
import { executeUnderStack, stackIn } from './execute-under-stack.ts';
import { type Machine, meet, meetAll, throwFrom } from './machine.ts';
import { copyOf, isFree, type State, truthOf, UNDEFINED, type Vals } from './state.ts';
import { tellsCase } from './tells-timeout.ts';

/** Runs statements one after the other; undefined where control does not come out at their end. `isLast` says that nothing follows them. */
export function executeBlock(machine: Machine, statements: readonly TSESTree.Statement[], state: State, isLast: boolean): State | undefined {
  for (const statement of statements) {
    if (statement.type === 'FunctionDeclaration') state.locals.set(statement.id.name, evaluate(machine, statement, state) ?? UNDEFINED);
  }
  let at: State | undefined = state;
  for (const [index, statement] of statements.entries()) {
    at = execute(machine, statement, at, isLast && index === statements.length - 1);
    if (at === undefined) return undefined;
    const stack = machine.isTraced ? stackIn(statement) : undefined;
    if (stack !== undefined) return executeUnderStack(machine, stack, statements.slice(index + 1), at, isLast);
  }
  return at;
}

export function execute(machine: Machine, node: TSESTree.Statement, state: State, isLast: boolean): State | undefined {
  switch (node.type) {
    case 'BlockStatement':
      return executeBlock(machine, node.body, state, isLast);
    case 'ExpressionStatement':
      return evaluate(machine, node.expression, state) && state;
    case 'VariableDeclaration':
      return declare(machine, node, state);
    case 'ReturnStatement':
      leave(machine, node, state, isLast);
      return undefined;
    case 'ThrowStatement':
      if (evaluate(machine, node.argument, state) !== undefined) throwFrom(machine, state);
      return undefined;
    case 'IfStatement':
      return executeIf(machine, node, state, isLast);
    case 'SwitchStatement':
      return executeSwitch(machine, node, state);
    case 'TryStatement':
      return executeTry(machine, node, state, isLast);
    case 'LabeledStatement':
      return execute(machine, node.body, state, isLast);
    case 'BreakStatement':
    case 'ContinueStatement':
      machine.exits.broken.push(copyOf(state));
      return undefined;
    case 'DoWhileStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'ForStatement':
    case 'WhileStatement':
      return executeLoop(machine, node, state);
    default:
      return state;
  }
}

function declare(machine: Machine, { declarations }: TSESTree.VariableDeclaration, state: State): State | undefined {
  for (const { id, init } of declarations) {
    const vals = init === null ? UNDEFINED : evaluate(machine, init, state);
    if (vals === undefined) return undefined;
    if (id.type === 'ObjectPattern' && init?.type === 'ThisExpression') bindFields(machine, id, state);
    else store(machine, id, id, state, vals);
  }
  return state;
}

function leave(machine: Machine, { argument }: TSESTree.ReturnStatement, state: State, isLast: boolean): void {
  const vals = argument === null ? UNDEFINED : evaluate(machine, argument, state, true);
  if (vals !== undefined) machine.exits.returned.push({ state: copyOf(state), vals, isLast });
}

function executeIf(machine: Machine, node: TSESTree.IfStatement, state: State, isLast: boolean): State | undefined {
  if (machine.ignored.has(node.test)) return state;
  const test = evaluate(machine, node.test, state);
  if (test === undefined) return undefined;
  const truth = truthOf(test) ?? assumed(test, node, state);
  const first = truth === false ? undefined : executeArm(machine, node.test, node.consequent, truth === undefined ? copyOf(state) : state, isLast);
  const { alternate } = node;
  const second = truth === true ? undefined : alternate === null ? state : executeArm(machine, node.test, alternate, state, isLast);
  return meet(machine, first, second);
}

/** What does not depend on what the service did before is as it was when it could be started. */
function assumed(test: Vals, { consequent, alternate }: TSESTree.IfStatement, { raised }: State): boolean | undefined {
  if (raised || !isFree(test)) return undefined;
  const [leavesWhenTrue, leavesWhenFalse] = [consequent, alternate].map((arm) => ['return', 'throw'].includes(alwaysExits(arm)));
  return leavesWhenTrue === leavesWhenFalse ? undefined : leavesWhenFalse;
}

function executeArm(machine: Machine, test: TSESTree.Node, arm: TSESTree.Statement, state: State, isLast: boolean): State | undefined {
  const { refusal } = state;
  state.refusal = test;
  const end = execute(machine, arm, state, isLast);
  if (end !== undefined) end.refusal = refusal;
  return end;
}

function executeSwitch(machine: Machine, { discriminant, cases }: TSESTree.SwitchStatement, state: State): State | undefined {
  const tested = evaluate(machine, discriminant, state);
  if (tested === undefined) return undefined;
  const matches = cases.map(({ test }) => {
    if (test === null) return undefined;
    return tellsCase(machine, discriminant, test, state) ?? compare(tested, evaluate(machine, test, state) ?? UNDEFINED, false);
  });
  const sure = matches.indexOf(true);
  const standard = cases.findIndex(({ test }) => test === null);
  const open = cases.flatMap(({ test }, index) => (test !== null && matches[index] === undefined ? [index] : []));
  const entries = sure === -1 ? [...open, ...(standard === -1 ? [] : [standard])] : open.filter((index) => index < sure).concat(sure);
  const { broken } = machine.exits;
  const outer = broken.splice(0);
  const ends: State[] = sure === -1 && standard === -1 ? [copyOf(state)] : [];
  for (const index of entries) {
    const statements = cases.slice(index).flatMap(({ consequent }) => consequent);
    const entered = copyOf(state);
    entered.refusal = cases[index]?.test ?? discriminant;
    const end = executeBlock(machine, statements, entered, false);
    if (end !== undefined) ends.push(end);
  }
  ends.push(...broken.splice(0));
  broken.push(...outer);
  return meetAll(machine, ends);
}
