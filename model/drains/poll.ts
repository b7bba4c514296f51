import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { childNodes } from '../ast/children.ts';
import { isFunction } from '../ast/is-function.ts';
import { someBelow } from '../ast/some-below.ts';
import { unwrap } from '../ast/unwrap.ts';
import { type Limit, limitBy, NO_LIMIT, UNSEEN_LIMIT } from './limit.ts';
import { isSleepName } from './names.ts';
import type { Place } from './place.ts';
import { isOfInstance } from './rooted.ts';
import { timerOf } from './timer-of.ts';

export type PollLoop = TSESTree.DoWhileStatement | TSESTree.ForStatement | TSESTree.WhileStatement;

/** `while (this.busy) await delay(10)`: a loop that only sleeps until the state of the instance has changed. */
export function isPoll(loop: PollLoop, place: Place): boolean {
  const awaits = awaitsIn(loop.body);
  if (awaits.length === 0 || !awaits.every(({ argument }) => isSleep(argument, place))) return false;
  return isOfInstance(loop, place);
}

export function awaitsIn(node: TSESTree.Node): TSESTree.AwaitExpression[] {
  if (isFunction(node)) return [];
  return node.type === 'AwaitExpression' ? [node] : childNodes(node).flatMap(awaitsIn);
}

export function isSleep(node: TSESTree.Node, place: Place): boolean {
  const inner = unwrap(node);
  if (inner.type === 'CallExpression' && isSleepName(calleeName(inner) ?? '')) return true;
  const timer = timerOf(inner, place);
  return (timer !== undefined && timer !== 'unsure' && timer.settles === 'resolves') || isTick(inner);
}

/** `new Promise(setImmediate)`, `new Promise((resolve) => process.nextTick(resolve))`. */
function isTick(node: TSESTree.Node): boolean {
  return node.type === 'NewExpression' && someBelow(node, (inner) => inner.type === 'Identifier' && /^(?:nextTick|setImmediate)$/.test(inner.name));
}

/** What ends a polling loop beside the state that it polls: a clock, a counter, or a signal. */
export function pollLimit(loop: PollLoop, place: Place): Limit {
  const ends = endsOf(loop);
  if (ends.some((end) => readsClock(end, place) || counts(end, loop))) return limitBy(loop);
  return ends.some(testsSignal) ? UNSEEN_LIMIT : NO_LIMIT;
}

/** The tests by which control leaves the loop. */
function endsOf(loop: PollLoop): TSESTree.Node[] {
  const ends: TSESTree.Node[] = loop.test === null ? [] : [loop.test];
  const visit = (node: TSESTree.Node): void => {
    if (isFunction(node)) return;
    if (node.type === 'IfStatement' && someBelow(node, isExit, isFunction)) ends.push(node.test);
    childNodes(node).forEach(visit);
  };
  visit(loop.body);
  return ends;
}

function isExit({ type }: TSESTree.Node): boolean {
  return type === 'BreakStatement' || type === 'ReturnStatement' || type === 'ThrowStatement';
}

function readsClock(test: TSESTree.Node, place: Place): boolean {
  return someBelow(test, (node) => {
    if (node.type === 'CallExpression') return /^(?:hrtime|now|uptime)$/.test(calleeName(node) ?? '');
    if (node.type === 'NewExpression') return calleeName(node) === 'Date';
    return node.type === 'Identifier' && /deadline|elapsed|timed?out|expire/i.test(node.name) && place.scope.locals.has(node.name);
  });
}

/** Compares something that the loop itself counts. */
function counts(test: TSESTree.Node, loop: PollLoop): boolean {
  const counted = new Set<string>();
  const collect = (node: TSESTree.Node): void => {
    const target = node.type === 'UpdateExpression' ? node.argument : node.type === 'AssignmentExpression' && /^[-+]=$/.test(node.operator) ? node.left : undefined;
    if (target?.type === 'Identifier') counted.add(target.name);
    if (!isFunction(node)) childNodes(node).forEach(collect);
  };
  collect(loop);
  return someBelow(test, (node) => node.type === 'Identifier' && counted.has(node.name));
}

function testsSignal(test: TSESTree.Node): boolean {
  return someBelow(test, (node) => node.type === 'Identifier' && node.name === 'aborted');
}
