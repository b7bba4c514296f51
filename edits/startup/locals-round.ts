import type { TSESTree } from '@typescript-eslint/utils';
import { boundNames } from '../../model/ast/bound-names.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { keyName } from '../../model/ast/key-name.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { visit } from '../../model/ast/visit.ts';

/** What a local stands for: the field that it was read from once, or a part of it (`rest`), or something that only its function has. */
export type Local = { readonly field: string; readonly rest: string } | 'own';

/** The names that the functions on a path declare. */
export function localsRound(path: readonly TSESTree.Node[]): ReadonlyMap<string, Local> {
  const locals = new Map<string, Local>();
  for (const fn of path.filter(isFunction)) {
    for (const param of fn.params) for (const name of boundNames(param)) locals.set(name, 'own');
    visit(fn.body, (node) => {
      if (node.type === 'VariableDeclaration') for (const one of node.declarations) for (const [name, local] of declared(one, node.kind)) locals.set(name, local);
      else if (node.type === 'CatchClause' && node.param !== null) for (const name of boundNames(node.param)) locals.set(name, 'own');
      else if ((node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') && node.id !== null) locals.set(node.id.name, 'own');
      return isFunction(node) && !path.includes(node) ? 'skip' : undefined;
    });
  }
  return locals;
}

function declared({ id, init }: TSESTree.VariableDeclarator, kind: string): readonly (readonly [string, Local])[] {
  if (id.type === 'Identifier') return [[id.name, init === null || kind !== 'const' ? 'own' : chainOf(init)]];
  const isOfThis = id.type === 'ObjectPattern' && init?.type === 'ThisExpression' && kind === 'const';
  if (!isOfThis) return boundNames(id).map((name) => [name, 'own'] as const);
  return id.properties.flatMap((property) => {
    const key = property.type === 'Property' ? keyName(property) : undefined;
    const isPlain = property.type === 'Property' && property.value.type === 'Identifier' && key !== undefined;
    return boundNames(property).map((name) => [name, isPlain ? { field: key, rest: '' } : 'own'] as const);
  });
}

/** `this.components.registrar` */
function chainOf(init: TSESTree.Node): Local {
  const node = unwrap(init);
  const field = thisMember(node);
  if (field !== undefined) return { field, rest: '' };
  if (node.type !== 'MemberExpression' || node.computed || node.optional || node.property.type !== 'Identifier') return 'own';
  const object = chainOf(node.object);
  return object === 'own' ? 'own' : { field: object.field, rest: `${object.rest}.${node.property.name}` };
}
