import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { isHalfOf } from '../../model/locks/half-name.ts';
import type { ClassFacts, Drain, Method } from '../../model/service.ts';
import { asyncKeyword } from '../async-keyword.ts';
import type { Change } from '../outcome.ts';
import { returnsPromise } from '../returns-promise.ts';
import { functionsBetween } from './functions-between.ts';

/** Makes the functions that hand on a drain's promise async, so that a catch of theirs gets its timeout. Undefined where one cannot be. */
export function makeAsync({ methods }: ClassFacts, { node, method: name }: Drain): readonly Change[] | undefined {
  const method = methods.get(name);
  if (method === undefined) return undefined;
  const callback = functionsBetween(method, node).at(-1);
  const innermost = callback ?? method.value;
  if (innermost.async) return [];
  // Whatever the lock makes of an async method, it makes of both halves.
  const whole = [...methods.values()].find((one) => isHalfOf(name, one.name) && someBelow(one.value.body, (inner) => thisMember(inner) === name));
  const plain = [method, ...(whole === undefined ? [] : [whole])].filter(({ isAsync }) => !isAsync);
  if (!plain.every(canBeAsync)) return undefined;
  const inside = callback === undefined ? [] : [{ start: callback.range[0], end: callback.range[0], text: 'async ' }];
  return [...plain.map(asyncKeyword), ...inside];
}

/** `async` takes no other return type than a plain promise. */
function canBeAsync(method: Method): boolean {
  const declared = method.value.returnType?.typeAnnotation;
  if (!returnsPromise(method)) return false;
  return declared === undefined || (declared.type === 'TSTypeReference' && declared.typeName.type === 'Identifier' && declared.typeName.name === 'Promise');
}
