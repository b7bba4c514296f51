import type { TSESTree } from '@typescript-eslint/utils';

/** `Promise<X>`, `PromiseLike<X>`, and a union with one of them. */
export function isPromiseType(type: TSESTree.TypeNode): boolean {
  if (type.type === 'TSUnionType') return type.types.some(isPromiseType);
  return type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && /^Promise(?:Like)?$/.test(type.typeName.name);
}
