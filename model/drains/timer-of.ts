import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { thisMember } from '../ast/this-member.ts';
import { soleReturn } from '../ast/sole-return.ts';
import { unwrap } from '../ast/unwrap.ts';
import { someBelow } from '../ast/some-below.ts';
import { findMethod } from '../locks/lock-scope.ts';
import type { FunctionNode } from '../service.ts';
import { errorOf, readExecutor, type Timer } from './executor.ts';
import { fileFunction } from './file-functions.ts';
import { type FunctionNotes, notesOf } from './function-notes.ts';
import { isSleepName, tellsTimeout } from './names.ts';
import type { Place } from './place.ts';

/** A promise that settles when a time is up; `unsure` where only its name says so. */
export type TimerPromise = Timer | 'unsure';

const SLEEP: Timer = { settles: 'resolves', flaw: undefined, error: undefined };

export function timerOf(node: TSESTree.Node, place: Place, depth = 0): TimerPromise | undefined {
  return timerIn(node, place, notesOf(place.fn), depth);
}

function timerIn(node: TSESTree.Node, place: Place, notes: FunctionNotes, depth: number): TimerPromise | undefined {
  const inner = unwrap(node);
  if (depth > 5) return undefined;
  switch (inner.type) {
    case 'NewExpression': {
      const executor = readExecutor(inner, notes);
      return executor?.hasOther === false ? executor.timer : undefined;
    }
    case 'Identifier': {
      const init = place.scope.locals.get(inner.name)?.init;
      const values = init === undefined ? (notes.assigned.get(inner.name) ?? []) : [init];
      return values.length === 1 && values[0] !== undefined ? timerIn(values[0], place, notes, depth + 1) : undefined;
    }
    case 'CallExpression':
      return timerOfCall(inner, place, notes, depth);
    default:
      return undefined;
  }
}

function timerOfCall(call: TSESTree.CallExpression, place: Place, notes: FunctionNotes, depth: number): TimerPromise | undefined {
  const callee = unwrap(call.callee);
  const name = calleeName(call) ?? '';
  if (callee.type === 'MemberExpression' && (name === 'then' || name === 'finally')) {
    const timer = timerIn(callee.object, place, notes, depth + 1);
    return timer === undefined || timer === 'unsure' ? timer : afterwards(timer, call.arguments[0]);
  }
  if (callee.type === 'Identifier') {
    const imported = place.scope.file.imports.get(callee.name);
    if (imported !== undefined) return timerOfImport(imported.from, imported.name === 'default' ? callee.name : imported.name, call);
  }
  const fn = functionOf(callee, place);
  if (fn !== undefined) return timerReturned(fn, place, depth);
  if (isSleepName(name) && call.arguments.length > 0) return SLEEP;
  return tellsTimeout(name) ? 'unsure' : undefined;
}

function timerOfImport(from: string, name: string, call: TSESTree.CallExpression): TimerPromise | undefined {
  if (/^es-toolkit(?:\/|$)/.test(from) && name === 'timeout') return { settles: 'rejects', flaw: undefined, error: 'TimeoutError' };
  if (from === 'events' || from === 'node:events') return isTimeoutEvent(call) ? { settles: 'resolves', flaw: 'unref', error: undefined } : undefined;
  if (isSleepName(name) && name !== 'timeout') {
    const options = call.arguments.at(-1);
    const isTimers = /^(?:node:)?timers\/promises$/.test(from);
    const hasSignal = options?.type === 'ObjectExpression' && someBelow(options, (node) => node.type === 'Identifier' && node.name === 'signal');
    return isTimers && !hasSignal ? { ...SLEEP, flaw: 'never-cleared' } : SLEEP;
  }
  return tellsTimeout(name) ? 'unsure' : undefined;
}

/** `once(AbortSignal.timeout(ms), 'abort')`. */
function isTimeoutEvent({ arguments: [first] }: TSESTree.CallExpression): boolean {
  const signal = first === undefined ? undefined : unwrap(first);
  return signal?.type === 'CallExpression' && calleeName(signal) === 'timeout';
}

/** `sleep(ms).then(() => { throw new TimeoutError() })`. */
function afterwards(timer: Timer, callback: TSESTree.Node | undefined): Timer {
  const fn = callback === undefined ? undefined : unwrap(callback);
  if (fn === undefined || !isFunction(fn)) return timer;
  let error: string | undefined;
  const throws = someBelow(fn.body, (node) => {
    if (node.type === 'ThrowStatement') error = errorOf(node.argument);
    const rejects = node.type === 'CallExpression' && calleeName(node) === 'reject';
    if (rejects) error = errorOf(node.arguments[0]);
    return node.type === 'ThrowStatement' || rejects;
  });
  return throws ? { ...timer, settles: 'rejects', error } : timer;
}

/** A function of the file that gives nothing but a timer's promise. */
function timerReturned(fn: FunctionNode, place: Place, depth: number): TimerPromise | undefined {
  const returned = soleReturn(fn) ?? lastReturn(fn);
  return returned === undefined ? undefined : timerIn(returned, { ...place, scope: { ...place.scope, locals: new Map() } }, notesOf(fn), depth + 1);
}

function lastReturn({ body }: FunctionNode): TSESTree.Node | undefined {
  const last = body.type === 'BlockStatement' ? body.body.at(-1) : undefined;
  if (last?.type === 'ReturnStatement') return last.argument ?? undefined;
  return last?.type === 'ExpressionStatement' && last.expression.type === 'AwaitExpression' ? last.expression.argument : undefined;
}

function functionOf(callee: TSESTree.Node, place: Place): FunctionNode | undefined {
  const own = thisMember(callee);
  if (own !== undefined) return findMethod(place.scope, own)?.method.value;
  return callee.type === 'Identifier' ? fileFunction(callee.name, place) : undefined;
}
