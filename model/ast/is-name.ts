import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from './unwrap.ts';

/** Whether an expression is that variable, with the assertions and chains around it. */
export function isName(node: TSESTree.Node, name: string): boolean {
  const inner = unwrap(node);
  return inner.type === 'Identifier' && inner.name === name;
}
