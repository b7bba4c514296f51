import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from '../ast/member-name.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { lockOf } from './lock-of.ts';
import { findMethod, type LockScope } from './lock-scope.ts';
import { use, type LockUse } from './use.ts';
import { isWork } from './work-of.ts';

/** `limit(fn)` and `this.#limit(fn)` of p-limit, and a `limitFunction`, which has its work inside. */
export function calledUse(callee: TSESTree.Node, call: TSESTree.CallExpression, scope: LockScope): LockUse | undefined {
  const own = thisMember(callee);
  if (callee.type !== 'Identifier' && (own === undefined || findMethod(scope, own) !== undefined)) return undefined;
  const found = lockOf(callee, scope, false);
  if (found?.kind?.library?.run.includes('') !== true) return undefined;
  const inside = found.kind.library.name === 'limitFunction' ? limitedFunction(found.lock.node) : undefined;
  return use('run', call, found, call.arguments.find((argument) => isWork(argument, scope)) ?? inside ?? call);
}

function limitedFunction(declaration: TSESTree.Node): TSESTree.Node | undefined {
  const init =
    declaration.type === 'PropertyDefinition' ? declaration.value : declaration.type === 'AssignmentExpression' ? declaration.right : null;
  return init?.type === 'CallExpression' ? init.arguments[0] : undefined;
}

/** Effect's `semaphore.withPermits(1)(effect)`. */
export function curriedUse(inner: TSESTree.CallExpression, call: TSESTree.CallExpression, scope: LockScope): LockUse | undefined {
  const callee = unwrap(inner.callee);
  const [permits] = inner.arguments;
  if (callee.type !== 'MemberExpression' || memberName(callee) !== 'withPermits' || permits?.type !== 'Literal' || permits.value !== 1)
    return undefined;
  const found = lockOf(callee.object, scope, true);
  return found === undefined ? undefined : use('run', call, found, call.arguments[0] ?? call);
}
