import type { TSESTree } from '@typescript-eslint/utils';
import { calleeText } from '../ast/callee-text.ts';
import type { FunctionNode } from '../service.ts';
import { ends } from './ends.ts';
import type { Step } from './run.ts';
import type { Place, Thread, Walk } from './walk.ts';
import { walkExpression } from './walk-expression.ts';
import { throwGuard, walkStatements } from './walk-statements.ts';

const DEPTH = 8;

/** Moves a thread on to where one more await has been passed. */
export function passedOnce(thread: Thread): Thread {
  thread.epoch++;
  thread.passed++;
  return thread;
}

/** Walks a function that is in the file. `call` is `undefined` where it is no call of its own that runs it. */
export function follow(fn: FunctionNode, call: TSESTree.CallExpression | undefined, place: Place, walk: Walk): void {
  // What it writes has been noted when it was entered first.
  if (walk.frames.some((frame) => frame.fn === fn)) return;
  if (walk.frames.length >= DEPTH) {
    walk.write(fn, '*', undefined, place);
    return;
  }
  const isFork = fn.async && !place.isAwaited;
  const thread = isFork ? walk.fork(place.thread) : place.thread;
  const mark = walk.steps.length;
  const frame = { fn, leastAtReturn: Infinity };
  walk.frames.push(frame);
  walk.walked.add(fn);
  const isResultAwaited = fn.async || place.isAwaited;
  const inside: Place = { ...place, thread, isResultAwaited, wait: isResultAwaited ? undefined : place.wait, isAwaited: false };
  if (fn.body.type === 'BlockStatement') {
    const leaves = throwGuard(fn.body, inside, walk);
    walkStatements([fn.body], inside, walk);
    if (!isFork) walk.leaves.push(...leaves);
    const isEnd = !ends(fn.body);
    thread.epoch = Math.min(frame.leastAtReturn, isEnd || frame.leastAtReturn === Infinity ? thread.epoch : Infinity);
  } else {
    walkExpression(fn.body, { ...inside, wait: isResultAwaited ? fn.body : place.wait, isAwaited: isResultAwaited }, walk);
  }
  walk.frames.pop();
  if (fn.async && call !== undefined) insertTask(call, mark, place, walk);
}

/** The whole of what an asynchronous call sets going, before its steps. */
export function insertTask(call: TSESTree.CallExpression, mark: number, place: Place, walk: Walk): void {
  const inner = walk.steps.slice(mark);
  const isLasting = inner.some((step) => step.kind === 'release' && step.wait !== undefined && !step.isOnFailure && step.guards.length === place.guards.length);
  record(call, 'task', place, walk, isLasting);
  const [task] = walk.steps.splice(-1, 1);
  if (task !== undefined) walk.steps.splice(mark, 0, task);
}

/** Notes a step of the run. */
export function record(node: TSESTree.CallExpression, kind: Step['kind'], place: Place, walk: Walk, isLasting = false): void {
  const { wait, thread, guards, isRepeated, isOnFailure } = place;
  walk.steps.push({ node, name: calleeText(node), kind, guards, wait, thread: thread.id, passed: thread.passed, isRepeated, isOnFailure, isLasting });
}
