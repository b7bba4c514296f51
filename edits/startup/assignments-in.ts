import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../model/ast/is-function.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { visit } from '../../model/ast/visit.ts';

/** `this.server = …` */
export interface Assignment {
  readonly field: string;
  readonly node: TSESTree.AssignmentExpression;
}

/** The fields that a function writes while it runs, in the order of the text. */
export function assignmentsIn(fn: TSESTree.Node): readonly Assignment[] {
  const found: Assignment[] = [];
  visit(fn, (node) => {
    const field = node.type === 'AssignmentExpression' ? thisMember(node.left) : undefined;
    if (field !== undefined && node.type === 'AssignmentExpression') found.push({ field, node });
    return node !== fn && isFunction(node) ? 'skip' : undefined;
  });
  return found;
}
