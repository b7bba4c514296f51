import type { TSESTree } from '@typescript-eslint/utils';
import { constantKey } from '../../model/ast/constant-key.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { isLogging } from '../../model/ast/is-logging.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { visit } from '../../model/ast/visit.ts';
import { assignmentsIn } from './assignments-in.ts';

/** Whether a statement puts something new into a field. */
export function isMade(statement: TSESTree.Node, owner: string): boolean {
  return assignmentsIn(statement).some((one) => `this.${one.field}` === owner && constantKey(one.node.right) === undefined);
}

/** Whether a statement sets something, other than to a constant, or uses it while it runs. */
export function isTouched(statement: TSESTree.Node, owner: string): boolean {
  const isIdle = (node: TSESTree.Node): boolean => {
    if (node.type === 'AssignmentExpression') return constantKey(node.right) !== undefined;
    return isLogging(node);
  };
  const isMention = (node: TSESTree.Node): boolean => (node.type === 'Identifier' && node.name === owner) || (node.type === 'MemberExpression' && `this.${thisMember(node) ?? ''}` === owner);
  const look = (node: TSESTree.Node): boolean => someBelow(node, isMention, (below) => isIdle(below) || isFunction(below)) || executorsIn(node).some((body) => someBelow(body, isMention));
  return statement.type === 'IfStatement' ? [statement.consequent, statement.alternate].some((arm) => arm !== null && look(arm)) : look(statement);
}

/** What runs at once in `new Promise((resolve) => …)`. */
function executorsIn(node: TSESTree.Node): readonly TSESTree.Node[] {
  const bodies: TSESTree.Node[] = [];
  visit(node, (below) => {
    if (below.type === 'NewExpression') for (const argument of below.arguments) if (isFunction(argument)) bodies.push(argument.body);
    return isFunction(below) ? 'skip' : undefined;
  });
  return bodies;
}
