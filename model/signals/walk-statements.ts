import type { TSESTree } from '@typescript-eslint/utils';
import { isLogging } from '../ast/is-logging.ts';
import { isClass } from '../ast/is-class.ts';
import { isFunction } from '../ast/is-function.ts';
import { someBelow } from '../ast/some-below.ts';
import { unwrap } from '../ast/unwrap.ts';
import { ends } from './ends.ts';
import { isExit } from './is-exit.ts';
import type { Guard } from './run.ts';
import type { Place, Walk } from './walk.ts';
import { walkExpression } from './walk-expression.ts';

type Conditional = TSESTree.IfStatement;

/** Walks statements in their order. Gives the conditions under which control comes out at their end. */
export function walkStatements(statements: readonly TSESTree.Node[], place: Place, walk: Walk): readonly Guard[] {
  const passed: Guard[] = [];
  for (const statement of statements) {
    const mark = walk.leaves.length;
    passed.push(...walkStatement(statement, { ...place, guards: [...place.guards, ...passed] }, walk));
    passed.push(...walk.leaves.slice(mark));
    if (ends(statement)) break;
  }
  return passed;
}

function walkStatement(node: TSESTree.Node, place: Place, walk: Walk): readonly Guard[] {
  switch (node.type) {
    case 'BlockStatement':
      return walkStatements(node.body, place, walk);
    case 'LabeledStatement':
      return walkStatement(node.body, place, walk);
    case 'ExpressionStatement':
      walkExpression(node.expression, { ...place, wait: undefined, isAwaited: false }, walk);
      return [];
    case 'VariableDeclaration':
      for (const { init } of node.declarations) if (init !== null) walkExpression(init, { ...place, wait: node, isAwaited: false }, walk);
      return [];
    case 'ReturnStatement':
      walkReturn(node, place, walk);
      return [];
    case 'ThrowStatement':
      walkExpression(node.argument, { ...place, wait: undefined, isAwaited: false }, walk);
      return [];
    case 'IfStatement':
      return walkIf(node, place, walk);
    case 'TryStatement':
      return walkTry(node, place, walk);
    case 'SwitchStatement':
      walkExpression(node.discriminant, { ...place, wait: undefined, isAwaited: false }, walk);
      walkBranches(node.cases.map(({ consequent }) => consequent), walk.guard(node.discriminant, undefined, place), place, walk);
      return leavesIn(node) ? [leaveGuard(node, place, walk)] : [];
    default:
      return walkLoop(node, place, walk);
  }
}

function walkReturn(node: TSESTree.ReturnStatement, place: Place, walk: Walk): void {
  const isAwaited = place.isResultAwaited;
  if (node.argument !== null) walkExpression(node.argument, { ...place, wait: isAwaited ? node : place.wait, isAwaited }, walk);
  const frame = walk.frames.at(-1);
  if (frame !== undefined) frame.leastAtReturn = Math.min(frame.leastAtReturn, place.thread.epoch);
}

function walkIf(node: Conditional, place: Place, walk: Walk): readonly Guard[] {
  const { test, consequent, alternate } = node;
  const { thread } = place;
  walkExpression(test, { ...place, wait: undefined, isAwaited: false }, walk);
  const before = thread.epoch;
  const yes = walk.guard(test, true, place, alternate === null || isIdle(alternate));
  const no = walk.guard(test, false, place, isIdle(consequent));
  walkStatements([consequent], { ...place, guards: [...place.guards, yes] }, walk);
  const after = thread.epoch;
  thread.epoch = before;
  if (alternate !== null) walkStatements([alternate], { ...place, guards: [...place.guards, no] }, walk);
  if (ends(consequent)) return ends(alternate) ? [] : [no, ...innerGuard(alternate, place, walk)];
  thread.epoch = ends(alternate) ? after : Math.min(after, thread.epoch);
  if (ends(alternate)) return [yes, ...innerGuard(consequent, place, walk)];
  return leavesIn(node) ? [leaveGuard(node, place, walk)] : [];
}

function innerGuard(branch: TSESTree.Node | null, place: Place, walk: Walk): readonly Guard[] {
  return branch !== null && leavesIn(branch) ? [leaveGuard(branch, place, walk)] : [];
}

function walkTry({ block, handler, finalizer }: TSESTree.TryStatement, place: Place, walk: Walk): readonly Guard[] {
  const passed = walkStatements([block], place, walk);
  if (handler !== null) {
    const { epoch } = place.thread;
    walkStatements([handler.body], { ...place, isOnFailure: true }, walk);
    place.thread.epoch = epoch;
  }
  const inner = ends(block) ? [] : passed;
  const last = finalizer === null ? [] : walkStatements([finalizer], place, walk);
  return [...inner, ...last];
}

function walkBranches(branches: readonly (readonly TSESTree.Node[])[], guard: Guard, place: Place, walk: Walk): void {
  const { epoch } = place.thread;
  for (const statements of branches) {
    place.thread.epoch = epoch;
    walkStatements(statements, { ...place, guards: [...place.guards, guard] }, walk);
  }
  place.thread.epoch = epoch;
}

function walkLoop(node: TSESTree.Node, place: Place, walk: Walk): readonly Guard[] {
  if (!('body' in node) || isFunction(node) || isClass(node) || !node.type.includes('For') && !node.type.includes('While')) return [];
  const isOver = node.type === 'ForOfStatement' || node.type === 'ForInStatement';
  const test = isOver ? node.right : 'test' in node ? node.test : null;
  if (test !== null) walkExpression(test, { ...place, wait: undefined, isAwaited: false }, walk);
  const guard = walk.loopGuard((test as TSESTree.Node | null) ?? node, place);
  const { epoch } = place.thread;
  walkStatements([node.body as TSESTree.Node], { ...place, guards: [...place.guards, guard], isRepeated: place.isRepeated || isOver }, walk);
  place.thread.epoch = epoch;
  return leavesIn(node) ? [leaveGuard(node, place, walk)] : [];
}

/** Whether somebody who comes here only leaves: a log and a bare return, so that he neither waits nor does anything. */
function isIdle(branch: TSESTree.Node): boolean {
  if (branch.type === 'BlockStatement') return branch.body.every(isIdle);
  if (branch.type === 'ExpressionStatement') return isLogging(branch.expression);
  if (branch.type !== 'ReturnStatement') return branch.type === 'EmptyStatement';
  const value = branch.argument === null ? undefined : unwrap(branch.argument);
  return value === undefined || value.type === 'Literal' || (value.type === 'Identifier' && value.name === 'undefined');
}

/** Whether a statement may leave the function from inside. */
function leavesIn(node: TSESTree.Node): boolean {
  return someBelow(node, ({ type }) => type === 'ReturnStatement' || type === 'ThrowStatement', (inner) => isFunction(inner) || isClass(inner));
}

/** What decides within a function that is called whether the caller goes on. What is not shared with another run decides the same for each. */
export function throwGuard(node: TSESTree.Node, place: Place, walk: Walk): readonly Guard[] {
  const isLeaving = someBelow(node, (inner) => inner.type === 'ThrowStatement' || isExit(inner), (inner) => isFunction(inner) || isClass(inner));
  if (!isLeaving) return [];
  const guard = leaveGuard(node, place, walk);
  return guard.reads.paths.length === 0 ? [] : [{ ...guard, reads: { ...guard.reads, isPlain: true } }];
}

/** All that decides within a statement whether control comes out at its end, in one. */
function leaveGuard(node: TSESTree.Node, place: Place, walk: Walk): Guard {
  const tests: TSESTree.Node[] = [];
  someBelow(
    node,
    (inner) => {
      if ('test' in inner && inner.test !== null) tests.push(inner.test);
      if (inner.type === 'SwitchStatement') tests.push(inner.discriminant);
      return false;
    },
    (inner) => isFunction(inner) || isClass(inner),
  );
  const reads = tests.map((test) => walk.guard(test, undefined, place).reads);
  const isPlain = tests.length > 0 && reads.every((read) => read.isPlain);
  return { node, when: undefined, turnsAway: false, epoch: place.thread.epoch, reads: { paths: reads.flatMap(({ paths }) => paths), isPlain } };
}
