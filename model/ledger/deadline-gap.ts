import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { functionAround } from '../ast/parents.ts';
import { someBelow } from '../ast/some-below.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import type { FunctionNode } from '../service.ts';
import type { Parents } from '../ast/parents.ts';
import type { Gap } from './interval-gap.ts';
import type { Declared } from './local-timers.ts';

/**
 * Where a promise is settled without clearing the timer that limits it, although another event that settles it does clear it. A timer that
 * nothing clears is a matter of the deadline, not of this.
 */
export function deadlineGap({ node, fn, clears }: Declared, parents: Parents): Gap | undefined {
  const promise = parents.get(fn);
  if (promise?.type !== 'NewExpression' || calleeName(promise) !== 'Promise') return undefined;
  const settlers = fn.params.flatMap((param) => (param.type === 'Identifier' ? [param.name] : []));
  const isSettler = (at: TSESTree.Node): boolean => at.type === 'Identifier' && settlers.includes(at.name);
  const [callback] = node.arguments;
  if (callback === undefined || !someBelow(callback, isSettler)) return undefined;
  const sites: TSESTree.Node[] = [];
  visit(fn.body, (at) => {
    if (at === node) return 'skip';
    if (isSettler(at)) sites.push(at);
    return undefined;
  });
  const told = sites.map((site) => ({ site, clears: clearsAt(site, fn, clears, parents) }));
  const clear = clears[0];
  const gaps = told.filter((one) => one.clears === 'no').map(({ site }) => site);
  const [gap] = gaps;
  return clear === undefined || gap === undefined || !told.some((one) => one.clears === 'yes') ? undefined : { clear, gap, gaps };
}

/** Whether the event that settles the promise also clears the timer; `unknown` where a function with a name of its own does it. */
function clearsAt(site: TSESTree.Node, executor: FunctionNode, clears: readonly TSESTree.Node[], parents: Parents): 'no' | 'unknown' | 'yes' {
  const around = functionAround(site, { parents });
  const parent = parents.get(site);
  const isCalled = parent?.type === 'CallExpression' && unwrap(parent.callee) === site;
  if (around === executor) return isCalled || parent?.type !== 'CallExpression' ? 'unknown' : isListening(parent) ? 'no' : 'unknown';
  if (around === undefined) return 'unknown';
  if (clears.some((clear) => around.range[0] <= clear.range[0] && clear.range[1] <= around.range[1])) return 'yes';
  const call = parents.get(around);
  const callsOther = someBelow(around.body, (at) => at.type === 'CallExpression' && at.callee.type === 'Identifier' && at.callee !== site);
  if (call?.type !== 'CallExpression' || callsOther || !isCalled || !isFunction(around)) return 'unknown';
  return isListening(call) ? 'no' : 'unknown';
}

/** `socket.once('error', reject)`, `work.then(…, reject)`. */
function isListening(call: TSESTree.CallExpression): boolean {
  return /^(?:addEventListener|addListener|catch|on|once|then)$/.test(calleeName(call) ?? '');
}
