import type { TSESTree } from '@typescript-eslint/utils';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import type { ClassFacts } from '../../model/service.ts';

/**
 * Whether TypeScript reads an expression the same in a function of its own, where it forgets which fields have been tested: a field is
 * only handed on, not looked into.
 */
export function canBeDeferred(node: TSESTree.Node, { methods }: ClassFacts): boolean {
  return !someBelow(node, (inner) => {
    if (inner.type !== 'MemberExpression' || inner.optional) return false;
    const looksInto = thisMember(inner.object);
    return looksInto !== undefined && !methods.has(looksInto);
  });
}
