import type { TSESTree } from '@typescript-eslint/utils';
import { constantKey } from '../ast/constant-key.ts';
import { isLogging } from '../ast/is-logging.ts';
import { thisMember } from '../ast/this-member.ts';
import type { RestartFacts } from './restart-facts.ts';
import type { Method } from '../service.ts';
import type { Mark } from './marks.ts';
import type { Life } from './verdict.ts';

const FALSY = new Set(['false', 'null', 'undefined']);

/** A method that takes the flag back for whoever calls it, and does nothing that would end the work that hangs. */
export function clearedElsewhere({ world: { facts } }: Life, { field }: Mark): RestartFacts['gap'] {
  for (const method of facts.methods.values()) {
    const write = method.isPublic && !method.isStatic ? takesBack(method, field) : undefined;
    if (write !== undefined) return { kind: 'cleared', node: write };
  }
  return undefined;
}

function takesBack({ value: { body } }: Method, field: string): TSESTree.Node | undefined {
  const statements = body.type === 'BlockStatement' ? body.body : [];
  const assignments = statements.flatMap((statement) =>
    statement.type === 'ExpressionStatement' && statement.expression.type === 'AssignmentExpression' ? [statement.expression] : [],
  );
  const isNothingElse = statements.every(
    (statement) =>
      statement.type === 'ReturnStatement' ||
      (statement.type === 'ExpressionStatement' && (isLogging(statement.expression) || assignments.some((one) => one === statement.expression))),
  );
  if (!isNothingElse) return undefined;
  return assignments.find(({ left, right }) => thisMember(left) === field && FALSY.has(constantKey(right) ?? ''));
}
