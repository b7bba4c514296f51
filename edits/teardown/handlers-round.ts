import type { TSESTree } from '@typescript-eslint/utils';
import { constantKey } from '../../model/ast/constant-key.ts';
import { thisMember } from '../../model/ast/this-member.ts';

/** The clauses that catch what comes out of the last node of a path, innermost first. */
export function handlersRound(path: readonly TSESTree.Node[]): readonly TSESTree.CatchClause[] {
  return path
    .flatMap((node, index) => (node.type === 'TryStatement' && node.handler !== null && path[index + 1] === node.block ? [node.handler] : []))
    .reverse();
}

export interface Flags {
  /** The name of the error. */
  readonly error: string;
  readonly statements: readonly TSESTree.Statement[];
}

/** `catch (error) { if (error instanceof TimeoutError) this.#unrestartable = true; throw error; }`: it can be done twice, and for each step. */
export function flagsOf(handler: TSESTree.CatchClause | undefined): Flags | undefined {
  if (handler?.param?.type !== 'Identifier') return undefined;
  const statements = handler.body.body.slice(0, -1);
  const last = handler.body.body.at(-1);
  const { name } = handler.param;
  const isThrown = last?.type === 'ThrowStatement' && last.argument.type === 'Identifier' && last.argument.name === name;
  return isThrown && statements.length > 0 && statements.every(setsFlag) ? { error: name, statements } : undefined;
}

function setsFlag(statement: TSESTree.Statement): boolean {
  if (statement.type !== 'IfStatement' || statement.alternate !== null) return false;
  const inner = statement.consequent;
  const [only, ...rest] = inner.type === 'BlockStatement' ? inner.body : [inner];
  if (only?.type !== 'ExpressionStatement' || rest.length > 0 || only.expression.type !== 'AssignmentExpression') return false;
  const { left, operator, right } = only.expression;
  return operator === '=' && thisMember(left) !== undefined && constantKey(right) !== undefined;
}
