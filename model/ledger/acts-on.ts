import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { someBelow } from '../ast/some-below.ts';
import { thisRoot } from '../ast/this-root.ts';
import { unwrap } from '../ast/unwrap.ts';
import { isReleaseName } from '../teardown/release-verbs.ts';
import type { Code } from './code.ts';
import { timerName } from './is-timer-call.ts';
import { follow } from './follow.ts';
import { isGated } from './gate.ts';
import { isSettler, type Settled } from './settled-by.ts';
import type { TimerCode } from './timer-code.ts';

/**
 * Whether what a timer runs acts on the object: it waits for something, ends something of its own, or sets a timer. One that is there to
 * settle a promise may wait and be set again for that; it acts only where it ends something after the promise may be settled otherwise.
 */
export function actsOn({ callback, runs }: TimerCode, settled: Settled | undefined, code: Code): boolean {
  if (settled !== undefined && !outlives(settled, code)) return false;
  const test = settled === undefined ? isAct : isEnd;
  return [...runs].some((fn) => (fn === callback || !isGated(fn, code)) && someBelow(fn.body, test));
}

/** Whether the wait can be over before the timer fires. */
function outlives({ promise, executor, settlers }: Settled, code: Code): boolean {
  const isRaced = follow(promise, code).through.some((call) => /^(?:any|race)$/.test(calleeName(call) ?? ''));
  return isRaced || someBelow(executor.body, (node) => isSettler(node, settlers), (node) => node.type === 'CallExpression' && timerName(node) !== undefined);
}

function isAct(node: TSESTree.Node): boolean {
  if (node.type === 'AwaitExpression') return true;
  return node.type === 'CallExpression' && (timerName(node) !== undefined || isEnd(node));
}

function isEnd(node: TSESTree.Node): boolean {
  const callee = node.type === 'CallExpression' ? unwrap(node.callee) : undefined;
  const name = node.type === 'CallExpression' ? (calleeName(node) ?? '') : '';
  return callee?.type === 'MemberExpression' && ENDS.test(name) && isReleaseName(name) && thisRoot(callee.object) !== undefined;
}

/** Not `clear`, `off` and the like, which only tidy up. */
const ENDS = /^(?:close|destroy|disconnect|end|kill|quit|shutdown|stop|terminate)/i;
