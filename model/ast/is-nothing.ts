import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from './unwrap.ts';

/** `null` or `undefined`. */
export function isNothing(node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  return (inner.type === 'Literal' && inner.value === null) || (inner.type === 'Identifier' && inner.name === 'undefined');
}
