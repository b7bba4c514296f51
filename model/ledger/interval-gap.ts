import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { functionAround } from '../ast/parents.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import { isSleepName } from '../drains/names.ts';
import type { Declared } from './local-timers.ts';
import type { Parents } from '../ast/parents.ts';

export interface Gap {
  readonly clear: TSESTree.CallExpression;
  readonly gap: TSESTree.Node;
  /** All such places; of an interval the first only, for one `finally` is for all. */
  readonly gaps: readonly TSESTree.Node[];
}

/** What can leave a function, by throwing or by being broken off, between the setting of an interval and the only place that clears it. */
export function intervalGap({ declaration, fn, clears }: Declared, parents: Parents): Gap | undefined {
  if (clears.some((clear) => functionAround(clear, { parents }) !== fn || isInHandler(clear, parents))) return undefined;
  const last = clears.at(-1);
  if (last === undefined) return undefined;
  let gap: TSESTree.Node | undefined;
  visit(fn.body, (node) => {
    if (isFunction(node)) return 'skip';
    const isBetween = node.range[0] >= declaration.range[1] && node.range[1] <= last.range[0];
    if (isBetween && leaves(node) && !isCaught(node, fn, parents) && !clears.some((clear) => clear.range[1] <= node.range[0])) gap ??= node;
    return undefined;
  });
  return gap === undefined ? undefined : { clear: last, gap, gaps: [gap] };
}

function leaves(node: TSESTree.Node): boolean {
  if (node.type === 'YieldExpression') return true;
  if (node.type !== 'AwaitExpression') return node.type === 'ForOfStatement' && node.await;
  const waited = unwrap(node.argument);
  return !(waited.type === 'CallExpression' && isSleepName(calleeName(waited) ?? ''));
}

/** In a `finally`, or in a `catch`, which then is one of several places. */
function isInHandler(node: TSESTree.Node, parents: Parents): boolean {
  for (let at = node, up = parents.get(node); up !== undefined && !isFunction(up); at = up, up = parents.get(up)) {
    if (up.type === 'CatchClause' || (up.type === 'TryStatement' && up.finalizer === at)) return true;
  }
  return false;
}

/** Inside a `try` whose `catch` goes on: the clear after it is come to all the same. */
function isCaught(node: TSESTree.Node, fn: TSESTree.Node, parents: Parents): boolean {
  for (let at = node, up = parents.get(node); up !== undefined && up !== fn; at = up, up = parents.get(up)) {
    if (up.type === 'TryStatement' && up.block === at && up.handler !== null) return true;
  }
  return false;
}
