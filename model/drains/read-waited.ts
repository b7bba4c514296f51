import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from '../ast/member-name.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { mayBePromise } from '../locks/may-be-promise.ts';
import { notesOf } from './function-notes.ts';
import { awaitsStart, namesWork } from './names.ts';
import type { Place, Wait } from './place.ts';
import { readWaitedCall } from './read-waited-call.ts';
import { readWaitedPromise } from './read-waited-promise.ts';
import { isOfInstance } from './rooted.ts';
import { addLeaf, openWait, read } from './walk.ts';

/** Reads an expression whose promise somebody waits for, and adds to the wait what may never come. */
export function readWaited(node: TSESTree.Node, wait: Wait, place: Place): void {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'AwaitExpression':
      openWait(inner, inner.argument, place);
      return;
    case 'CallExpression':
      readWaitedCall(inner, wait, place);
      return;
    case 'NewExpression':
      readWaitedPromise(inner, wait, place);
      return;
    case 'ConditionalExpression':
      read(inner.test, place);
      readWaited(inner.consequent, wait, place);
      readWaited(inner.alternate, wait, place);
      return;
    case 'LogicalExpression':
      if (inner.operator === '&&') read(inner.left, place);
      else readWaited(inner.left, wait, place);
      readWaited(inner.right, wait, place);
      return;
    case 'AssignmentExpression':
      readWaited(inner.right, wait, place);
      return;
    case 'ArrayExpression':
      for (const element of inner.elements) if (element !== null) readWaited(element, wait, place);
      return;
    case 'SpreadElement':
      readWaited(inner.argument, wait, place);
      return;
    case 'SequenceExpression':
      inner.expressions.slice(0, -1).forEach((part) => read(part, place));
      readWaited(inner.expressions.at(-1) ?? inner, wait, place);
      return;
    case 'Identifier':
      readWaitedName(inner, wait, place);
      return;
    case 'MemberExpression':
      readWaitedMember(inner, wait, place);
      return;
    default:
      read(inner, place);
  }
}

function readWaitedName(node: TSESTree.Identifier, wait: Wait, place: Place): void {
  const local = place.scope.locals.get(node.name);
  if (local === undefined || place.walk.reading.has(local.node)) return;
  if (local.isParameter) {
    if (!place.given.has(node.name)) addLeaf(wait, place);
    return;
  }
  place.walk.reading.add(local.node);
  const { assigned, pushed } = notesOf(place.fn);
  const values = [...(assigned.get(node.name) ?? []), ...(pushed.get(node.name) ?? [])];
  if (local.path.length > 0 && local.init !== undefined) readTaken(local.init, local.path, wait, place);
  // An await in the value has been read where it stands.
  else for (const value of values) if (unwrap(value).type !== 'AwaitExpression') readWaited(value, wait, place);
  if (values.length === 0 && namesWork(node.name)) addLeaf(wait, place);
  place.walk.reading.delete(local.node);
}

/** `const { task } = this`, `const { ended } = await this.lock.runExclusive(…)`. */
function readTaken(init: TSESTree.Expression, path: readonly string[], wait: Wait, place: Place): void {
  const name = path.at(-1) ?? '';
  if (!isOfInstance(init, place) || awaitsStart(name)) return;
  if (unwrap(init).type === 'ThisExpression' && path.length === 1) readField(name, undefined, wait, place);
  else addLeaf(wait, place);
}

function readWaitedMember(node: TSESTree.MemberExpression, wait: Wait, place: Place): void {
  const field = thisMember(node);
  if (field !== undefined) {
    readField(field, node, wait, place);
    return;
  }
  if (isOfInstance(node, place) && namesWork(memberName(node) ?? '')) addLeaf(wait, place);
}

/** `const client = await this.client`: what is wanted is the value, not an end. */
function isRead({ node: waiting, work }: Wait, node: TSESTree.Node | undefined, { walk }: Place): boolean {
  return waiting.type === 'AwaitExpression' && node !== undefined && unwrap(work) === unwrap(node) && !walk.ignored.has(waiting);
}

function readField(field: string, node: TSESTree.Node | undefined, wait: Wait, place: Place): void {
  const { kept, reading } = place.walk;
  const own = kept.byStop.get(field);
  if (own !== undefined) {
    for (const value of own) {
      if (reading.has(value)) continue;
      reading.add(value);
      readWaited(value, wait, place);
      reading.delete(value);
    }
    return;
  }
  if (kept.ofStart.has(field) || awaitsStart(field) || (isRead(wait, node, place) && !namesWork(field))) return;
  if (node !== undefined && mayBePromise(node, place.scope) === 'no') return;
  addLeaf(wait, place);
}
