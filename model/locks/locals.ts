import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import { keyName } from '../ast/key-name.ts';
import { visit } from '../ast/visit.ts';
import type { FunctionNode } from '../service.ts';

/** What a name inside a method stands for: `init`, and in it the properties that a pattern takes it from. */
export interface Local {
  readonly node: TSESTree.Node;
  readonly init: TSESTree.Expression | undefined;
  readonly path: readonly string[];
  readonly isParameter: boolean;
}

export type Locals = ReadonlyMap<string, Local>;

const cache = new WeakMap<FunctionNode, Locals>();

/** The names declared in a function, inner functions included; of one declared twice only that it is local is known. */
export function localsOf(value: FunctionNode): Locals {
  const known = cache.get(value);
  if (known !== undefined) return known;
  const locals = new Map<string, Local>();
  visit(value, (node) => {
    if (isFunction(node)) {
      if (node.type === 'FunctionDeclaration' && node.id !== null && node !== value)
        add(locals, node.id.name, { node, init: undefined, path: [], isParameter: false });
      for (const param of node.params) addPattern(locals, param, undefined, [], true);
    } else if (node.type === 'VariableDeclarator') {
      addPattern(locals, node.id, node.init ?? undefined, [], false);
    } else if (node.type === 'CatchClause' && node.param !== null) {
      addPattern(locals, node.param, undefined, [], true);
    }
    return undefined;
  });
  cache.set(value, locals);
  return locals;
}

function add(locals: Map<string, Local>, name: string, local: Local): void {
  const known = locals.get(name);
  locals.set(name, known === undefined ? local : { ...known, init: undefined, isParameter: known.isParameter || local.isParameter });
}

function addPattern(
  locals: Map<string, Local>,
  target: TSESTree.Node,
  init: TSESTree.Expression | undefined,
  path: readonly string[],
  isParameter: boolean,
): void {
  if (target.type === 'Identifier') add(locals, target.name, { node: target, init, path, isParameter });
  else if (target.type === 'AssignmentPattern') addPattern(locals, target.left, init, path, isParameter);
  else if (target.type === 'RestElement') addPattern(locals, target.argument, undefined, path, isParameter);
  else if (target.type === 'TSParameterProperty') addPattern(locals, target.parameter, init, path, isParameter);
  else if (target.type === 'ArrayPattern') {
    for (const element of target.elements) if (element !== null) addPattern(locals, element, undefined, path, isParameter);
  } else if (target.type === 'ObjectPattern') {
    for (const property of target.properties) {
      const name = property.type === 'Property' ? keyName(property) : undefined;
      const inner = property.type === 'Property' ? property.value : property.argument;
      addPattern(locals, inner, name === undefined ? undefined : init, name === undefined ? path : [...path, name], isParameter);
    }
  }
}
