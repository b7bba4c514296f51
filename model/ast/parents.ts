import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from './children.ts';
import { isFunction } from './is-function.ts';
import type { FunctionNode } from '../service.ts';
import { unwrap } from './unwrap.ts';

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

const ofPrograms = new WeakMap<TSESTree.Program, Parents>();

/** The same for a whole file; read once for each program. */
export function parentsOf(program: TSESTree.Program): Parents {
  let parents = ofPrograms.get(program);
  if (parents === undefined) {
    parents = parentsBelow(program);
    ofPrograms.set(program, parents);
  }
  return parents;
}

/** Code in which it is known what a node stands in. */
interface Code {
  readonly parents: Parents;
}

/** The nodes around one, innermost first, as far as the code goes. */
export function* around(node: TSESTree.Node, { parents }: Code): Generator<TSESTree.Node> {
  for (let at = parents.get(node); at !== undefined; at = parents.get(at)) yield at;
}

/** The innermost function around a node. */
export function functionAround(node: TSESTree.Node, code: Code): FunctionNode | undefined {
  for (const at of around(node, code)) if (isFunction(at)) return at;
  return undefined;
}

/** An expression with the parentheses, assertions and optional chains around it: the other way round than `unwrap`. */
export function outermost(node: TSESTree.Node, { parents }: Code): TSESTree.Node {
  let at = node;
  for (;;) {
    const parent = parents.get(at);
    if (parent === undefined || unwrap(parent) === parent || unwrap(parent) !== unwrap(at)) return at;
    at = parent;
  }
}
