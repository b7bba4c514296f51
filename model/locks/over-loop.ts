import type { TSESTree } from '@typescript-eslint/utils';
import { isClass } from '../ast/is-class.ts';
import { isFunction } from '../ast/is-function.ts';
import { memberName } from '../ast/member-name.ts';
import { someBelow } from '../ast/some-below.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { Hold, Method } from '../service.ts';
import { type LockScope, scopeIn } from './lock-scope.ts';
import { mayBePromise } from './may-be-promise.ts';
import { methodWithBody } from './reentries.ts';
import { calledMethod } from './run-taking.ts';
import { waitedCalls } from './waited-calls.ts';

/** Whether a hold in start lasts over the loop of an in-place runner. */
export function holdsLoop(hold: Hold, scope: LockScope): boolean {
  // What covers all of a start that runs in place covers its loop, wherever that is written.
  return hold.covers === 'yes' || hold.held.some((node) => hasLoop(node, scopeOf(node, hold.method, scope), new Set()));
}

/** A loop that awaits and is not bounded by what it iterates over, also in a helper that is waited for. */
function hasLoop(node: TSESTree.Node, scope: LockScope, seen: Set<TSESTree.Node>): boolean {
  if (seen.has(node)) return false;
  seen.add(node);
  if (someBelow(node, isLoop, (inner) => isFunction(inner) || isClass(inner))) return true;
  return waitedCalls([node], scope, true).some((call) => {
    const found = calledMethod(call, scope);
    return found !== undefined && hasLoop(found.method.value.body, scopeIn(scope, found.owner, found.method.value), seen);
  });
}

function isLoop(node: TSESTree.Node): boolean {
  if (node.type === 'ForOfStatement') return node.await;
  const isEndless = node.type === 'WhileStatement' || node.type === 'DoWhileStatement' || (node.type === 'ForStatement' && !isCounted(node));
  return isEndless && someBelow(node.body, ({ type }) => type === 'AwaitExpression' || type === 'YieldExpression', isFunction);
}

/** `for (let turn = 1; !signal.aborted; turn++)` counts, and is ended by something else. */
function isCounted({ init, test, update }: TSESTree.ForStatement): boolean {
  if (update === null || test === null) return update !== null;
  const names = init?.type === 'VariableDeclaration' ? init.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : [])) : [];
  return names.length === 0 || someBelow(test, (node) => node.type === 'Identifier' && names.includes(node.name));
}

/** `runExclusive(async () => { …; return this.#done; })`: the callback's promise follows `#done`, so the lock is held until then. */
export function returnsDonePromise(hold: Hold, scope: LockScope): boolean {
  if (hold.form !== 'callback' && hold.form !== 'chain') return false;
  return hold.held.some((node) => {
    const inner = scopeOf(node, hold.method, scope);
    if (!node.type.endsWith('Statement')) return isDone(node, inner);
    return someBelow(node, (part) => part.type === 'ReturnStatement' && part.argument !== null && isDone(part.argument, inner), isFunction);
  });
}

function isDone(node: TSESTree.Node, scope: LockScope): boolean {
  const inner = unwrap(node);
  if (inner.type === 'ConditionalExpression') return isDone(inner.consequent, scope) || isDone(inner.alternate, scope);
  if (inner.type === 'LogicalExpression') return isDone(inner.left, scope) || isDone(inner.right, scope);
  if (inner.type === 'AwaitExpression') return isDone(inner.argument, scope);
  const local = inner.type === 'Identifier' ? scope.locals.get(inner.name)?.init : undefined;
  const field = local ?? inner;
  const name = thisMember(field);
  return name !== undefined && mayBePromise(field, scope) === 'yes' && isSettledByHand(name, scope);
}

/** Whoever settles a promise by hand may need the lock for it; the promise of the loop itself only makes the lock last a drain longer. */
function isSettledByHand(field: string, { self }: LockScope): boolean {
  return [...self.methods.values()].some(({ value }) =>
    someBelow(value.body, (node) => {
      if (node.type !== 'AssignmentExpression' || thisMember(node.left) !== field) return false;
      const right = unwrap(node.right);
      return right.type === 'NewExpression' || (right.type === 'MemberExpression' && memberName(right) === 'promise');
    }),
  );
}

function scopeOf(node: TSESTree.Node, method: Method, scope: LockScope): LockScope {
  const bound = methodWithBody(node, scope);
  return bound === undefined ? scopeIn(scope, scope.facts, method.value) : scopeIn(scope, bound.owner, bound.method.value);
}
