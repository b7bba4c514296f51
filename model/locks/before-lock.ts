import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { someBelow } from '../ast/some-below.ts';
import { thisRoot } from '../ast/this-root.ts';
import { unwrap } from '../ast/unwrap.ts';
import { fieldsIn } from './fields-in.ts';
import { isLogging } from '../ast/is-logging.ts';
import { isPure } from './is-pure.ts';
import { kindOfValue } from './lock-kind.ts';
import type { LockScope } from './lock-scope.ts';

/** `free` may stand before the lock; a test of `fields` may if they are tested again under it; anything else is work. */
export type Before = { readonly kind: 'check'; readonly fields: ReadonlySet<string> } | { readonly kind: 'free' | 'work' };

const FREE: Before = { kind: 'free' };
const WORK: Before = { kind: 'work' };

export function beforeLock(statement: TSESTree.Statement, scope: LockScope): Before {
  switch (statement.type) {
    case 'ClassDeclaration':
    case 'EmptyStatement':
    case 'FunctionDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return FREE;
    case 'VariableDeclaration':
      return statement.declarations.every(({ init }) => init == null || isPure(init) || kindOfValue(init, scope)?.isLock === 'yes')
        ? FREE
        : WORK;
    case 'ExpressionStatement':
      return isFreeExpression(statement.expression) ? FREE : WORK;
    case 'IfStatement':
      return beforeTest(statement, scope);
    default:
      return WORK;
  }
}

function isFreeExpression(node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  return inner.type === 'Literal' || isLogging(inner) || isAbort(inner) || isAssertion(inner);
}

/** `this.#abort?.abort()`: asks what runs to end sooner, so that the lock comes free. */
function isAbort(node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  if (inner.type !== 'CallExpression' || calleeName(inner) !== 'abort' || !inner.arguments.every(isPure)) return false;
  const callee = unwrap(inner.callee);
  if (callee.type !== 'MemberExpression') return false;
  return thisRoot(callee.object) !== undefined || unwrap(callee.object).type === 'Identifier';
}

function isAssertion(node: TSESTree.Node): boolean {
  if (node.type !== 'CallExpression' || unwrap(node.callee).type !== 'Identifier') return false;
  return /^(?:assert|check|ensure|invariant|validate)/.test(calleeName(node) ?? '') && !someBelow(node, isThis);
}

function isThis({ type }: TSESTree.Node): boolean {
  return type === 'ThisExpression' || type === 'Super';
}

function beforeTest(statement: TSESTree.IfStatement, scope: LockScope): Before {
  const { consequent, alternate, test } = statement;
  if (alternate != null || someBelow(test, ({ type }) => type === 'AwaitExpression' || type === 'AssignmentExpression')) return WORK;
  const parts = consequent.type === 'BlockStatement' ? consequent.body : [consequent];
  if (!parts.every(isTurnAway)) return WORK;
  // A stop from inside the work may only ask: waiting for the lock it would wait for itself.
  const asks = parts.some((part) => part.type === 'ExpressionStatement' && isAbort(part.expression));
  if (asks || someBelow(test, (node) => node.type === 'CallExpression' && calleeName(node) === 'getStore')) return FREE;
  const fields = fieldsIn(test, scope);
  return fields.size === 0 && !someBelow(test, isThis) ? FREE : { kind: 'check', fields };
}

function isTurnAway(statement: TSESTree.Statement): boolean {
  if (statement.type === 'ReturnStatement')
    return statement.argument == null || isPure(statement.argument) || isResolved(statement.argument);
  if (statement.type === 'ThrowStatement') return true;
  return statement.type === 'ExpressionStatement' && isFreeExpression(statement.expression);
}

/** `Promise.resolve(…)`, `await this.starting` and the like only end the call. */
function isResolved(node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  if (inner.type === 'AwaitExpression') return isPure(inner.argument);
  if (inner.type !== 'CallExpression') return false;
  const name = calleeName(inner);
  return (name === 'resolve' || name === 'reject') && inner.arguments.every(isPure);
}
