import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../model/ast/is-function.ts';
import { visit } from '../model/ast/visit.ts';

/** The return statements of the function that the nodes belong to. */
export function returnsIn(nodes: readonly TSESTree.Node[]): readonly TSESTree.ReturnStatement[] {
  const found: TSESTree.ReturnStatement[] = [];
  for (const root of nodes) {
    visit(root, (node) => {
      if (isFunction(node)) return 'skip';
      if (node.type === 'ReturnStatement') found.push(node);
      return undefined;
    });
  }
  return found;
}
