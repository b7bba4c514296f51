import type { TSESTree } from '@typescript-eslint/utils';
import { thisMember } from '../../model/ast/this-member.ts';
import { visit } from '../../model/ast/visit.ts';

/** The members of the object that an expression names: `server` for `this.server.listening`. */
export function rootsIn(node: TSESTree.Node): readonly string[] {
  const roots = new Set<string>();
  visit(node, (below) => {
    const name = below.type === 'MemberExpression' ? thisMember(below) : undefined;
    if (name !== undefined) roots.add(name);
    return undefined;
  });
  return [...roots];
}
