import type { TSESTree } from '@typescript-eslint/utils';
import { thisMember } from '../model/ast/this-member.ts';
import { unwrap } from '../model/ast/unwrap.ts';
import type { ClassFacts } from '../model/service.ts';

/** Whether a value is sure to be no promise, as far as the class tells. `declared` are the statements that declare its locals. */
export function isPlainValue(node: TSESTree.Node, facts: ClassFacts, declared: readonly TSESTree.Statement[]): boolean {
  const inner = unwrap(node);
  const isPlain = (part: TSESTree.Node): boolean => isPlainValue(part, facts, declared);
  switch (inner.type) {
    case 'AwaitExpression':
    case 'BinaryExpression':
    case 'Literal':
    case 'UnaryExpression':
      return true;
    case 'LogicalExpression':
      return isPlain(inner.left) && isPlain(inner.right);
    case 'ConditionalExpression':
      return isPlain(inner.consequent) && isPlain(inner.alternate);
    case 'Identifier': {
      const init = constantOf(inner.name, declared);
      return init !== undefined && isPlain(init);
    }
    default: {
      const field = facts.fields.get(thisMember(inner) ?? '');
      return field?.typeAnnotation?.type === 'TSBooleanKeyword' || (field?.init?.type === 'Literal' && typeof field.init.value === 'boolean');
    }
  }
}

function constantOf(name: string, declared: readonly TSESTree.Statement[]): TSESTree.Expression | undefined {
  for (const statement of declared) {
    if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const') continue;
    const found = statement.declarations.find(({ id }) => id.type === 'Identifier' && id.name === name);
    if (found?.init != null) return found.init;
  }
  return undefined;
}
