import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../model/ast/is-function.ts';
import { someBelow } from '../model/ast/some-below.ts';
import { thisMember } from '../model/ast/this-member.ts';
import { unwrap } from '../model/ast/unwrap.ts';
import type { ClassNode } from '../model/service.ts';

/** The fields before the first method, functions in fields among the methods. */
export function leadingFields(node: ClassNode): readonly TSESTree.ClassElement[] {
  const { body } = node.body;
  const end = body.findIndex((member) => {
    if (member.type === 'MethodDefinition') return true;
    return member.type === 'PropertyDefinition' && member.value != null && isFunction(unwrap(member.value));
  });
  const leading = end === -1 ? body : body.slice(0, end);
  const lastField = leading.findLastIndex(({ type }) => type === 'PropertyDefinition');
  return leading.slice(0, lastField + 1);
}

/** The assignments to fields with which the constructor begins. */
export function constructorFields(node: ClassNode): readonly TSESTree.ExpressionStatement[] {
  const constructorNode = node.body.body.find((member) => member.type === 'MethodDefinition' && member.kind === 'constructor');
  if (constructorNode?.type !== 'MethodDefinition') return [];
  const fields: TSESTree.ExpressionStatement[] = [];
  for (const statement of constructorNode.value.body?.body ?? []) {
    if (assignedField(statement) !== undefined && statement.type === 'ExpressionStatement') fields.push(statement);
    else if (fields.length > 0) break;
  }
  return fields;
}

/** The field that a statement sets and does nothing else: what calls a method of the object may already need the lock. */
export function assignedField(statement: TSESTree.Node): string | undefined {
  if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AssignmentExpression') return undefined;
  const { left, right } = statement.expression;
  return someBelow(right, ({ type }) => type === 'ThisExpression') ? undefined : thisMember(left);
}
