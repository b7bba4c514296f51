import type { TSESTree } from '@typescript-eslint/utils';
import { functionAround } from '../ast/parents.ts';
import { someBelow } from '../ast/some-below.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { Code } from '../ledger/code.ts';

/** Calls whose promise is put into a field or a local and awaited, or returned, by the same function: `this.starting = this.#begin(); await this.starting`. */
export function joinedCalls(code: Code): ReadonlySet<TSESTree.Node> {
  const joined = new Set<TSESTree.Node>();
  for (const node of code.parents.keys()) {
    const kept = node.type === 'AssignmentExpression' ? [node.left, node.right] : node.type === 'VariableDeclarator' && node.init !== null ? [node.id, node.init] : [];
    const [target, value] = kept;
    const call = value === undefined ? undefined : unwrap(value);
    if (target === undefined || call?.type !== 'CallExpression' || thisMember(call.callee) === undefined) continue;
    const fn = functionAround(node, code);
    if (fn !== undefined && someBelow(fn.body, (below) => isWaitFor(below, target))) joined.add(call);
  }
  return joined;
}

function isWaitFor(node: TSESTree.Node, target: TSESTree.Node): boolean {
  if ((node.type !== 'AwaitExpression' && node.type !== 'ReturnStatement') || node.argument === null) return false;
  const inner = unwrap(node.argument);
  if (inner.type === 'Identifier') return target.type === 'Identifier' && target.name === inner.name;
  return thisMember(inner) !== undefined && thisMember(inner) === thisMember(target);
}
