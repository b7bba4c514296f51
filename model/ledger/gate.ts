import type { TSESTree } from '@typescript-eslint/utils';
import { alwaysExits } from '../ast/always-exits.ts';
import { isLogging } from '../ast/is-logging.ts';
import { someBelow } from '../ast/some-below.ts';
import { soleReturn } from '../ast/sole-return.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { FunctionNode } from '../service.ts';
import type { Code } from './code.ts';

/**
 * Whether a function asks first whether the object still runs: `if (this.#stopped) return;`, or all that it does stands in such an `if`.
 * One that only calls a method of the class asks if that does.
 */
export function isGated(fn: FunctionNode, code: Code, depth = 0): boolean {
  const only = soleReturn(fn) ?? soleExpression(fn);
  if (only !== undefined) return isGatedCall(only, code, depth);
  if (fn.body.type !== 'BlockStatement') return false;
  const statements = firstTry(fn.body.body.filter((statement) => !isHarmless(statement)));
  const [first] = statements;
  if (first?.type !== 'IfStatement' || !looksAtObject(first.test)) return false;
  return alwaysExits(first.consequent) !== 'none' || (statements.length === 1 && first.alternate === null);
}

function firstTry(statements: readonly TSESTree.Statement[]): readonly TSESTree.Statement[] {
  const [first] = statements;
  return first?.type === 'TryStatement' ? first.block.body.filter((statement) => !isHarmless(statement)) : statements;
}

function soleExpression({ body }: FunctionNode): TSESTree.Expression | undefined {
  const [only, ...rest] = body.type === 'BlockStatement' ? body.body : [];
  return rest.length === 0 && only?.type === 'ExpressionStatement' ? only.expression : undefined;
}

/** The method at the root of `void this.#tick().catch(log)`. */
function isGatedCall(node: TSESTree.Node, code: Code, depth: number): boolean {
  let at = unwrap(node);
  for (;;) {
    if (at.type === 'AwaitExpression' || at.type === 'UnaryExpression') at = unwrap(at.argument);
    else if (at.type === 'LogicalExpression' && at.operator === '&&') return looksAtObject(at.left);
    else if (at.type === 'CallExpression') {
      const callee = unwrap(at.callee);
      const own = thisMember(callee);
      const fn = own === undefined ? undefined : code.members.get(own)?.fn;
      if (fn !== undefined) return depth < 4 && isGated(fn, code, depth + 1);
      if (callee.type !== 'MemberExpression') return false;
      at = unwrap(callee.object);
    } else return false;
  }
}

function isHarmless(statement: TSESTree.Statement): boolean {
  if (statement.type === 'VariableDeclaration') return !someBelow(statement, ({ type }) => type === 'AwaitExpression');
  return statement.type === 'ExpressionStatement' && (isLogging(statement.expression) || statement.expression.type === 'Literal');
}

/** A field, an abort signal, or an epoch that was handed in. */
function looksAtObject(test: TSESTree.Node): boolean {
  return someBelow(test, (node) => node.type === 'ThisExpression' || (node.type === 'Identifier' && /aborted|signal|stopped|running|epoch/i.test(node.name)));
}
