import type { TSESTree } from '@typescript-eslint/utils';

/** Whether one node is the other or stands in it. */
export function contains(outer: TSESTree.Node, inner: TSESTree.Node): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}
