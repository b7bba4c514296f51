import type { TSESTree } from '@typescript-eslint/utils';
import { isClass } from '../ast/is-class.ts';
import { isFunction } from '../ast/is-function.ts';
import { classesOf } from '../read-classes.ts';
import type { FunctionNode } from '../service.ts';
import type { SignalFile } from '../signals/signal-file.ts';

/** The class, or else the outermost function with a name, that a node stands in; `(module)` where there is none. */
export function ownerName(node: TSESTree.Node, { program, parents }: SignalFile): string {
  let name = '(module)';
  for (let at: TSESTree.Node | undefined = node; at !== undefined; at = parents.get(at)) {
    if (isClass(at)) return classesOf(program).find((facts) => facts.node === at)?.name ?? '(anonymous class)';
    if (isFunction(at)) name = functionName(at, parents.get(at)) ?? name;
  }
  return name;
}

/** The name that a function has by itself, or by the variable or property that it is written into. */
export function functionName(fn: FunctionNode, parent: TSESTree.Node | undefined): string | undefined {
  if (fn.type !== 'ArrowFunctionExpression' && fn.id !== null) return fn.id.name;
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id.name;
  return parent?.type === 'Property' && parent.key.type === 'Identifier' && !parent.computed ? parent.key.name : undefined;
}
