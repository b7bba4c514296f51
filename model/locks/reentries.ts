import type { TSESTree } from '@typescript-eslint/utils';
import { thisMember } from '../ast/this-member.ts';
import type { Hold, Reentry } from '../service.ts';
import { isSameLock } from './lock-of.ts';
import { chain, type FoundMethod, type LockScope, scopeIn } from './lock-scope.ts';
import { lockUseOf } from './lock-use.ts';
import { methodHolds } from './method-holds.ts';
import { calledMethod } from './run-taking.ts';
import { waitedCalls } from './waited-calls.ts';

/** Calls under a hold that wait for something which takes the same lock again, in every method of the class. */
export function readReentries(scope: LockScope): readonly Reentry[] {
  if (!scope.mayLock) return [];
  const reentries: Reentry[] = [];
  for (const method of scope.facts.methods.values()) {
    if (method.isStatic) continue;
    const found: FoundMethod = { method, owner: scope.facts };
    const inner = scopeIn(scope, scope.facts, method.value);
    for (const hold of methodHolds(found, scope).holds) {
      if (hold.method !== method || hold.covers === 'unknown' || isReentrant(hold, inner)) continue;
      reentries.push(...reentriesUnder(hold, inner));
    }
  }
  return reentries;
}

function isReentrant({ node }: Hold, scope: LockScope): boolean {
  return node.type === 'CallExpression' && lockUseOf(node, scope)?.isReentrant === true;
}

function reentriesUnder(hold: Hold, scope: LockScope): readonly Reentry[] {
  const waitsForReturn = hold.form === 'callback' || hold.form === 'chain';
  return hold.held.flatMap((node) => {
    const bound = methodWithBody(node, scope);
    const isBound = bound !== undefined && bound.method !== hold.method;
    const inner = isBound ? scopeIn(scope, bound.owner, bound.method.value) : scope;
    const via = isBound ? [hold.method.name, bound.method.name] : [hold.method.name];
    return follow([node], inner, waitsForReturn, { hold, via, origin: undefined, seen: new Set() });
  });
}

interface Trail {
  readonly hold: Hold;
  readonly via: readonly string[];
  /** The call in the holding method from which the trail goes out. */
  readonly origin: TSESTree.Node | undefined;
  readonly seen: Set<TSESTree.Node>;
}

function follow(nodes: readonly TSESTree.Node[], scope: LockScope, waitsForReturn: boolean, trail: Trail): readonly Reentry[] {
  return waitedCalls(nodes, scope, waitsForReturn).flatMap((call): readonly Reentry[] => {
    const { hold, via } = trail;
    // Every call of the holding method is followed by itself; further on, what was seen once is enough.
    const seen = trail.origin === undefined ? new Set<TSESTree.Node>() : trail.seen;
    const node = trail.origin ?? call;
    if (call === hold.node) return [];
    const use = lockUseOf(call, scope);
    if ((use?.kind === 'run' || use?.kind === 'acquire') && use.isSure === 'yes' && isSameLock(use.lock, hold.lock)) {
      const delegate = thisMember(call.callee);
      return [{ hold, node, via: delegate === undefined ? via : [...via, delegate] }];
    }
    const found = calledMethod(call, scope);
    if (found === undefined || seen.has(found.method.value)) return [];
    seen.add(found.method.value);
    const next = { ...trail, seen, origin: node, via: [...via, found.method.name] };
    if (methodHolds(found, scope).holds.some((other) => takes(other, hold))) return [{ hold, node, via: next.via }];
    return follow([found.method.value.body], scopeIn(scope, found.owner, found.method.value), true, next);
  });
}

function takes(other: Hold, { lock }: Hold): boolean {
  return other.covers !== 'unknown' && other.gap?.kind !== 'not-awaited' && isSameLock(other.lock, lock);
}

/** The method that a callback was bound from: its body is what the lock holds. */
export function methodWithBody(body: TSESTree.Node, scope: LockScope): FoundMethod | undefined {
  for (const owner of chain(scope.self)) {
    for (const method of owner.methods.values()) if (method.value.body === body) return { method, owner };
  }
  return undefined;
}
