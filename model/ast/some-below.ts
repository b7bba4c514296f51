import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from './children.ts';

/** Whether `test` holds for a node or anything below it; what is below a node for which `skip` holds is not looked at. */
export function someBelow(
  node: TSESTree.Node,
  test: (node: TSESTree.Node) => boolean,
  skip: (node: TSESTree.Node) => boolean = () => false,
): boolean {
  if (test(node)) return true;
  return !skip(node) && childNodes(node).some((child) => someBelow(child, test, skip));
}
