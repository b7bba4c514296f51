import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import { someBelow } from '../ast/some-below.ts';
import { unwrap } from '../ast/unwrap.ts';

/** Whether anything is done with what an await gives: it is more than a statement of its own, or what a function returns. */
export function usesResult(root: TSESTree.Node, wait: TSESTree.Node): boolean {
  return !someBelow(root, (node) => {
    if (node.type === 'ExpressionStatement') return unwrap(node.expression) === wait;
    if (node.type === 'ReturnStatement') return node.argument !== null && unwrap(node.argument) === wait;
    return isFunction(node) && unwrap(node.body) === wait;
  });
}
