import type { TSESTree } from '@typescript-eslint/utils';
import { alwaysExits } from '../ast/always-exits.ts';
import { constantKey } from '../ast/constant-key.ts';
import { memberName } from '../ast/member-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { bindPattern } from './bind-pattern.ts';
import { type Exit, readCondition } from './read-condition.ts';
import { readExpression } from './read-expression.ts';
import { readLoop } from './read-loop.ts';
import { rootField } from './root-field.ts';
import { emit, inArm, scopeOf, type Walk } from './walk.ts';

const MAY_BE_PROMISE = new Set(['CallExpression', 'Identifier', 'MemberExpression', 'NewExpression']);

/** Reads the statements of a block. `last` says that nothing follows it in its function. */
export function readBlock(walk: Walk, statements: readonly TSESTree.Statement[], last: boolean): void {
  for (const statement of statements) {
    if (statement.type === 'FunctionDeclaration') scopeOf(walk).locals.set(statement.id.name, { field: undefined, value: { kind: 'other' }, pending: [], fn: statement });
  }
  for (const [index, statement] of statements.entries()) {
    readStatement(walk, statement, last && index === statements.length - 1);
    if (alwaysExits(statement) !== 'none') return;
  }
}

function readStatement(walk: Walk, node: TSESTree.Statement, last: boolean): void {
  switch (node.type) {
    case 'BlockStatement':
      readBlock(walk, node.body, last);
      return;
    case 'ExpressionStatement':
      if (last) markTail(walk, node.expression);
      readExpression(walk, node.expression, false);
      return;
    case 'VariableDeclaration':
      for (const { id, init } of node.declarations) if (init !== null) bindPattern(walk, id, init);
      return;
    case 'ReturnStatement':
      if (node.argument !== null) readReturn(walk, node.argument);
      return;
    case 'ThrowStatement':
      readExpression(walk, node.argument, false);
      return;
    case 'IfStatement':
      readIf(walk, node, last);
      return;
    case 'SwitchStatement':
      readSwitch(walk, node, last);
      return;
    case 'TryStatement':
      readTry(walk, node, last);
      return;
    case 'LabeledStatement':
      readStatement(walk, node.body, last);
      return;
    case 'DoWhileStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'ForStatement':
    case 'WhileStatement':
      readLoop(walk, node);
      return;
    default:
      return;
  }
}

/** What an async function returns is awaited by its caller; so is what a plain function returns, where its caller awaits that. */
export function readReturn(walk: Walk, argument: TSESTree.Expression): void {
  const { waited } = scopeOf(walk);
  markTail(walk, argument);
  readExpression(walk, argument, waited);
  const inner = unwrap(argument);
  // A local that a helper returns: whoever awaits the helper has an await of his own.
  if (!waited || !MAY_BE_PROMISE.has(inner.type) || isSettled(inner) || (inner.type === 'Identifier' && walk.scopes.length > 1)) return;
  emit(walk, { kind: 'await', node: argument, field: inner.type === 'MemberExpression' ? rootField(walk, inner) : undefined, unseen: false });
}

/** `Promise.resolve(…)`: a promise that nothing has to be waited for. */
function isSettled(node: TSESTree.Node): boolean {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  const { object } = node.callee;
  return object.type === 'Identifier' && object.name === 'Promise' && ['reject', 'resolve'].includes(memberName(node.callee) ?? '');
}

/** To leave a helper that is called last, or whose result is returned, is to leave the method. */
function markTail(walk: Walk, node: TSESTree.Expression): void {
  const inner = unwrap(node);
  walk.tailCall = inner.type === 'AwaitExpression' ? unwrap(inner.argument) : inner;
}

/** How a branch leaves the whole method: a return in a helper or a callback leaves only that. */
function leaves(walk: Walk, node: TSESTree.Node | null | undefined): Exit {
  const exit = alwaysExits(node);
  return exit === 'return' && !scopeOf(walk).tail ? 'helper' : exit;
}

function readIf(walk: Walk, node: TSESTree.IfStatement, last: boolean): void {
  const whenTrue = leaves(walk, node.consequent);
  // An `if` round the whole rest of a method turns the caller away just as a guard does.
  const whenFalse = node.alternate === null ? (last && scopeOf(walk).tail ? 'return' : 'none') : leaves(walk, node.alternate);
  readCondition(walk, node.test, { whenTrue, whenFalse, partial: false });
  inArm(walk, node, 0, alwaysExits(node.consequent) !== 'none', () => {
    readStatement(walk, node.consequent, last);
  });
  const { alternate } = node;
  if (alternate === null) return;
  inArm(walk, node, 1, alwaysExits(alternate) !== 'none', () => {
    readStatement(walk, alternate, last);
  });
}

function readSwitch(walk: Walk, node: TSESTree.SwitchStatement, last: boolean): void {
  readExpression(walk, node.discriminant, false);
  const field = rootField(walk, node.discriminant);
  for (const [index, { test, consequent }] of node.cases.entries()) {
    // A case falls through to the next one that has statements.
    const body = node.cases.slice(index).find((next) => next.consequent.length > 0)?.consequent ?? consequent;
    const block = { type: 'BlockStatement', body } as unknown as TSESTree.BlockStatement;
    const left = leaves(walk, block);
    const exit = left === 'break' ? 'none' : left;
    const key = test === null ? undefined : constantKey(test);
    if (field !== undefined && test !== null) {
      emit(walk, { kind: 'test', node: test, field, exit, partial: false, when: key === undefined ? { is: 'other' } : { is: 'equal', key } });
    }
    inArm(walk, node, index, exit !== 'none', () => {
      readBlock(walk, consequent, last && index === node.cases.length - 1);
    });
  }
}

function readTry(walk: Walk, node: TSESTree.TryStatement, last: boolean): void {
  const { handler, finalizer } = node;
  readBlock(walk, node.block.body, last && finalizer === null);
  if (handler !== null) {
    inArm(walk, node, 1, alwaysExits(handler.body) !== 'none', () => {
      readBlock(walk, handler.body.body, last && finalizer === null);
    });
  }
  if (finalizer !== null) readBlock(walk, finalizer.body, last);
}

