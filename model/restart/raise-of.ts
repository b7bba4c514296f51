import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from '../ast/member-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { CHAINS } from '../flow/callee-names.ts';
import type { Drain } from '../service.ts';
import type { Raise } from './machine.ts';

/** The ways in which a drain with a deadline may end other than by the end of its work; none for a drain without one. */
export function raisesOf({ node, deadline, bounded }: Drain, isUsed: boolean): readonly Raise[] {
  const endsWait = deadline !== undefined && (bounded === 'yes' || deadline.flaw === 'never-cleared' || deadline.flaw === 'unref');
  if (!endsWait) return [];
  const inner = unwrap(node);
  if (inner.type.endsWith('Statement')) return [{ node: inner, how: 'resolve', error: 'timeout', deadline }];
  const [from, to] = inner.range;
  const isRound = deadline.node.range[0] < from || deadline.node.range[1] > to;
  const at = deadline.inside ?? (isRound ? deadline.node : promiseOf(inner.type === 'AwaitExpression' ? inner.argument : inner, deadline.node));
  const rejects: Raise = { node: at, how: 'reject', error: 'timeout', deadline };
  // Who uses what comes out of it may be told by that whether the time was up.
  return isUsed && deadline.error === undefined ? [rejects, { ...rejects, how: 'resolve' }] : [rejects];
}

/** What is limited in `limited.catch(…)`: the deadline itself where it stands there, else what the chain begins with. */
function promiseOf(node: TSESTree.Node, deadline: TSESTree.Node): TSESTree.Node {
  let inner = unwrap(node);
  for (;;) {
    const callee = inner.type === 'CallExpression' ? unwrap(inner.callee) : undefined;
    if (inner === deadline || callee?.type !== 'MemberExpression' || !CHAINS.has(memberName(callee) ?? '')) return inner;
    inner = unwrap(callee.object);
  }
}
