import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from './children.ts';

/** Calls `enter` for a node and everything below it; where that returns `'skip'`, what is below the node is left out. */
export function visit(node: TSESTree.Node, enter: (node: TSESTree.Node) => 'skip' | undefined): void {
  if (enter(node) === 'skip') return;
  for (const child of childNodes(node)) visit(child, enter);
}
