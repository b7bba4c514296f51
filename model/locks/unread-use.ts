import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isClass } from '../ast/is-class.ts';
import { isFunction } from '../ast/is-function.ts';
import { memberName } from '../ast/member-name.ts';
import { someBelow } from '../ast/some-below.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { Method } from '../service.ts';
import { beforeLock } from './before-lock.ts';
import { isLockDecorator, lockDecoratorsOf } from './lock-decorators.ts';
import { findMethod, hasUnknownBase, type LockScope } from './lock-scope.ts';
import { isDeclaredNoLock } from './lock-of.ts';
import { lockUseOf } from './lock-use.ts';
import { peel } from './peel.ts';

/** Takes callbacks, and holds nothing while they run. */
const NO_LOCKS = new Set([
  'addEventListener',
  'addListener',
  'all',
  'allSettled',
  'any',
  'catch',
  'every',
  'filter',
  'finally',
  'flatMap',
  'forEach',
  'map',
  'nextTick',
  'on',
  'once',
  'race',
  'reduce',
  'setImmediate',
  'setInterval',
  'setTimeout',
  'some',
  'subscribe',
  'then',
  'queueMicrotask',
]);

/** In a method without a hold: the node that may hold a lock all the same, in a way that cannot be read. */
export function unreadUse(method: Method, scope: LockScope): TSESTree.Node | undefined {
  const { body } = method.value;
  const decorator = lockDecoratorsOf(method).find(isLockDecorator);
  return decorator?.node ?? baseCall(body, method, scope) ?? unreadWhole(body, method, scope) ?? unreadInCallback(body, scope);
}

/** `super.start()` where the base is out of sight: it may hold its own lock. */
function baseCall(body: TSESTree.Node, method: Method, scope: LockScope): TSESTree.Node | undefined {
  if (!hasUnknownBase(scope)) return undefined;
  return firstCall(body, (call) => {
    const callee = unwrap(call.callee);
    if (callee.type !== 'MemberExpression' || callee.object.type !== 'Super') return false;
    const name = memberName(callee);
    return name === method.name || (name !== undefined && scope.lifecycle.has(name));
  });
}

/** A body that is one call of something unknown, which gets the work or does it. */
function unreadWhole(body: TSESTree.BlockStatement | TSESTree.Expression, method: Method, scope: LockScope): TSESTree.Node | undefined {
  const only = body.type === 'BlockStatement' ? soleWork(body, scope) : body;
  const call = only === undefined ? undefined : peel(only)?.call;
  if (call === undefined) return undefined;
  const own = thisMember(call.callee);
  if (own !== undefined && findMethod(scope, own) === undefined && hasUnknownBase(scope)) return call;
  const name = calleeName(call);
  if (name === undefined || NO_LOCKS.has(name)) return undefined;
  const callee = unwrap(call.callee);
  if (isDeclaredNoLock(callee.type === 'MemberExpression' && own === undefined ? callee.object : callee, scope)) return undefined;
  const isSameNamed = callee.type === 'MemberExpression' && thisMember(callee.object) !== undefined && name === method.name;
  const takesWork =
    (own === undefined || findMethod(scope, own) === undefined) && call.arguments.some((argument) => isFunction(unwrap(argument)));
  return isSameNamed || takesWork ? call : undefined;
}

function soleWork({ body }: TSESTree.BlockStatement, scope: LockScope): TSESTree.Expression | undefined {
  const work = body.filter((statement) => beforeLock(statement, scope).kind !== 'free');
  const [only] = work;
  if (work.length !== 1) return undefined;
  if (only?.type === 'ReturnStatement') return only.argument ?? undefined;
  return only?.type === 'ExpressionStatement' && unwrap(only.expression).type === 'AwaitExpression' ? only.expression : undefined;
}

/** A lock taken inside a callback that runs at once: an async IIFE, the executor of a promise, a memo. */
function unreadInCallback(body: TSESTree.Node, scope: LockScope): TSESTree.Node | undefined {
  if (!scope.mayLock) return undefined;
  return firstCall(body, (call) => {
    // Of what is made only a promise runs its callback at once.
    if (call.type === 'NewExpression' && calleeName(call) !== 'Promise') return false;
    if (NO_LOCKS.has(calleeName(call) ?? '') && calleeName(call) !== 'then') return false;
    return [call.callee, ...call.arguments].some((part) => {
      const inner = unwrap(part);
      return isFunction(inner) && takesLock(inner.body, scope);
    });
  });
}

function takesLock(body: TSESTree.Node, scope: LockScope): boolean {
  return (
    firstCall(
      body,
      (call) => call.type === 'CallExpression' && ['acquire', 'run', 'unread'].includes(lockUseOf(call, scope)?.kind ?? ''),
    ) !== undefined
  );
}

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

function firstCall(body: TSESTree.Node, test: (call: Call) => boolean): Call | undefined {
  let found: Call | undefined;
  someBelow(
    body,
    (node) => {
      if ((node.type === 'CallExpression' || node.type === 'NewExpression') && test(node)) found = node;
      return found !== undefined;
    },
    (node) => isFunction(node) || isClass(node),
  );
  return found;
}
