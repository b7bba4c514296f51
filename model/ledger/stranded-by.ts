import type { TSESTree } from '@typescript-eslint/utils';
import { functionAround, outermost } from '../ast/parents.ts';
import { someBelow } from '../ast/some-below.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { Release, Task } from './ledger.ts';
import type { FunctionNode } from '../service.ts';
import { follow } from './follow.ts';
import type { LedgerScope } from './scope.ts';
import { isSettler, settledBy } from './settled-by.ts';
import type { TimerCode } from './timer-code.ts';

/** The clearing in stop after which a promise that only the timer's callback settles stays pending for ever. */
export function strandedBy({ node }: TimerCode, callback: FunctionNode | undefined, releases: readonly Release[], scope: LedgerScope, tasks: readonly Task[]): TSESTree.Node | undefined {
  const { code } = scope;
  const release = releases.find(({ isInStop }) => isInStop)?.node;
  const settled = settledBy(node, callback, code);
  if (release === undefined || settled === undefined) return undefined;
  const { promise, executor, settlers } = settled;
  const [first] = node.arguments;
  const isSettledElsewhere = someBelow(executor.body, (below) => isSettler(below, settlers) && below !== first, (below) => below === callback);
  return !isSettledElsewhere && isAwaitedAlone(promise, scope, tasks) ? release : undefined;
}

/**
 * Whether start, or a task that stop waits for, waits for just this promise: in a race another one may end the wait, and a loop that
 * nobody waits for is only forgotten.
 */
function isAwaitedAlone(promise: TSESTree.Node, scope: LedgerScope, tasks: readonly Task[], seen: ReadonlySet<string> = new Set()): boolean {
  const { code, sides } = scope;
  const { end, through } = follow(promise, code);
  const task = tasks.find(({ node }) => node === promise);
  if (task !== undefined) return task.released === 'yes';
  const member = code.memberOf.get(promise);
  if (through.length > 0 || (end.to !== 'awaited' && end.to !== 'returned') || member === undefined || seen.has(member.name)) return false;
  if (sides.start.methods.some(({ name }) => name === member.name)) return functionAround(promise, code) === member.fn;
  return (code.mentions.get(member.name) ?? []).some((mention) => {
    const call = code.parents.get(outermost(mention, code));
    const isCall = call?.type === 'CallExpression' && unwrap(call.callee) === mention;
    return isCall && isAwaitedAlone(call, scope, tasks, new Set([...seen, member.name]));
  });
}
