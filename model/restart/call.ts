import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { constantKey } from '../ast/constant-key.ts';
import { isFunction } from '../ast/is-function.ts';
import { isLogging } from '../ast/is-logging.ts';
import { keyName } from '../ast/key-name.ts';
import { memberName } from '../ast/member-name.ts';
import { someBelow } from '../ast/some-below.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { CHAINS, ITERATORS, TIMERS } from '../flow/callee-names.ts';
import { methodOf } from '../flow/walk.ts';
import type { FunctionNode } from '../service.ts';
import { evaluate } from './evaluate.ts';
import { forcesEnd } from './forces-end.ts';
import { become, type Machine, newExits, throwFrom, writeField } from './machine.ts';
import { runFunction } from './run-function.ts';
import { CAUGHT, constant, copyOf, FREE, isFree, OBJECT, type State, truthOf, UNDEFINED, UNKNOWN, type Val, type Vals } from './state.ts';

/** What calls its callback some time after start. */
const LATER = new Set([...TIMERS, 'addEventListener', 'addListener', 'listen', 'on', 'once', 'prependListener', 'subscribe', 'watch']);
const KEPT: Vals = [{ kind: 'promise', rejects: false }];
const BROKEN: Vals = [{ kind: 'promise', rejects: true }];

export function evaluateCall(machine: Machine, node: TSESTree.CallExpression, state: State, waited: boolean): Vals | undefined {
  if (isLogging(node)) return UNDEFINED;
  if (state.raised && forcesEnd(node)) machine.isForced = true;
  const callee = unwrap(node.callee);
  if (machine.holds.has(node)) return underLock(machine, node, state);
  const called = calledFunction(machine, callee, state);
  if (called !== undefined) return callOwn(machine, node, called, state, waited);
  const name = calleeName(node) ?? '';
  if (callee.type === 'MemberExpression' && CHAINS.has(name)) return chain(machine, node, callee, state, waited);
  if (callee.type === 'MemberExpression' && isNamed(callee.object, 'Promise')) return settle(machine, node, name, state);
  if (isAssertion(callee)) return assert(machine, node, state);
  return callOther(machine, node, callee, name, state);
}

export function evaluateNew(machine: Machine, node: TSESTree.NewExpression, state: State): Vals | undefined {
  for (const argument of node.arguments) {
    const isExecutor = isFunction(argument) && (hasRaise(machine, argument) || (machine.isTraced && calleeName(node) === 'Promise'));
    const vals = isExecutor ? runFunction(machine, argument, `=>${argument.range[0]}`, [], state) : evaluate(machine, argument, state);
    if (vals === undefined) return undefined;
  }
  return OBJECT;
}

interface Called {
  readonly fn: FunctionNode;
  readonly name: string;
}

/** A method of the class, a function in place, or one that is kept under a local name. */
function calledFunction({ facts }: Machine, callee: TSESTree.Node, { locals }: State): Called | undefined {
  if (isFunction(callee)) return { fn: callee, name: `=>${callee.range[0]}` };
  const local = callee.type === 'Identifier' ? locals.get(callee.name)?.find(isFunctionVal) : undefined;
  if (local !== undefined) return { fn: local.node, name: `=>${local.node.range[0]}` };
  const isSuper = callee.type === 'MemberExpression' && callee.object.type === 'Super';
  const name = isSuper ? memberName(callee) : thisMember(callee);
  const owner = isSuper ? facts.base : facts;
  const method = name === undefined || typeof owner !== 'object' ? undefined : methodOf(owner, name);
  return method === undefined ? undefined : { fn: method.value, name: `${isSuper ? 'super.' : ''}${method.name}` };
}

function isFunctionVal(val: Val): val is Val & { readonly kind: 'function' } {
  return val.kind === 'function';
}

function callOwn(machine: Machine, node: TSESTree.CallExpression, { fn, name }: Called, state: State, waited: boolean): Vals | undefined {
  const args: Vals[] = [];
  for (const argument of node.arguments) {
    const vals = evaluate(machine, argument, state);
    if (vals === undefined) return undefined;
    args.push(vals);
  }
  if (!fn.async || waited || machine.joined?.has(node) === true || machine.side === 'stop' || machine.stack.includes(name)) return runFunction(machine, fn, name, args, state);
  return begin(machine, { fn, name }, args, state);
}

/** Work that start begins and does not wait for. Where it turns the caller away by itself, that is not followed. */
function begin(machine: Machine, { fn, name }: Called, args: readonly Vals[], state: State): Vals {
  const { exits, writes } = machine;
  const count = writes.length;
  machine.exits = newExits();
  const tried: State = { ...copyOf(state), acted: false };
  const vals = runFunction(machine, fn, name, args, tried);
  const isRefused = !tried.acted && (vals === undefined || vals.some((val) => val.kind === 'promise' && val.rejects) || tried.refusal !== state.refusal);
  machine.exits = exits;
  writes.length = count;
  state.acted = true;
  if (isRefused) state.unclear = true;
  return OBJECT;
}

/** `lock.runExclusive(async () => { … })`, also with `this.#startLocked` or its `bind` for the callback. */
function underLock(machine: Machine, node: TSESTree.CallExpression, state: State): Vals | undefined {
  const callback = node.arguments.map((argument) => callbackOf(machine, argument, state)).findLast((found) => found !== undefined);
  if (callback === undefined) return OBJECT;
  return asPromise(runFunction(machine, callback.fn, callback.name, [], state));
}

function callbackOf(machine: Machine, node: TSESTree.Node, state: State): Called | undefined {
  const inner = unwrap(node);
  const isBound = inner.type === 'CallExpression' && calleeName(inner) === 'bind';
  const bound = isBound ? unwrap(inner.callee) : inner;
  return calledFunction(machine, bound.type === 'MemberExpression' && memberName(bound) === 'bind' ? unwrap(bound.object) : bound, state);
}

function asPromise(vals: Vals | undefined): Vals | undefined {
  return vals?.every(({ kind }) => kind === 'promise') === false ? KEPT : vals;
}

/** `promise.then(…)`, `.catch(…)`, `.finally(…)`: what is known of the promise decides which callback runs. */
function chain(machine: Machine, node: TSESTree.CallExpression, callee: TSESTree.MemberExpression, state: State, waited: boolean): Vals | undefined {
  const promise = evaluate(machine, callee.object, state, waited && machine.isTraced);
  if (promise === undefined || callee.optional) return promise === undefined ? undefined : UNKNOWN;
  const rejects = promise.some((val) => val.kind === 'promise' && val.rejects);
  const isEnded = rejects || promise.some(({ kind }) => kind === 'outcome');
  const isTraced = machine.isTraced && waited && memberName(callee) === 'then' && isInPlace(node.arguments[0]);
  if (!isEnded && !isTraced && !node.arguments.some((argument) => hasRaise(machine, argument))) {
    if (machine.side === 'start') state.acted = true;
    if (memberName(callee) === 'then' && node.arguments.some((argument) => mayRefuse(machine, argument))) state.unclear = true;
    return OBJECT;
  }
  const name = memberName(callee);
  const [first, second] = node.arguments;
  const handler = name === 'then' ? (rejects ? second : first) : name === 'finally' || rejects ? first : undefined;
  if (handler === undefined) return promise;
  if (rejects && name !== 'finally') machine.handlers.push(handler);
  const callback = callbackOf(machine, handler, state);
  if (callback === undefined) return rejects && name !== 'finally' ? UNKNOWN : promise;
  const args = rejects ? CAUGHT : promise.some(({ kind }) => kind === 'outcome') ? promise : UNKNOWN;
  const vals = settled(machine, () => runFunction(machine, callback.fn, callback.name, name === 'finally' ? [] : [args], state), state);
  return name === 'finally' && rejects && vals !== undefined ? BROKEN : vals;
}

function isInPlace(node: TSESTree.Node | undefined): boolean {
  return node !== undefined && isFunction(node);
}

/** A callback that throws rejects the promise of its chain. */
function settled(machine: Machine, run: () => Vals | undefined, state: State): Vals | undefined {
  const { exits } = machine;
  machine.exits = newExits();
  const vals = run();
  const [thrown] = machine.exits.thrown;
  machine.exits = exits;
  if (vals !== undefined) {
    if (thrown !== undefined) throwFrom(machine, thrown);
    return asPromise(vals);
  }
  if (thrown === undefined) return undefined;
  become(state, thrown);
  return BROKEN;
}

/** `Promise.resolve(…)`, `Promise.all([…])` and the like. */
function settle(machine: Machine, node: TSESTree.CallExpression, name: string, state: State): Vals | undefined {
  let rejects = name === 'reject';
  for (const argument of node.arguments) {
    const parts = argument.type === 'ArrayExpression' ? argument.elements : [argument];
    for (const part of parts) {
      const vals = part === null ? UNDEFINED : evaluate(machine, part.type === 'SpreadElement' ? part.argument : part, state, true);
      if (vals === undefined) return undefined;
      if (name !== 'allSettled' && vals.some((val) => val.kind === 'promise' && val.rejects)) rejects = true;
    }
  }
  return rejects ? BROKEN : KEPT;
}

function isAssertion(callee: TSESTree.Node): boolean {
  const inner = callee.type === 'MemberExpression' && memberName(callee) === 'ok' ? callee.object : callee;
  return isNamed(inner, 'assert') || isNamed(inner, 'invariant');
}

function assert(machine: Machine, node: TSESTree.CallExpression, state: State): Vals | undefined {
  const [condition] = node.arguments;
  const vals = condition === undefined ? UNKNOWN : evaluate(machine, condition, state);
  if (vals === undefined) return undefined;
  const truth = truthOf(vals);
  if (truth === false || (truth === undefined && !isFree(vals))) throwFrom(machine, { ...state, refusal: node });
  return truth === false ? undefined : UNDEFINED;
}

/** A function out of sight. It may run its callbacks; one with the drain in it is followed. */
function callOther(machine: Machine, node: TSESTree.CallExpression, callee: TSESTree.Node, name: string, state: State): Vals | undefined {
  if (callee.type === 'Super' || callee.type === 'MemberExpression') {
    const on = callee.type === 'MemberExpression' ? evaluate(machine, callee.object, state) : UNKNOWN;
    if (on === undefined) return undefined;
  }
  let isGiven = !someBelow(callee, ({ type }) => type === 'ThisExpression' || type === 'Super', isFunction);
  const isIterator = machine.isTraced && callee.type === 'MemberExpression' && ITERATORS.has(name);
  let rejects = false;
  for (const argument of node.arguments) {
    const isFollowed = isFunction(argument) && (isIterator || hasRaise(machine, argument));
    const vals = isFollowed ? runFunction(machine, argument, `=>${argument.range[0]}`, [], state) : evaluate(machine, argument, state);
    if (vals === undefined) return undefined;
    if (isFollowed && vals.some((val) => val.kind === 'promise' && val.rejects)) rejects = true;
    isGiven &&= isFree(vals);
    // What gets the object itself may look at its flags and throw.
    const isSeen = argument.type === 'ThisExpression' || (!LATER.has(name) && mayRefuse(machine, argument));
    if (isSeen && !isFollowed) state.unclear = true;
  }
  if (name === 'assign' && node.arguments[0]?.type === 'ThisExpression') assignAll(machine, node.arguments.slice(1), state);
  const own = thisMember(callee);
  const isInherited = own !== undefined && !machine.facts.fields.has(own) && machine.facts.base !== 'none';
  const isSuper = callee.type === 'MemberExpression' && callee.object.type === 'Super';
  if (machine.side === 'start' && (isInherited || isSuper)) state.unclear = true;
  if (TIMERS.has(name) || !isGiven) state.acted = true;
  if (rejects) return BROKEN;
  if (TIMERS.has(name)) return OBJECT;
  return isGiven ? FREE : UNKNOWN;
}

/** `Object.assign(this, { running: true })` */
function assignAll(machine: Machine, sources: readonly TSESTree.Node[], state: State): void {
  for (const source of sources) {
    if (source.type !== 'ObjectExpression') continue;
    for (const property of source.properties) {
      const field = property.type === 'Property' ? keyName(property) : undefined;
      if (field === undefined || property.type !== 'Property') continue;
      const key = constantKey(property.value);
      writeField(machine, state, field, property, key === undefined ? UNKNOWN : constant(key));
    }
  }
}

/** Whether a callback that is not followed may turn the caller away. */
function mayRefuse({ side, facts }: Machine, node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  if (side === 'stop') return false;
  const isOwn = (part: TSESTree.Node): boolean => facts.methods.has(thisMember(part) ?? '');
  return isOwn(inner) || (isFunction(inner) && someBelow(inner.body, (part) => part.type === 'ThrowStatement' || isOwn(part)));
}

function hasRaise({ raise }: Machine, node: TSESTree.Node): boolean {
  if (raise === undefined) return false;
  const [start, end] = raise.node.range;
  return node.range[0] <= start && end <= node.range[1];
}

function isNamed(node: TSESTree.Node, name: string): boolean {
  return node.type === 'Identifier' && node.name === name;
}
