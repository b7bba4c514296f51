import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import { memberName } from '../ast/member-name.ts';
import { someBelow } from '../ast/some-below.ts';
import { unwrap } from '../ast/unwrap.ts';
import { isName } from '../ast/is-name.ts';

/**
 * Whether a catch clause keeps its error for a throw that comes later in the same function:
 * `failures.push(error)` or `failure ??= error`, and after it `throw failures[0]`, `throw new AggregateError(failures)` or `throw failure`.
 * `body` is the body of the function that the clause stands in.
 */
export function keepsError({ body: handler, param }: TSESTree.CatchClause, body: TSESTree.Node): boolean {
  const error = param?.type === 'Identifier' ? param.name : undefined;
  if (error === undefined) return false;
  const keepers = handler.body.flatMap((statement) => keeperIn(statement, error) ?? []);
  return keepers.some((keeper) => isThrownAfter(keeper, handler.range[1], body));
}

/** The name of the local that a statement puts the error into. */
function keeperIn(statement: TSESTree.Statement, error: string): string | undefined {
  if (statement.type !== 'ExpressionStatement') return undefined;
  const node = unwrap(statement.expression);
  if (node.type === 'AssignmentExpression') {
    return node.operator !== '&&=' && node.left.type === 'Identifier' && isName(node.right, error) ? node.left.name : undefined;
  }
  if (node.type !== 'CallExpression' || !node.arguments.some((argument) => isName(argument, error))) return undefined;
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression' || memberName(callee) !== 'push') return undefined;
  const list = unwrap(callee.object);
  return list.type === 'Identifier' ? list.name : undefined;
}

function isThrownAfter(keeper: string, offset: number, body: TSESTree.Node): boolean {
  const throws = (node: TSESTree.Node): boolean =>
    node.type === 'ThrowStatement' && node.range[0] >= offset && someBelow(node.argument, (below) => isName(below, keeper), isFunction);
  return someBelow(body, throws, (node) => node !== body && isFunction(node));
}
