import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from '../ast/member-name.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { Hold } from '../service.ts';
import { isFreeCallback } from './after-lock.ts';
import { findInBase, findMethod, type FoundMethod, type LockScope } from './lock-scope.ts';
import { lockUseOf } from './lock-use.ts';
import { methodHolds } from './method-holds.ts';
import { peel } from './peel.ts';
import type { Statements, Taking } from './taking.ts';
import { waitedPart, type WaitedPart } from './waited-part.ts';
import { workOf } from './work-of.ts';

/** `return lock.runExclusive(…)` in all its forms, and the call of a helper that holds the lock. */
export function runTaking(statements: Statements, index: number, scope: LockScope): Taking | undefined {
  const part = waitedPart(statements, index);
  return part === undefined ? undefined : runTakingIn(part, scope);
}

export function runTakingIn(part: WaitedPart, scope: LockScope): Taking | undefined {
  const peeled = peel(part.expression);
  if (peeled === undefined) return undefined;
  const { call, tails } = peeled;
  const isWaited = part.isWaited || peeled.isAwaited;
  const gapHere = gapOfPart({ ...part, isWaited }, call, tails);
  const use = lockUseOf(call, scope) ?? pipedUse(call, scope);
  if (use?.kind === 'run' && use.work !== undefined) {
    const { lock, isSure } = use;
    return { lock, form: 'callback', node: call, held: workOf(use.work, scope).nodes, isSure, gap: gapHere ?? use.gap, next: part.next };
  }
  return use === undefined ? forwardTaking(call, gapHere, part.next, scope) : undefined;
}

function gapOfPart(part: WaitedPart, call: TSESTree.Node, tails: readonly TSESTree.CallExpression[]): Hold['gap'] {
  if (!part.isWaited) return { kind: 'not-awaited', node: call };
  const work = tails.flatMap((tail) => tail.arguments).find((argument) => !isFreeCallback(argument));
  if (work !== undefined) return { kind: 'work-after', node: work };
  return part.isStored ? { kind: 'work-after', node: part.expression } : undefined;
}

/** Effect's `work.pipe(semaphore.withPermits(1))`. */
function pipedUse(call: TSESTree.CallExpression, scope: LockScope): ReturnType<typeof lockUseOf> {
  const callee = unwrap(call.callee);
  const last = call.arguments.at(-1);
  if (callee.type !== 'MemberExpression' || memberName(callee) !== 'pipe' || last?.type !== 'CallExpression') return undefined;
  const curried = { ...call, callee: last, arguments: [callee.object] } as TSESTree.CallExpression;
  const use = lockUseOf(curried, scope);
  return use === undefined ? undefined : { ...use, call };
}

function forwardTaking(call: TSESTree.CallExpression, gap: Hold['gap'], next: number, scope: LockScope): Taking | undefined {
  const found = calledMethod(call, scope);
  if (found === undefined) return undefined;
  const { holds } = methodHolds(found, scope);
  const main = holds.find(({ covers }) => covers === 'yes') ?? holds[0];
  if (main === undefined) return undefined;
  const isSure = main.covers === 'unknown' ? 'unknown' : 'yes';
  return {
    lock: main.lock,
    form: main.form,
    node: call,
    held: main.held,
    isSure,
    gap: gap ?? main.gap,
    next,
    forwarded: { to: found.method.name, holds },
  };
}

/** The method of the class, or of a base in the file, that `this.name(…)` or `super.name(…)` calls. */
export function calledMethod(call: TSESTree.CallExpression, scope: LockScope): FoundMethod | undefined {
  const callee = unwrap(call.callee);
  const own = thisMember(callee);
  if (own !== undefined) return findMethod(scope, own);
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Super') return undefined;
  const name = memberName(callee);
  return name === undefined ? undefined : findInBase(scope, name);
}
