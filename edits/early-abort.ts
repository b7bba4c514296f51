import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../model/ast/callee-name.ts';
import { isFunction } from '../model/ast/is-function.ts';
import { someBelow } from '../model/ast/some-below.ts';
import { thisMember } from '../model/ast/this-member.ts';
import { unwrap } from '../model/ast/unwrap.ts';
import { visit } from '../model/ast/visit.ts';
import type { ClassFacts, Method } from '../model/service.ts';
import { returnsPromise } from './returns-promise.ts';

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

/** Whether a start makes the controller and then waits for something, itself or in a method that it calls. */
export function awaitsAfterMaking(facts: ClassFacts, start: Method, field: string): boolean {
  let isMade = false;
  let awaits = false;
  visit(start.value.body, (node) => {
    if (isFunction(node)) return 'skip';
    if (makes(node, field)) isMade = true;
    const name = node.type === 'CallExpression' ? thisMember(node.callee) : undefined;
    const called = name === undefined ? undefined : facts.methods.get(name);
    const isMadeByCall = called !== undefined && returnsPromise(called) && someBelow(called.value.body, (inner) => makes(inner, field));
    if (isMadeByCall || (isMade && node.type === 'AwaitExpression')) awaits = true;
    return undefined;
  });
  return awaits;
}

function makes(node: TSESTree.Node, field: string): boolean {
  return node.type === 'AssignmentExpression' && thisMember(node.left) === field;
}
