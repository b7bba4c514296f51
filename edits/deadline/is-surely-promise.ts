import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import type { ClassFacts } from '../../model/service.ts';

const STATICS = new Set(['all', 'allSettled', 'any', 'race', 'reject', 'resolve']);

/** Whether TypeScript takes an expression for a promise, and never for `undefined` or a plain value, as far as one file tells. */
export function isSurelyPromise(node: TSESTree.Node, facts: ClassFacts): boolean {
  if (node.type === 'NewExpression') return node.callee.type === 'Identifier' && node.callee.name === 'Promise';
  if (node.type === 'MemberExpression') {
    const field = facts.fields.get(thisMember(node) ?? '');
    const isOptional = field !== undefined && 'optional' in field.node && field.node.optional;
    return node.object.type === 'ThisExpression' && !isOptional && isPromiseType(field?.typeAnnotation);
  }
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  const { object } = node.callee;
  const name = calleeName(node) ?? '';
  if (object.type === 'Identifier' && object.name === 'Promise') return STATICS.has(name);
  if (object.type === 'ThisExpression') {
    const method = facts.methods.get(name);
    return method !== undefined && !method.isGenerator && (method.isAsync || isPromiseType(method.value.returnType?.typeAnnotation));
  }
  return ['catch', 'finally', 'then'].includes(name) && isSurelyPromise(object, facts);
}

/** `Promise<void>`, and never nothing. */
export function isPromiseType(type: TSESTree.TypeNode | undefined): boolean {
  return type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && type.typeName.name === 'Promise';
}
