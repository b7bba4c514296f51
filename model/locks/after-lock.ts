import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import { unwrap } from '../ast/unwrap.ts';
import { isLogging } from '../ast/is-logging.ts';
import { isPure } from './is-pure.ts';

/** Whether a statement after the lock was released is no work: it logs, rethrows or hands out a result. */
export function isFreeAfterLock(statement: TSESTree.Statement): boolean {
  switch (statement.type) {
    case 'BlockStatement':
      return statement.body.every(isFreeAfterLock);
    case 'EmptyStatement':
    case 'FunctionDeclaration':
    case 'ThrowStatement':
      return true;
    case 'ExpressionStatement':
      return isLogging(statement.expression);
    case 'IfStatement':
      return (
        isPure(statement.test) &&
        isFreeAfterLock(statement.consequent) &&
        (statement.alternate == null || isFreeAfterLock(statement.alternate))
      );
    case 'ReturnStatement':
      return statement.argument == null || isPure(statement.argument);
    case 'VariableDeclaration':
      return statement.declarations.every(({ init }) => init == null || isPure(init));
    default:
      return false;
  }
}

/** Whether a callback of `.then`, `.catch` or `.finally` is no work. */
export function isFreeCallback(node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  if (!isFunction(inner)) return inner.type === 'Identifier' || inner.type === 'Literal';
  return inner.body.type === 'BlockStatement' ? isFreeAfterLock(inner.body) : isLogging(inner.body) || isPure(inner.body);
}
