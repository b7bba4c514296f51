import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../model/ast/unwrap.ts';
import type { Hold } from '../model/service.ts';

/** A statement of a method that is nothing but `return lock.runExclusive(async () => { … })`, or the same with `await`. */
export interface HeldStatement {
  readonly statement: TSESTree.ExpressionStatement | TSESTree.ReturnStatement;
  readonly isAwaited: boolean;
  readonly call: TSESTree.CallExpression;
  readonly callback: TSESTree.ArrowFunctionExpression & { readonly body: TSESTree.BlockStatement };
  readonly before: readonly TSESTree.Statement[];
  readonly after: readonly TSESTree.Statement[];
}

export function heldStatement(hold: Hold): HeldStatement | undefined {
  const { body } = hold.method.value;
  if (body.type !== 'BlockStatement') return undefined;
  for (const [index, statement] of body.body.entries()) {
    if (statement.type !== 'ExpressionStatement' && statement.type !== 'ReturnStatement') continue;
    const whole = statement.type === 'ReturnStatement' ? statement.argument : statement.expression;
    const inner = whole === null ? undefined : unwrap(whole);
    const isAwaited = inner?.type === 'AwaitExpression';
    const call = isAwaited ? unwrap(inner.argument) : inner;
    if (call !== hold.node || call.type !== 'CallExpression') continue;
    const callback = call.arguments.at(-1);
    if (callback?.type !== 'ArrowFunctionExpression' || callback.body.type !== 'BlockStatement' || callback.params.length > 0)
      return undefined;
    const framed = callback as HeldStatement['callback'];
    return { statement, isAwaited, call, callback: framed, before: body.body.slice(0, index), after: body.body.slice(index + 1) };
  }
  return undefined;
}
