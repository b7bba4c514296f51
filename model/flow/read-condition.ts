import type { TSESTree } from '@typescript-eslint/utils';
import { constantKey } from '../ast/constant-key.ts';
import { isFunction } from '../ast/is-function.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { rootField } from './root-field.ts';
import { readExpression } from './read-expression.ts';
import type { Condition, TestStep } from './step.ts';
import { emit, inFunction, isOnStack, methodOf, type Walk } from './walk.ts';

export type Exit = TestStep['exit'];

/** How the method is left when the condition is true, and when it is false. */
export interface Exits {
  readonly whenTrue: Exit;
  readonly whenFalse: Exit;
  readonly partial: boolean;
}

const EQUAL = new Set(['==', '===']);
const UNEQUAL = new Set(['!=', '!==']);

/** Reads a condition: each field in it becomes a test step that knows which state of the field turns the caller away. */
export function readCondition(walk: Walk, node: TSESTree.Node, exits: Exits): void {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'UnaryExpression':
      if (inner.operator === '!') readCondition(walk, inner.argument, { ...exits, whenTrue: exits.whenFalse, whenFalse: exits.whenTrue });
      else readTested(walk, inner.argument, { is: 'other' }, exits);
      return;
    case 'LogicalExpression': {
      const decisive = inner.operator === '||' ? exits.whenTrue : exits.whenFalse;
      const partial = exits.partial || decisive === 'none';
      readCondition(walk, inner.left, { ...exits, partial });
      readCondition(walk, inner.right, { ...exits, partial });
      return;
    }
    case 'BinaryExpression':
      readComparison(walk, inner, exits);
      return;
    case 'CallExpression':
      if (!readPredicate(walk, inner, exits)) readTested(walk, inner, { is: 'truthy' }, exits);
      return;
    default:
      if (!readGetter(walk, inner, exits)) readTested(walk, inner, { is: 'truthy' }, exits);
  }
}

function readComparison(walk: Walk, node: TSESTree.BinaryExpression, exits: Exits): void {
  const right = constantKey(node.right);
  const left = constantKey(node.left);
  const tested = right === undefined ? node.right : node.left;
  const key = right ?? left;
  if (key === undefined) {
    readTested(walk, node.left, { is: 'other' }, exits);
    readTested(walk, node.right, { is: 'other' }, exits);
    return;
  }
  const nothing = key === 'null' || key === 'undefined' || key === 'false';
  const asTruth = nothing || key === 'true';
  if (EQUAL.has(node.operator)) readTested(walk, tested, asTruth ? { is: nothing ? 'falsy' : 'truthy' } : { is: 'equal', key }, exits);
  else if (UNEQUAL.has(node.operator)) readTested(walk, tested, asTruth ? { is: nothing ? 'truthy' : 'falsy' } : { is: 'unequal', key }, exits);
  else readTested(walk, tested, { is: 'other' }, exits);
}

const OPPOSITE = { equal: 'unequal', unequal: 'equal', truthy: 'falsy', falsy: 'truthy', other: 'other' } as const;

function opposite(when: Condition): Condition {
  return { ...when, is: OPPOSITE[when.is] } as Condition;
}

/** `whenTrue` is the state of the field in which the tested expression is true. */
function readTested(walk: Walk, node: TSESTree.Node, whenTrue: Condition, exits: Exits): void {
  readExpression(walk, node, false);
  const field = rootField(walk, node);
  if (field === undefined) return;
  const leavesWhenTrue = exits.whenTrue !== 'none';
  const exit = leavesWhenTrue ? exits.whenTrue : exits.whenFalse;
  emit(walk, { kind: 'test', node, field, exit, partial: exits.partial, when: leavesWhenTrue || exit === 'none' ? whenTrue : opposite(whenTrue) });
}

/** `if (this.isStarted())`: a method that only returns an expression is read as that expression. */
function readPredicate(walk: Walk, node: TSESTree.CallExpression, exits: Exits): boolean {
  const name = thisMember(node.callee);
  const method = name === undefined ? undefined : methodOf(walk.facts, name);
  const result = method === undefined || method.isAsync ? undefined : soleResult(method.value);
  if (method === undefined || result === undefined || isOnStack(walk, method.name)) return false;
  return inFunction(walk, { method: method.name, locals: new Map(), waited: false, tail: false, isPredicate: true }, () => {
    readCondition(walk, result, exits);
  });
}

function readGetter(walk: Walk, node: TSESTree.Node, exits: Exits): boolean {
  const name = thisMember(node);
  const getter = name === undefined ? undefined : walk.facts.getters.get(name);
  const result = getter === undefined ? undefined : soleResult(getter);
  if (name === undefined || result === undefined || isOnStack(walk, name)) return false;
  return inFunction(walk, { method: name, locals: new Map(), waited: false, tail: false, isPredicate: true }, () => {
    readCondition(walk, result, exits);
  });
}

function soleResult(value: TSESTree.Node): TSESTree.Node | undefined {
  if (!isFunction(value)) return undefined;
  if (value.body.type !== 'BlockStatement') return value.body;
  const [only, ...rest] = value.body.body;
  return rest.length === 0 && only?.type === 'ReturnStatement' ? (only.argument ?? undefined) : undefined;
}
