import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../ast/contains.ts';
import { isFunction } from '../ast/is-function.ts';
import { visit } from '../ast/visit.ts';
import type { Step } from '../flow/step.ts';
import { isLockDecorator, lockDecoratorsOf } from '../locks/lock-decorators.ts';
import { isSameLock } from '../locks/lock-of.ts';
import { chain, type LockScope, type MethodHolds } from '../locks/lock-scope.ts';
import { methodHolds } from '../locks/method-holds.ts';
import { methodOf } from '../flow/walk.ts';
import type { ClassFacts, Fact, LockFacts, Method, MethodValue } from '../service.ts';
import { placesOf } from './places-of.ts';

/** Whether a step of an entry is made under the lifecycle lock; `unknown` under another one, or where that cannot be read. */
export function heldFact(step: Step, entry: Method, scope: LockScope, lifecycle: LockFacts['lifecycle']): Fact {
  const methods = methodsAround(step, entry, scope.self);
  const places = placesOf(step);
  let answer: Fact = 'no';
  for (const [owner, method] of methods) {
    if (lockDecoratorsOf(method).some(isLockDecorator)) answer = 'unknown';
    for (const { holds, unread } of holdsAround(places, method, owner, scope)) {
      const around = holds.filter(({ held }) => held.some((node) => places.some((place) => contains(node, place))));
      if (around.some(({ lock, covers }) => lifecycle !== undefined && covers !== 'unknown' && isSameLock(lock, lifecycle))) return 'yes';
      if (around.length > 0 || unread !== undefined) answer = 'unknown';
    }
  }
  return answer;
}

function methodsAround({ frames }: Step, entry: Method, self: ClassFacts): readonly (readonly [ClassFacts, Method])[] {
  const names = frames.slice(1).flatMap(({ method }) => (method.startsWith('=>') ? [] : [method]));
  return [entry, ...names.flatMap((name) => methodOf(self, name) ?? [])].map((method) => [ownerOf(method, self), method]);
}

function ownerOf(method: Method, self: ClassFacts): ClassFacts {
  return chain(self).find(({ methods }) => methods.get(method.name) === method) ?? self;
}

/** What a method says about locks, and the functions in it that stand around one of the places. */
function holdsAround(places: readonly TSESTree.Node[], method: Method, owner: ClassFacts, scope: LockScope): readonly MethodHolds[] {
  const functions: MethodValue[] = [];
  visit(method.value.body, (node) => {
    if (isFunction(node) && node.type !== 'FunctionDeclaration' && places.some((place) => contains(node, place))) functions.push(node);
    return undefined;
  });
  return [method.value, ...functions].map((value) => methodHolds({ method: { ...method, value }, owner }, scope));
}
