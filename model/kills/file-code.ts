import type { TSESTree } from '@typescript-eslint/utils';
import { isClass } from '../ast/is-class.ts';
import { isFunction } from '../ast/is-function.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import { type Parents, parentsBelow } from '../ast/parents.ts';
import type { ClassNode, FunctionNode } from '../service.ts';
import { type Names, readNames } from './names.ts';

/** A file looked at from below: what stands round a node, and what a name means there. */
export interface FileCode {
  readonly program: TSESTree.Program;
  readonly parents: Parents;
  readonly names: Names;
  /** All nodes, in the order in which the parser lists them. */
  readonly nodes: readonly TSESTree.Node[];
}

export function readFileCode(program: TSESTree.Program): FileCode {
  const parents = parentsBelow(program);
  const nodes: TSESTree.Node[] = [];
  visit(program, (node) => {
    nodes.push(node);
    return undefined;
  });
  return { program, parents, names: readNames(program, parents), nodes };
}

/** The nodes around one, innermost first. */
export function* around(node: TSESTree.Node, { parents }: FileCode): Generator<TSESTree.Node> {
  for (let at = parents.get(node); at !== undefined; at = parents.get(at)) yield at;
}

export function functionAround(node: TSESTree.Node, code: FileCode): FunctionNode | undefined {
  for (const at of around(node, code)) if (isFunction(at)) return at;
  return undefined;
}

/** The functions around a node, innermost first. */
export function functionsAround(node: TSESTree.Node, code: FileCode): FunctionNode[] {
  return Array.from(around(node, code)).filter(isFunction);
}

/** The class that `this` means at a node. */
export function classOfThis(node: TSESTree.Node, code: FileCode): ClassNode | undefined {
  let isBound = true;
  for (const at of around(node, code)) {
    if (isClass(at)) return isBound ? at : undefined;
    if (!isFunction(at) || at.type === 'ArrowFunctionExpression') continue;
    const parent = code.parents.get(at);
    if (parent?.type !== 'MethodDefinition' && parent?.type !== 'PropertyDefinition') isBound = false;
  }
  return undefined;
}

/** The expression with the parentheses, assertions and optional chains around it. */
export function outer(node: TSESTree.Node, { parents }: FileCode): TSESTree.Node {
  let at = node;
  for (;;) {
    const parent = parents.get(at);
    if (parent === undefined || unwrap(parent) === parent || unwrap(parent) !== unwrap(at)) return at;
    at = parent;
  }
}
