import type { TSESTree } from '@typescript-eslint/utils';
import { calleeText } from '../ast/callee-text.ts';
import { memberName } from '../ast/member-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { Parents } from '../ast/parents.ts';
import { isStopName } from './is-stop-call.ts';

/** The expression that an identifier is, with the assertions and chains around it, and what that stands in. */
export function outside(node: TSESTree.Node, parents: Parents): TSESTree.Node | undefined {
  let at = parents.get(node);
  while (at !== undefined && unwrap(at) === node) at = parents.get(at);
  return at;
}

/** Whether a use only looks at a member or calls it: `bus.publish()`. Anything else may hand it to somebody. */
export function isMemberUse(use: TSESTree.Identifier, parents: Parents): boolean {
  const at = outside(use, parents);
  return at?.type === 'MemberExpression' && unwrap(at.object) === use;
}

/** The call that a use makes to stop what it names: `bus.stop()`; the bare `bus.stop` is handed to somebody. */
export function stopOf(use: TSESTree.Identifier, parents: Parents): TSESTree.CallExpression | 'handed' | undefined {
  const member = outside(use, parents);
  if (member?.type !== 'MemberExpression' || !isStopName(memberName(member) ?? '')) return undefined;
  const call = outside(member, parents);
  return call?.type === 'CallExpression' && unwrap(call.callee) === member ? call : 'handed';
}

/** The statement `await call;`, or `await Promise.all([call, …]);`. */
export function awaitedStatement(call: TSESTree.CallExpression, parents: Parents): TSESTree.Node | undefined {
  const around = outside(call, parents);
  const waiting = around?.type === 'ArrayExpression' ? jointWait(around, parents) : around;
  const statement = waiting?.type === 'AwaitExpression' ? parents.get(waiting) : undefined;
  return statement?.type === 'ExpressionStatement' ? statement : undefined;
}

function jointWait(list: TSESTree.ArrayExpression, parents: Parents): TSESTree.Node | undefined {
  const joint = parents.get(list);
  return joint?.type === 'CallExpression' && callsIn(joint) !== undefined ? outside(joint, parents) : undefined;
}

/** The elements of `Promise.all([a.start(), b.start()])`, and of `allSettled`. */
export function callsIn(joint: TSESTree.CallExpression): readonly TSESTree.CallExpression[] | undefined {
  const [list] = joint.arguments;
  if (!/^Promise\.all(?:Settled)?\(/.test(calleeText(joint)) || list?.type !== 'ArrayExpression') return undefined;
  return list.elements.flatMap((element) => {
    const inner = element === null ? undefined : unwrap(element);
    return inner?.type === 'CallExpression' ? [inner] : [];
  });
}
