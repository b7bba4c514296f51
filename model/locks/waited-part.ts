import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../ast/unwrap.ts';
import { peel } from './peel.ts';
import type { Statements } from './taking.ts';

/** The expression that a statement is about, and whether the method goes on, or ends, only when it has settled. */
export interface WaitedPart {
  readonly expression: TSESTree.Expression;
  readonly isWaited: boolean;
  readonly next: number;
  /** The statement also writes the outcome into a field. */
  readonly isStored: boolean;
}

export function waitedPart(statements: Statements, index: number): WaitedPart | undefined {
  const statement = statements[index];
  switch (statement?.type) {
    case 'ReturnStatement':
      return statement.argument == null ? undefined : { expression: statement.argument, isWaited: true, next: index + 1, isStored: false };
    case 'ExpressionStatement':
      return waitedExpression(statement.expression, index);
    case 'VariableDeclaration':
      return waitedVariable(statement, statements, index);
    case 'IfStatement':
      return waitedTest(statement, index);
    default:
      return undefined;
  }
}

function waitedExpression(expression: TSESTree.Expression, index: number): WaitedPart {
  const inner = unwrap(expression) as TSESTree.Expression;
  const next = index + 1;
  if (inner.type === 'UnaryExpression' && inner.operator === 'void')
    return { expression: inner.argument, isWaited: false, next, isStored: false };
  if (inner.type !== 'AssignmentExpression') return { expression: inner, isWaited: isAwaited(inner), next, isStored: false };
  return { expression: inner.right, isWaited: isAwaited(inner.right), next, isStored: unwrap(inner.left).type === 'MemberExpression' };
}

/** `const r = await …`, or `const p = …` which the next statement returns or awaits. */
function waitedVariable(statement: TSESTree.VariableDeclaration, statements: Statements, index: number): WaitedPart | undefined {
  const [declarator, ...others] = statement.declarations;
  if (declarator.init == null || others.length > 0 || statement.kind === 'using' || statement.kind === 'await using') return undefined;
  const { id, init } = declarator;
  if (isAwaited(init) || id.type !== 'Identifier') return { expression: init, isWaited: isAwaited(init), next: index + 1, isStored: false };
  const following = statements[index + 1];
  const after =
    following?.type === 'ReturnStatement' || following?.type === 'ExpressionStatement'
      ? following.type === 'ReturnStatement'
        ? following.argument
        : following.expression
      : undefined;
  const outcome = after == null ? undefined : unwrap(after);
  const waitsFor =
    outcome?.type === 'AwaitExpression' ? unwrap(outcome.argument) : following?.type === 'ReturnStatement' ? outcome : undefined;
  const isWaited = waitsFor?.type === 'Identifier' && waitsFor.name === id.name;
  return { expression: init, isWaited, next: isWaited ? index + 2 : index + 1, isStored: false };
}

/** `if (!(await …)) return`, where the method goes on only with what is awaited. */
function waitedTest({ test, consequent, alternate }: TSESTree.IfStatement, index: number): WaitedPart | undefined {
  const tested = test.type === 'UnaryExpression' && test.operator === '!' ? test.argument : test;
  const [end, ...others] = consequent.type === 'BlockStatement' ? consequent.body : [consequent];
  const isExit = end?.type === 'ReturnStatement' && end.argument === null && others.length === 0 && alternate === null;
  return isExit && isAwaited(tested) ? { expression: tested, isWaited: true, next: index + 1, isStored: false } : undefined;
}

function isAwaited(node: TSESTree.Node): boolean {
  return unwrap(node).type === 'AwaitExpression' || peel(node)?.isAwaited === true;
}
