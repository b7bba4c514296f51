import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';

const CONTAINERS: ReadonlySet<string> = new Set(['AbortController', 'Map', 'Set', 'WeakMap', 'WeakSet']);

/** Whether to evaluate an expression does nothing but give a value: nobody could tell whether that is done earlier or later. Getters are not thought of. */
export function isInert(value: TSESTree.Node): boolean {
  return !someBelow(value, acts, isFunction);
}

function acts(node: TSESTree.Node): boolean {
  switch (node.type) {
    case 'CallExpression':
      return calleeName(node) !== 'bind' || node.callee.type !== 'MemberExpression';
    case 'NewExpression':
      return node.callee.type !== 'Identifier' || !CONTAINERS.has(node.callee.name);
    case 'AssignmentExpression':
    case 'AwaitExpression':
    case 'ImportExpression':
    case 'TaggedTemplateExpression':
    case 'UpdateExpression':
    case 'YieldExpression':
      return true;
    case 'UnaryExpression':
      return node.operator === 'delete';
    default:
      return node.type.startsWith('Class');
  }
}

/** A statement that does no more than set a field or declare a local, by an inert value. */
export function isInertStatement(statement: TSESTree.Statement): boolean {
  if (statement.type === 'FunctionDeclaration' || statement.type === 'EmptyStatement') return true;
  if (statement.type === 'VariableDeclaration') return statement.declarations.every(({ init }) => init === null || isInert(init));
  const set = statement.type === 'ExpressionStatement' ? statement.expression : undefined;
  return set?.type === 'AssignmentExpression' && set.operator === '=' && thisMember(set.left) !== undefined && isInert(set.right);
}
