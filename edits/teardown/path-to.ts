import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from '../../model/ast/children.ts';
import { contains } from '../../model/ast/contains.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import type { FunctionNode } from '../../model/service.ts';

/** The nodes from one down to another below it, both included; empty where the other is elsewhere. */
export function pathTo(root: TSESTree.Node, target: TSESTree.Node): readonly TSESTree.Node[] {
  const path: TSESTree.Node[] = [];
  for (let node: TSESTree.Node | undefined = root; node !== undefined; node = childNodes(node).find((child) => contains(child, target))) {
    path.push(node);
    if (node === target) return path;
  }
  return [];
}

/** The innermost function on a path above its last node. */
export function functionOn(path: readonly TSESTree.Node[]): FunctionNode | undefined {
  return path.slice(0, -1).findLast((node): node is FunctionNode => isFunction(node));
}
