import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { someBelow } from '../ast/some-below.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import { methodOf } from '../flow/walk.ts';
import type { ClassFacts, FunctionNode } from '../service.ts';

/** Whether the promise that is waited for is sure to be one that can reject by itself. */
export function mayFail(facts: ClassFacts, work: TSESTree.Node, depth = 0): boolean {
  const inner = unwrap(work);
  if (depth > 3) return false;
  const field = thisMember(inner);
  if (field !== undefined) {
    const kept = keptIn(facts, field);
    return kept.length > 0 && kept.every((one) => mayFail(facts, one, depth + 1));
  }
  if (inner.type !== 'CallExpression') return false;
  const own = thisMember(inner.callee);
  const method = own === undefined ? undefined : methodOf(facts, own);
  if (method !== undefined) return method.isAsync && !isGuarded(method.value);
  const name = calleeName(inner) ?? '';
  const parts = inner.arguments.flatMap((argument) => (name === 'all' && argument.type === 'ArrayExpression' ? argument.elements : []));
  return parts.some((part) => part !== null && mayFail(facts, part, depth + 1));
}

/** What the class puts into a field, apart from what empties it. */
function keptIn({ node }: ClassFacts, field: string): readonly TSESTree.Node[] {
  const kept: TSESTree.Node[] = [];
  visit(node, (inner) => {
    if (inner.type === 'AssignmentExpression' && thisMember(inner.left) === field && !isNothing(inner.right)) kept.push(inner.right);
    return undefined;
  });
  return kept;
}

function isNothing(node: TSESTree.Node): boolean {
  return (node.type === 'Identifier' && node.name === 'undefined') || (node.type === 'Literal' && node.value === null);
}

const THROWING = new Set(['AwaitExpression', 'CallExpression', 'ThrowStatement']);

/** Whether nothing gets out of a function: all that it does stands in one try whose catch does not throw. */
function isGuarded({ body }: FunctionNode): boolean {
  if (body.type !== 'BlockStatement') return false;
  const calls = (node: TSESTree.Node): boolean => someBelow(node, ({ type }) => THROWING.has(type), isFunction);
  return body.body.every((statement) => {
    const guarded = statement.type === 'WhileStatement' && !calls(statement.test) && statement.body.type === 'BlockStatement' ? statement.body.body : [statement];
    return guarded.every((one) => {
      if (one.type !== 'TryStatement' || one.handler === null) return !calls(one);
      return !throws(one.handler.body) && (one.finalizer === null || !calls(one.finalizer));
    });
  });
}

function throws(node: TSESTree.Node): boolean {
  return someBelow(node, ({ type }) => type === 'ThrowStatement' || type === 'AwaitExpression', isFunction);
}
