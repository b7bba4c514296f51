import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { isLogging } from '../ast/is-logging.ts';
import { memberName } from '../ast/member-name.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { CHAINS, ITERATORS } from '../flow/callee-names.ts';
import { isSameLock } from '../locks/lock-of.ts';
import { findMethod, hasUnknownBase, scopeIn } from '../locks/lock-scope.ts';
import { lockUseOf } from '../locks/lock-use.ts';
import type { LockUse } from '../locks/use.ts';
import { workOf } from '../locks/work-of.ts';
import { limitOfHold } from './hold-limit.ts';
import { fileFunction } from './file-functions.ts';
import { outsideLock, tighter, UNSEEN_LIMIT } from './limit.ts';
import { endsWork, isSleepName } from './names.ts';
import { limitOfOptions } from './option-limit.ts';
import type { Place, Wait } from './place.ts';
import { readCombined } from './read-combined.ts';
import { readMethod } from './read-method.ts';
import { readImported } from './read-imported.ts';
import { isOfInstance } from './rooted.ts';
import { addLeaf, enterFunction, read } from './walk.ts';
import { readWaited } from './read-waited.ts';
import { limitOfStream, runsStream } from './stream-limit.ts';
import { wrappingOf } from './wrapping.ts';
import { lastName } from '../ast/last-name.ts';

const LOGGER = /^[#_]*(?:log|logger)$/i;

/** Reads a call whose promise somebody waits for. */
export function readWaitedCall(call: TSESTree.CallExpression, wait: Wait, place: Place): void {
  if (isLogging(call)) return;
  const callee = unwrap(call.callee);
  if (isFunction(callee)) {
    enterFunction(callee, place);
    return;
  }
  const use = lockUseOf(call, place.scope);
  if (use !== undefined && use.kind !== 'unread') {
    readLock(use, wait, place);
    return;
  }
  if (runsStream(call)) {
    if (isOfInstance(call, place)) addLeaf(wait, place, limitOfStream(call, wait, place));
    return;
  }
  const wrapping = wrappingOf(call, wait, place);
  if (wrapping !== undefined) {
    const inside = { ...place, limit: tighter(place.limit, wrapping.limit) };
    for (const work of wrapping.works) readWork(work, wait, inside);
    return;
  }
  if (callee.type === 'MemberExpression') readMemberCall(call, callee, wait, place);
  else if (callee.type === 'Identifier') readNamedCall(call, callee.name, wait, place);
}

/** A promise, or a function that gives one. */
export function readWork(work: TSESTree.Node, wait: Wait, place: Place): void {
  const inner = unwrap(work);
  if (isFunction(inner)) {
    enterFunction(inner, place);
    return;
  }
  const bound = thisMember(inner.type === 'CallExpression' && calleeName(inner) === 'bind' && inner.callee.type === 'MemberExpression' ? inner.callee.object : inner);
  const method = bound === undefined ? undefined : findMethod(place.scope, bound);
  if (method !== undefined) readMethod(method, wait, place);
  else readWaited(inner, wait, place);
}

function readLock(use: LockUse, wait: Wait, outside: Place): void {
  const { kind, work, lock } = use;
  const place = { ...outside, limit: tighter(outsideLock(outside.limit), limitOfHold(use, outside.scope)) };
  if (kind === 'run' && work !== undefined) {
    const { nodes, method } = workOf(work, place.scope);
    if (method !== undefined) readMethod(method, wait, place);
    else if (isFunction(unwrap(work))) readWork(work, wait, place);
    else for (const node of nodes) read(node, place);
    return;
  }
  const { workLock } = place.walk;
  // A lock that the working methods hold, and start does not: taken only to wait for their end.
  if (kind !== 'release' && workLock !== undefined && isSameLock(lock, workLock)) addLeaf(wait, place);
}

function readMemberCall(call: TSESTree.CallExpression, callee: TSESTree.MemberExpression, wait: Wait, place: Place): void {
  const name = memberName(callee) ?? '';
  const object = unwrap(callee.object);
  if (CHAINS.has(name)) {
    readWaited(object, wait, place);
    for (const argument of call.arguments) if (isFunction(unwrap(argument))) readWork(argument, wait, place);
    return;
  }
  if (readCombined(call, callee, wait, place) || readImported(call, wait, place)) return;
  if (ITERATORS.has(name) || name === 'from') {
    readIteration(call, callee, wait, place);
    return;
  }
  if (object.type === 'Super') {
    // A base in the file is a service of its own, or is read with its own stop.
    if (typeof place.scope.facts.base !== 'object') addLeaf(wait, place, UNSEEN_LIMIT);
    return;
  }
  if (object.type === 'ThisExpression' && readOwn(name, call.arguments.length > 0, wait, place)) return;
  for (const argument of call.arguments) if (isFunction(unwrap(argument))) readWork(argument, wait, place);
  if (isSleepName(name) || !endsWork(name) || LOGGER.test(lastName(object) ?? '') || !isOfInstance(object, place)) return;
  addLeaf(wait, place, limitOfOptions(call, place));
}

/** `this.#drain()`: its awaits are those of stop. */
function readOwn(name: string, isCounted: boolean, wait: Wait, place: Place): boolean {
  const method = findMethod(place.scope, name);
  if (method !== undefined) {
    readMethod(method, wait, place, isCounted);
    return true;
  }
  if (place.scope.facts.fields.has(name) || !hasUnknownBase(place.scope)) return false;
  if (endsWork(name)) addLeaf(wait, place, UNSEEN_LIMIT);
  return true;
}

/** `[...this.workers].map((worker) => worker.stop())`: a part of what waits for all of them. */
function readIteration(call: TSESTree.CallExpression, callee: TSESTree.MemberExpression, wait: Wait, place: Place): void {
  const callbacks = call.arguments.filter((argument) => isFunction(unwrap(argument)));
  for (const callback of callbacks) readWork(callback, wait, { ...place, into: wait });
  if (callbacks.length === 0) readWaited(memberName(callee) === 'from' ? (call.arguments[0] ?? call) : callee.object, wait, place);
}

function readNamedCall(call: TSESTree.CallExpression, name: string, wait: Wait, place: Place): void {
  if (readImported(call, wait, place)) return;
  const local = place.scope.locals.get(name);
  const fn = fileFunction(name, place);
  if (fn !== undefined && local !== undefined) {
    enterFunction(fn, place);
    return;
  }
  if (fn !== undefined) {
    // Its names are its own, and `this` is not the instance.
    for (const argument of call.arguments) read(argument, place);
    readFileFunction(fn, call, wait, place);
    return;
  }
  if (local === undefined || place.given.has(name)) return;
  if (local.isParameter || (endsWork(name) && isOfInstance(call.callee, place))) addLeaf(wait, place, limitOfOptions(call, place));
}

function readFileFunction(fn: Parameters<typeof enterFunction>[0], call: TSESTree.CallExpression, wait: Wait, place: Place): void {
  if (!call.arguments.some((argument) => isOfInstance(argument, place))) return;
  enterFunction(fn, { ...place, scope: scopeIn(place.scope, place.scope.facts, fn), fn, into: wait, given: new Set() });
}
