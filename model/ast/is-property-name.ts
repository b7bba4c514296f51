import type { TSESTree } from '@typescript-eslint/utils';

/** `close` in `server.close` and `{ close: … }`. */
export function isPropertyName(node: TSESTree.Node, parent: TSESTree.Node | undefined): boolean {
  if (parent?.type === 'MemberExpression') return parent.property === node && !parent.computed;
  return parent?.type === 'Property' && parent.key === node && parent.value !== node && !parent.computed;
}
