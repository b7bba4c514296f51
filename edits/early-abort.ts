import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../model/ast/callee-name.ts';
import { isFunction } from '../model/ast/is-function.ts';
import { thisMember } from '../model/ast/this-member.ts';
import { unwrap } from '../model/ast/unwrap.ts';
import { visit } from '../model/ast/visit.ts';
import type { Method } from '../model/service.ts';

/**
 * The `this.controller?.abort()` with which stop cuts short a start that is under way. It must not wait for the lock which that
 * start holds; it stays under the lock as well, for the start that comes in between.
 */
export function earlyAbort(stop: Method, starts: readonly Method[]): TSESTree.CallExpression | undefined {
  const { body } = stop.value;
  if (body.type !== 'BlockStatement') return undefined;
  for (const statement of body.body) {
    const call = statement.type === 'ExpressionStatement' ? unwrap(statement.expression) : undefined;
    if (call?.type !== 'CallExpression') return undefined;
    const target = unwrap(call.callee);
    const field = calleeName(call) === 'abort' && target.type === 'MemberExpression' ? thisMember(target.object) : undefined;
    if (field !== undefined) return starts.some((start) => awaitsAfterMaking(start, field)) ? call : undefined;
    if (thisMember(call.callee) !== undefined) return undefined;
  }
  return undefined;
}

/** Whether a start makes the controller and then waits for something, which the signal may end. */
function awaitsAfterMaking({ value }: Method, field: string): boolean {
  let isMade = false;
  let awaits = false;
  visit(value.body, (node) => {
    if (isFunction(node)) return 'skip';
    if (node.type === 'AssignmentExpression' && thisMember(node.left) === field) isMade = true;
    if (isMade && node.type === 'AwaitExpression') awaits = true;
    return undefined;
  });
  return awaits;
}
