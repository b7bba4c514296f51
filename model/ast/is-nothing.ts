import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from './unwrap.ts';

/** `null`, `undefined` or `void 0`. */
export function isNothing(node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  if (inner.type === 'UnaryExpression') return inner.operator === 'void' && inner.argument.type === 'Literal';
  return inner.type === 'Literal' ? inner.raw === 'null' : inner.type === 'Identifier' && inner.name === 'undefined';
}
