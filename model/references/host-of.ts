import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../ast/contains.ts';
import { isClass } from '../ast/is-class.ts';
import { isFunction } from '../ast/is-function.ts';
import { keyName } from '../ast/key-name.ts';
import { parentsOf } from '../ast/parents.ts';
import { functionName } from '../ownership/owner-name.ts';
import type { FunctionNode } from '../service.ts';

/** The code that an expression runs with: the body of a function, a module, or what runs while something else is set up. */
export interface Host {
  readonly kind: 'class' | 'constructor' | 'function' | 'module' | 'parameter';
  /** As in messages: `main()`, `Bus.open()`, `the constructor of Bus`, `a field of Bus`, `a function`. */
  readonly name: string;
  /** The function, where it is the body of one. */
  readonly fn: FunctionNode | undefined;
}

/** Where an expression runs; each function by itself, also one that is written inside another. */
export function hostOf(node: TSESTree.Node, program: TSESTree.Program): Host {
  const parents = parentsOf(program);
  for (let at = node, parent = parents.get(node); parent !== undefined; at = parent, parent = parents.get(parent)) {
    if (isFunction(parent)) {
      const isConstructor = memberOf(parent, parents.get(parent)) === 'constructor';
      const name = nameOf(parent, program);
      if (at !== parent.body) return { kind: 'parameter', name: `a parameter of ${name}`, fn: undefined };
      return { kind: isConstructor ? 'constructor' : 'function', name, fn: parent };
    }
    if (parent.type === 'PropertyDefinition' || parent.type === 'AccessorProperty' || parent.type === 'StaticBlock') {
      return { kind: 'class', name: `${parent.type === 'StaticBlock' ? 'a static block' : 'a field'} of ${className(parent, program)}`, fn: undefined };
    }
    // A decorator, a computed key, or what is extended: they run where the class is declared, but nothing can be put after them.
    if (isClass(parent) || parent.type === 'MethodDefinition') return { kind: 'class', name: 'the head of a class', fn: undefined };
  }
  return { kind: 'module', name: 'the module', fn: undefined };
}

function memberOf(fn: FunctionNode, parent: TSESTree.Node | undefined): string | undefined {
  if (parent?.type === 'MethodDefinition' && parent.kind === 'constructor') return 'constructor';
  const isMember = parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition';
  return isMember && parent.value !== null && contains(parent.value, fn) ? keyName(parent) : undefined;
}

function nameOf(fn: FunctionNode, program: TSESTree.Program): string {
  const parent = parentsOf(program).get(fn);
  const member = memberOf(fn, parent);
  if (member === 'constructor') return `the constructor of ${className(fn, program)}`;
  if (member !== undefined) return `${className(fn, program)}.${member}()`;
  const own = functionName(fn, parent);
  return own === undefined ? 'a function without a name' : `${own}()`;
}

function className(node: TSESTree.Node, program: TSESTree.Program): string {
  const parents = parentsOf(program);
  let at: TSESTree.Node | undefined = node;
  while (at !== undefined && !isClass(at)) at = parents.get(at);
  return at?.id?.name ?? 'an anonymous class';
}
