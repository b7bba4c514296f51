import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../model/ast/unwrap.ts';
import type { Hold } from '../model/service.ts';
import { returnsIn } from './returns-in.ts';

type Returned = TSESTree.ReturnStatement & { readonly argument: TSESTree.Expression };

/** A hold with which a method begins, and whose callback hands out a value at its end. */
export interface TestedHold {
  readonly statement: TSESTree.Statement;
  readonly waited: TSESTree.AwaitExpression;
  readonly call: TSESTree.CallExpression;
  readonly callback: TSESTree.ArrowFunctionExpression & { readonly body: TSESTree.BlockStatement };
  readonly last: Returned;
  /** The returns with which the callback, and then the method, ends before. */
  readonly early: readonly TSESTree.ReturnStatement[];
  /** What the value is called; undefined where it is only tested: `if (!(await …)) return`. */
  readonly name: TSESTree.Identifier | undefined;
  readonly after: readonly TSESTree.Statement[];
}

export function testedHold({ node }: Hold, { body: [statement, ...after] }: TSESTree.BlockStatement): TestedHold | undefined {
  if (statement === undefined) return undefined;
  const found = valueOf(statement);
  const waited = found === undefined ? undefined : unwrap(found.value);
  const call = waited?.type === 'AwaitExpression' ? unwrap(waited.argument) : undefined;
  if (found === undefined || waited?.type !== 'AwaitExpression' || call !== node || call.type !== 'CallExpression') return undefined;
  const callback = call.arguments.at(-1);
  if (call.typeArguments != null || callback?.type !== 'ArrowFunctionExpression' || callback.body.type !== 'BlockStatement' || callback.params.length > 0) return undefined;
  const last = callback.body.body.at(-1);
  if (last?.type !== 'ReturnStatement' || last.argument === null) return undefined;
  const early = returnsIn([callback.body]).filter((one) => one !== last);
  const { name } = found;
  const isTested = name === undefined || (after[0] !== undefined && negated(after[0], (test) => test.type === 'Identifier' && test.name === name.name) !== undefined);
  if (early.some(({ argument }) => !isTested || !isFalse(argument))) return undefined;
  return { statement, waited, call, callback: callback as TestedHold['callback'], last: last as Returned, early, name, after };
}

/** `const name = value`, or `if (!value) return`. */
function valueOf(statement: TSESTree.Statement): { readonly value: TSESTree.Expression; readonly name: TSESTree.Identifier | undefined } | undefined {
  if (statement.type !== 'VariableDeclaration') {
    const value = negated(statement, () => true);
    return value && { value, name: undefined };
  }
  const [only, ...others] = statement.declarations;
  if (statement.kind !== 'const' || only.init == null || others.length > 0 || only.id.type !== 'Identifier') return undefined;
  return { value: only.init, name: only.id };
}

/** What `if (!test) return` tests. */
function negated(statement: TSESTree.Statement, accepts: (test: TSESTree.Expression) => boolean): TSESTree.Expression | undefined {
  if (statement.type !== 'IfStatement' || statement.alternate !== null || statement.test.type !== 'UnaryExpression' || statement.test.operator !== '!') return undefined;
  const { consequent } = statement;
  const [end, ...others] = consequent.type === 'BlockStatement' ? consequent.body : [consequent];
  const isExit = end?.type === 'ReturnStatement' && end.argument === null && others.length === 0;
  return isExit && accepts(statement.test.argument) ? statement.test.argument : undefined;
}

function isFalse(node: TSESTree.Expression | null): boolean {
  return node === null || (node.type === 'Literal' && (node.value === false || node.value === null)) || (node.type === 'Identifier' && node.name === 'undefined');
}
