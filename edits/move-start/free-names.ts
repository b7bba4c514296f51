import type { TSESTree } from '@typescript-eslint/utils';
import { boundNames } from '../../model/ast/bound-names.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { isClass } from '../../model/ast/is-class.ts';
import { contains } from '../../model/ast/contains.ts';
import { isPropertyName } from '../../model/ast/is-property-name.ts';
import { parentsOf } from '../../model/ast/parents.ts';
import { visit } from '../../model/ast/visit.ts';
import { bindingOf } from '../../model/names/binding-of.ts';

/** Every name that a function binds anywhere in it: parameters, variables, functions, classes. */
export function namesBoundIn(fn: TSESTree.Node): ReadonlySet<string> {
  const names = new Set<string>();
  visit(fn, (node) => {
    if (isFunction(node)) for (const param of node.params) for (const name of boundNames(param)) names.add(name);
    if ((isFunction(node) || isClass(node)) && node.id !== null) names.add(node.id.name);
    if (node.type === 'VariableDeclaration') for (const name of boundNames(node)) names.add(name);
    if (node.type === 'CatchClause') for (const name of boundNames(node.param)) names.add(name);
    return undefined;
  });
  return names;
}

/** The names that code takes from outside, with the function or block that declares each; undefined for a global. */
export function freeNames(root: TSESTree.Node, program: TSESTree.Program): ReadonlyMap<string, TSESTree.Node | undefined> {
  const parents = parentsOf(program);
  const names = new Map<string, TSESTree.Node | undefined>();
  visit(root, (node) => {
    if (node.type !== 'Identifier' || isPropertyName(node, parents.get(node))) return undefined;
    const scope = bindingOf(node.name, node, parents)?.scope;
    if (scope === undefined || !contains(root, scope)) names.set(node.name, scope);
    return undefined;
  });
  return names;
}

/** Whether code can stand in its own function only: `super.x`, `arguments`, `new.target`. */
export function isTiedToFunction(root: TSESTree.Node): boolean {
  let found = false;
  visit(root, (node) => {
    found ||= node.type === 'Super' || node.type === 'MetaProperty' || (node.type === 'Identifier' && node.name === 'arguments');
    return undefined;
  });
  return found;
}
