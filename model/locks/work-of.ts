import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import { memberName } from '../ast/member-name.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { findMethod, type FoundMethod, type LockScope } from './lock-scope.ts';

/** What runs when a callback is called: its body, or that of the method it is bound to. */
export interface Work {
  readonly nodes: readonly TSESTree.Node[];
  /** The method that is the callback: `startLocked` for `this.startLocked.bind(this)`. */
  readonly method: FoundMethod | undefined;
}

/** Whether an argument can be the work of a lock: a function, a bound or named method, or a name that may hold a function. */
export function isWork(node: TSESTree.Node, scope: LockScope): boolean {
  const inner = unwrap(node);
  if (isFunction(inner)) return true;
  if (inner.type === 'Identifier') {
    const local = scope.locals.get(inner.name);
    if (local === undefined) return false;
    const value = local.init === undefined ? local.node : unwrap(local.init);
    return local.isParameter || isFunction(value) || (value.type === 'CallExpression' && boundMethod(value, scope) !== undefined);
  }
  return methodReference(inner, scope) !== undefined;
}

export function workOf(node: TSESTree.Node, scope: LockScope): Work {
  const inner = unwrap(node);
  if (isFunction(inner)) return { nodes: [inner.body], method: undefined };
  const method = methodReference(inner, scope);
  if (method !== undefined) return { nodes: [method.method.value.body], method };
  const local = inner.type === 'Identifier' ? scope.locals.get(inner.name) : undefined;
  if (local === undefined || local.isParameter || local.path.length > 0) return { nodes: [inner], method: undefined };
  if (isFunction(local.node)) return { nodes: [local.node.body], method: undefined };
  return local.init === undefined || local.init === inner
    ? { nodes: [inner], method: undefined }
    : workOf(local.init, { ...scope, locals: new Map() });
}

/** `this.startLocked`, `this.startLocked.bind(this)`, where the class has such a method. */
function methodReference(node: TSESTree.Node, scope: LockScope): FoundMethod | undefined {
  if (node.type === 'CallExpression') return boundMethod(node, scope);
  const name = thisMember(node);
  return name === undefined ? undefined : findMethod(scope, name);
}

function boundMethod(call: TSESTree.CallExpression, scope: LockScope): FoundMethod | undefined {
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression' || memberName(callee) !== 'bind') return undefined;
  const name = thisMember(callee.object);
  return name === undefined ? undefined : findMethod(scope, name);
}
