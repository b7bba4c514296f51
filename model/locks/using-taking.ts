import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from '../ast/member-name.ts';
import { thisMember } from '../ast/this-member.ts';
import { someBelow } from '../ast/some-below.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { Hold, Lock } from '../service.ts';
import { type FoundLock, lockOf } from './lock-of.ts';
import { findMethod, type LockScope, scopeIn } from './lock-scope.ts';
import { lockUseOf } from './lock-use.ts';
import { LOOK_WORDS } from './lock-words.ts';
import type { Statements, Taking } from './taking.ts';
import { unawaitedReturn } from './unawaited-return.ts';

/** `using held = await hold(this.#lock);`: the statements after it run under the lock. */
export function usingTaking(statements: Statements, index: number, scope: LockScope): Taking | undefined {
  const statement = statements[index];
  if (statement?.type !== 'VariableDeclaration' || (statement.kind !== 'using' && statement.kind !== 'await using')) return undefined;
  const init = statement.declarations[0].init;
  const outer = init == null ? undefined : unwrap(init);
  const isAwaited = outer?.type === 'AwaitExpression';
  const call = outer?.type === 'AwaitExpression' ? unwrap(outer.argument) : outer;
  const lock = call?.type === 'CallExpression' ? guardedLock(call, scope) : undefined;
  if (call === undefined || lock === undefined) return undefined;
  const held = statements.slice(index + 1);
  const returned = unawaitedReturn(held, scope);
  const gap: Hold['gap'] = isAwaited
    ? returned?.isSure === true
      ? { kind: 'return-unawaited', node: returned.node }
      : undefined
    : { kind: 'not-awaited', node: call };
  const isSure = lock.kind?.isLeaky === true || returned?.isSure === false ? 'unknown' : (lock.kind?.isLock ?? 'yes');
  return { lock: lock.lock, form: 'using', node: call, held, isSure, gap, next: statements.length };
}

type Guarded = Pick<FoundLock, 'kind'> & { readonly lock: Lock };

/** The lock behind a guard: `lock.acquire()`, `lock.guard()`, `hold(lock)`, or a helper of the class that acquires it. */
function guardedLock(call: TSESTree.CallExpression, scope: LockScope): Guarded | undefined {
  const callee = unwrap(call.callee);
  if (callee.type === 'MemberExpression' && !LOOK_WORDS.has(memberName(callee) ?? '')) {
    const found = lockOf(callee.object, scope, false);
    if (found !== undefined) return found;
  }
  for (const argument of call.arguments) {
    const inner = unwrap(argument);
    const found = inner.type === 'MemberExpression' || inner.type === 'Identifier' ? lockOf(inner, scope, false) : undefined;
    if (found !== undefined) return found;
  }
  const own = thisMember(callee);
  const helper = own === undefined ? undefined : findMethod(scope, own);
  return helper === undefined ? undefined : acquiredIn(helper.method.value.body, scopeIn(scope, helper.owner, helper.method.value));
}

function acquiredIn(body: TSESTree.Node, scope: LockScope): Guarded | undefined {
  let lock: Lock | undefined;
  someBelow(body, (node) => {
    const use = node.type === 'CallExpression' ? lockUseOf(node, scope) : undefined;
    if (use?.kind === 'acquire') lock = use.lock;
    return lock !== undefined;
  });
  return lock === undefined ? undefined : { lock, kind: undefined };
}
