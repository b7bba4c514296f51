import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../model/ast/callee-name.ts';
import { thisMember } from '../model/ast/this-member.ts';
import { unwrap } from '../model/ast/unwrap.ts';
import type { ClassFacts, Method } from '../model/service.ts';
import { heldNodes } from './held-nodes.ts';

/**
 * The `this.controller?.abort()` with which stop cuts short a start that is under way. It must not wait for the lock which that
 * start holds; it stays under the lock as well, for the start that comes in between.
 */
export function earlyAbort(facts: ClassFacts, stop: Method, starts: readonly Method[]): TSESTree.CallExpression | undefined {
  const { body } = stop.value;
  if (body.type !== 'BlockStatement') return undefined;
  for (const statement of body.body) {
    const call = statement.type === 'ExpressionStatement' ? unwrap(statement.expression) : undefined;
    if (call?.type !== 'CallExpression') return undefined;
    const target = unwrap(call.callee);
    const field = calleeName(call) === 'abort' && target.type === 'MemberExpression' ? thisMember(target.object) : undefined;
    if (field !== undefined) return starts.some((start) => awaitsAfterMaking(facts, start, field)) ? call : undefined;
    if (thisMember(call.callee) !== undefined) return undefined;
  }
  return undefined;
}

/** Whether a start makes the controller and then waits for something. */
export function awaitsAfterMaking(facts: ClassFacts, start: Method, field: string): boolean {
  const nodes = heldNodes(facts, start);
  const made = nodes.findIndex((node) => node.type === 'AssignmentExpression' && thisMember(node.left) === field);
  return made !== -1 && nodes.slice(made).some(({ type }) => type === 'AwaitExpression');
}
