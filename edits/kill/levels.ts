import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../model/ast/is-function.ts';
import { isLogging } from '../../model/ast/is-logging.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import type { FileCode } from '../../model/kills/file-code.ts';
import type { FunctionNode } from '../../model/service.ts';
import { declaredNames } from '../declared-names.ts';

/** A statement that may come to fail, and those after it in its block, which are to run all the same. */
export interface Level {
  readonly statement: TSESTree.Statement;
  readonly rest: readonly [TSESTree.Statement, ...TSESTree.Statement[]];
}

/** What stands after a statement in its function, from the inside out. Undefined where some of it cannot stand in a `finally`. */
export function levelsFrom(statement: TSESTree.Statement, fn: FunctionNode, { parents }: FileCode): readonly Level[] | undefined {
  const levels: Level[] = [];
  for (let at: TSESTree.Node = statement; at !== fn; ) {
    const parent = parents.get(at);
    if (parent === undefined) return undefined;
    if (parent.type === 'BlockStatement') {
      const rest = needed(parent.body.slice(parent.body.indexOf(at as TSESTree.Statement) + 1));
      if (rest === undefined) return undefined;
      const [first, ...others] = rest;
      if (first !== undefined) levels.push({ statement: at as TSESTree.Statement, rest: [first, ...others] });
    }
    at = parent;
  }
  return levels;
}

/** Without the log lines and the plain `return` at the end, which tell of a success. */
function needed(statements: readonly TSESTree.Statement[]): readonly TSESTree.Statement[] | undefined {
  const kept = [...statements];
  for (let last = kept.at(-1); last !== undefined && tellsSuccess(last); last = kept.at(-1)) kept.pop();
  const names = declaredNames(kept);
  const isUsed = statements.slice(kept.length).some((one) => someBelow(one, (node) => node.type === 'Identifier' && names.has(node.name)));
  if (kept.length > 0 && isUsed) return undefined;
  return kept.some((one) => someBelow(one, leaves, isFunction)) ? undefined : kept;
}

function tellsSuccess(statement: TSESTree.Statement): boolean {
  if (statement.type === 'ExpressionStatement') return isLogging(statement.expression);
  return statement.type === 'ReturnStatement' && (statement.argument === null || /^(?:Identifier|Literal|MemberExpression)$/.test(statement.argument.type));
}

/** In a `finally` these would drop the failure. */
function leaves({ type }: TSESTree.Node): boolean {
  return type === 'ReturnStatement' || type === 'BreakStatement' || type === 'ContinueStatement';
}
