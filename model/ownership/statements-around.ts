import type { TSESTree } from '@typescript-eslint/utils';
import type { Parents } from '../ast/parents.ts';

/** The statements of the block or module that a statement stands in directly. */
export function statementsAround(statement: TSESTree.Node, parents: Parents): readonly TSESTree.Node[] {
  const block = parents.get(statement);
  return block?.type === 'BlockStatement' || block?.type === 'Program' ? block.body : [];
}
