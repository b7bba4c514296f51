import type { TSESTree } from '@typescript-eslint/utils';

/** `await …`, and `for await (…)`. */
export function isAwait(node: TSESTree.Node): boolean {
  return node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await);
}
