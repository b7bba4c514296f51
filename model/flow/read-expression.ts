import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from '../ast/children.ts';
import { isClass } from '../ast/is-class.ts';
import { isFunction } from '../ast/is-function.ts';
import { thisMember } from '../ast/this-member.ts';
import { thisRoot } from '../ast/this-root.ts';
import { unwrap } from '../ast/unwrap.ts';
import { readKept } from './bind-pattern.ts';
import { readCall, readNew } from './read-call.ts';
import { readCondition } from './read-condition.ts';
import { readValue } from './read-value.ts';
import { rootField } from './root-field.ts';
import type { Step } from './step.ts';
import { emit, inArm, localOf, rebind, type Walk } from './walk.ts';

/** Reads an expression in the order of evaluation. `waited` says that somebody awaits the promise it gives. */
export function readExpression(walk: Walk, node: TSESTree.Node, waited: boolean): void {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'AwaitExpression':
      readAwait(walk, inner, inner.argument);
      return;
    case 'AssignmentExpression':
      readAssignment(walk, inner, waited);
      return;
    case 'UpdateExpression':
      readTarget(walk, inner.argument, inner, { kind: 'other' });
      return;
    case 'CallExpression':
      readCall(walk, inner, waited);
      return;
    case 'NewExpression':
      readNew(walk, inner, waited);
      return;
    case 'ConditionalExpression':
    case 'LogicalExpression':
      readChoice(walk, inner, waited);
      return;
    case 'Identifier':
      if (waited) resume(walk, localOf(walk, inner.name)?.pending);
      return;
    case 'MemberExpression':
      readMember(walk, inner, waited);
      return;
    case 'UnaryExpression':
      readExpression(walk, inner.argument, false);
      if (inner.operator === 'delete') readTarget(walk, inner.argument, inner, { kind: 'constant', key: 'undefined', truthy: false });
      return;
    case 'YieldExpression':
      if (inner.argument) readExpression(walk, inner.argument, false);
      emit(walk, { kind: 'await', node: inner, field: undefined, unseen: true });
      return;
    case 'ArrayExpression':
      for (const element of inner.elements) if (element !== null) readExpression(walk, element, waited);
      return;
    default:
      if (!isFunction(inner) && !isClass(inner)) for (const child of childNodes(inner)) readExpression(walk, child, false);
  }
}

function readAwait(walk: Walk, node: TSESTree.Node, argument: TSESTree.Node): void {
  readExpression(walk, argument, true);
  emit(walk, { kind: 'await', node, field: rootField(walk, argument), unseen: isSuperCall(walk, argument) });
}

/** The base of `super.start()` is read in place where it is in the file; elsewhere nobody can tell what it waits for. */
function isSuperCall(walk: Walk, node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  if (inner.type !== 'CallExpression') return false;
  const callee = unwrap(inner.callee);
  return callee.type === 'MemberExpression' && callee.object.type === 'Super' && typeof walk.facts.base !== 'object';
}

/** Goes on with work that was begun earlier and is awaited only now. */
function resume(walk: Walk, pending: readonly Step[] | undefined): void {
  if (pending !== undefined) walk.steps.push(...pending);
}

function readMember(walk: Walk, node: TSESTree.MemberExpression, waited: boolean): void {
  const name = thisMember(node);
  const getter = name === undefined ? undefined : walk.facts.getters.get(name);
  if (waited && name !== undefined) resume(walk, walk.pending.get(name));
  if (getter !== undefined || name !== undefined) return;
  readExpression(walk, node.object, false);
  if (node.computed) readExpression(walk, node.property, false);
}

function readAssignment(walk: Walk, node: TSESTree.AssignmentExpression, waited: boolean): void {
  const { left, operator } = node;
  if (operator === '??=' || operator === '||=' || operator === '&&=') {
    const outcome = { whenTrue: waited ? 'return' : 'none', whenFalse: 'none', partial: false } as const;
    readCondition(walk, left, outcome);
    inArm(walk, node, 0, false, () => {
      readAssigned(walk, node, waited);
    });
  } else readAssigned(walk, node, waited);
}

function readAssigned(walk: Walk, node: TSESTree.AssignmentExpression, waited: boolean): void {
  const { left, right, operator } = node;
  const pending = readKept(walk, right);
  readTarget(walk, left, node, operator === '=' || operator.endsWith('?=') || operator === '||=' ? readValue(walk, right) : { kind: 'other' });
  const name = thisMember(left);
  if (name !== undefined) alias(walk, right, name);
  if (waited) walk.steps.push(...pending);
  else if (name !== undefined && pending.length > 0) {
    walk.pending.set(name, pending);
    walk.background.push(...pending);
    emit(walk, { kind: 'spawn', node: right, what: pending.some(isOwn) ? 'task' : 'chain', field: name });
  }
}

/** Work of the class itself, rather than a callback on somebody else's promise. */
function isOwn({ frames }: Step): boolean {
  return frames.some(({ method, depth }) => depth > 0 && !method.startsWith('=>'));
}

/** After `this.#server = server` the local and the field are one thing. */
function alias(walk: Walk, right: TSESTree.Expression, field: string): void {
  const inner = unwrap(right);
  const local = inner.type === 'Identifier' ? localOf(walk, inner.name) : undefined;
  if (inner.type === 'Identifier' && local !== undefined) rebind(walk, inner.name, { ...local, field });
}

function readTarget(walk: Walk, target: TSESTree.Node, node: TSESTree.Node, value: ReturnType<typeof readValue>): void {
  const inner = unwrap(target);
  if (inner.type === 'ObjectPattern' || inner.type === 'ArrayPattern') {
    for (const part of childNodes(inner)) readTarget(walk, part.type === 'Property' ? part.value : part, node, value);
    return;
  }
  if (inner.type === 'AssignmentPattern' || inner.type === 'RestElement') {
    readTarget(walk, inner.type === 'RestElement' ? inner.argument : inner.left, node, value);
    return;
  }
  if (inner.type === 'Identifier') {
    rebind(walk, inner.name, { field: undefined, value, pending: [] });
    return;
  }
  const field = thisRoot(inner) ?? rootField(walk, inner);
  if (field !== undefined) emit(walk, { kind: 'write', node, field, value, deep: thisMember(inner) === undefined });
}

function readChoice(walk: Walk, node: TSESTree.ConditionalExpression | TSESTree.LogicalExpression, waited: boolean): void {
  const test = node.type === 'LogicalExpression' ? node.left : node.test;
  readCondition(walk, test, { whenTrue: 'none', whenFalse: 'none', partial: false });
  const options = node.type === 'LogicalExpression' ? [node.right] : [node.consequent, node.alternate];
  for (const [side, option] of options.entries()) {
    inArm(walk, node, side, false, () => {
      readExpression(walk, option, waited);
    });
  }
}
