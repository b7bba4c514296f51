import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from './children.ts';
import { isFunction } from './is-function.ts';
import type { FunctionNode } from '../service.ts';

export type Parents = ReadonlyMap<TSESTree.Node, TSESTree.Node>;

/** What each node below one stands in. */
export function parentsBelow(root: TSESTree.Node): Parents {
  const parents = new Map<TSESTree.Node, TSESTree.Node>();
  const read = (node: TSESTree.Node): void => {
    for (const child of childNodes(node)) {
      parents.set(child, node);
      read(child);
    }
  };
  read(root);
  return parents;
}

export function functionOf(node: TSESTree.Node, parents: Parents): FunctionNode | undefined {
  for (let at = parents.get(node); at !== undefined; at = parents.get(at)) if (isFunction(at)) return at;
  return undefined;
}
