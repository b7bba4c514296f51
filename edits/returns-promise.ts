import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../model/ast/callee-name.ts';
import { unwrap } from '../model/ast/unwrap.ts';
import type { Method } from '../model/service.ts';
import { returnedBy } from './returned-by.ts';
import { isPromiseType } from '../model/ast/is-promise-type.ts';

const PROMISE_METHODS = new Set(['all', 'allSettled', 'any', 'catch', 'finally', 'race', 'reject', 'resolve', 'then']);

/** Whether callers of a method have a promise to wait for already. */
export function returnsPromise({ value, isAsync }: Method): boolean {
  if (isAsync) return true;
  const declared = value.returnType?.typeAnnotation;
  if (declared !== undefined) return isPromiseType(declared);
  return returnedBy(value).some(isPromise);
}

function isPromise(node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  if (inner.type === 'NewExpression') return calleeName(inner) === 'Promise';
  if (inner.type === 'ImportExpression') return true;
  return inner.type === 'CallExpression' && inner.callee.type === 'MemberExpression' && PROMISE_METHODS.has(calleeName(inner) ?? '');
}
