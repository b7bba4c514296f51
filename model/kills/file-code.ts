import type { TSESTree } from '@typescript-eslint/utils';
import { isClass } from '../ast/is-class.ts';
import { isFunction } from '../ast/is-function.ts';
import { visit } from '../ast/visit.ts';
import { around, type Parents, parentsOf } from '../ast/parents.ts';
import type { ClassNode, FunctionNode } from '../service.ts';
import { type Names, readNames } from '../names/read-names.ts';

/** A file looked at from below: what stands round a node, and what a name means there. */
export interface FileCode {
  readonly program: TSESTree.Program;
  readonly parents: Parents;
  readonly names: Names;
  /** All nodes, in the order in which the parser lists them. */
  readonly nodes: readonly TSESTree.Node[];
}

export function readFileCode(program: TSESTree.Program): FileCode {
  const parents = parentsOf(program);
  const nodes: TSESTree.Node[] = [];
  visit(program, (node) => {
    nodes.push(node);
    return undefined;
  });
  return { program, parents, names: readNames(parents), nodes };
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
