import type { TSESTree } from '@typescript-eslint/utils';
import { rebindsThis } from '../ast/rebinds-this.ts';
import { soleReturn } from '../ast/sole-return.ts';
import { thisMember } from '../ast/this-member.ts';
import { visit } from '../ast/visit.ts';
import { findGetter, findMethod, type LockScope } from './lock-scope.ts';

/** The names after `this` in an expression, also through an alias: `running` for `const was = this.running; … was`. */
export function fieldsIn(node: TSESTree.Node, scope: LockScope): ReadonlySet<string> {
  const names = new Set<string>();
  visit(node, (inner) => {
    if (rebindsThis(inner)) return 'skip';
    const own = inner.type === 'MemberExpression' ? thisMember(inner) : undefined;
    if (own !== undefined) names.add(own);
    const alias = inner.type === 'Identifier' ? scope.locals.get(inner.name) : undefined;
    if (alias?.init !== undefined && alias.init !== node) {
      const [first] = alias.path;
      if (alias.init.type === 'ThisExpression' && first !== undefined) names.add(first);
      else if (thisMember(alias.init) !== undefined) names.add(thisMember(alias.init) ?? '');
    }
    return undefined;
  });
  return names;
}

/** The fields behind a name: itself, and what a getter or a one-line method of that name returns. */
export function fieldsBehind(name: string, scope: LockScope): ReadonlySet<string> {
  const value = findGetter(scope, name) ?? findMethod(scope, name)?.method.value;
  const returned = value === undefined ? undefined : soleReturn(value);
  return new Set([name, ...(returned === undefined ? [] : fieldsIn(returned, { ...scope, locals: new Map() }))]);
}
