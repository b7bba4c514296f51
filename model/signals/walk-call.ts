import type { TSESTree } from '@typescript-eslint/utils';
import { calleeText } from '../ast/callee-text.ts';
import { isFunction } from '../ast/is-function.ts';
import { isLogging } from '../ast/is-logging.ts';
import { memberName } from '../ast/member-name.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { tellsTimeout } from '../drains/names.ts';
import { CHAINS, COMBINATORS, ITERATORS } from '../flow/callee-names.ts';
import type { FunctionNode } from '../service.ts';
import { bindingOf } from '../names/binding-of.ts';
import { follow, insertTask, passedOnce, record } from './follow.ts';
import { functionAt } from './function-at.ts';
import { isExit, isOfProcess } from './is-exit.ts';
import { isRelease, lastsUnwatched } from './is-release.ts';
import { LOOKS } from './reads.ts';
import { isImmediate, walkExpression } from './walk-expression.ts';
import type { Place, Walk } from './walk.ts';

const LOCKS: ReadonlySet<string> = new Set(['acquire', 'lock', 'runExclusive', 'withLock']);
const LATER: ReadonlySet<string> = new Set(['nextTick', 'queueMicrotask', 'setImmediate']);
const TIMED: ReadonlySet<string> = new Set(['setInterval', 'setTimeout']);
const UNLISTENS: ReadonlySet<string> = new Set(['off', 'removeAllListeners', 'removeListener']);

/** The function of the file that a call runs, if it is one that can be followed. */
export function followedBy(node: TSESTree.Node, walk: Walk): FunctionNode | undefined {
  const call = unwrap(node);
  if (call.type !== 'CallExpression') return undefined;
  const callee = unwrap(call.callee);
  const fn = callee.type === 'CallExpression' ? undefined : functionAt(callee, walk.file);
  return fn?.generator === true ? undefined : fn;
}

/** Walks a call: what it is made on and given, and then what it does as far as the file shows it. */
export function walkCall(call: TSESTree.CallExpression | TSESTree.NewExpression, place: Place, walk: Walk): void {
  const callee = unwrap(call.callee);
  const aside = { ...place, wait: undefined, isAwaited: false };
  const member = callee.type === 'MemberExpression' ? memberName(callee) : undefined;
  if (call.type === 'NewExpression') {
    walkNew(call, place, walk);
    return;
  }
  if (callee.type === 'MemberExpression' && member !== undefined && CHAINS.has(member)) {
    walkChain(call, callee.object, place, walk);
    return;
  }
  if (callee.type === 'MemberExpression' && !isFunction(unwrap(callee.object))) walkExpression(callee.object, aside, walk);
  // What it is called on may be gone for a second run.
  const optional = optionalIn(callee);
  walkMade(call, callee, optional === undefined ? place : { ...place, guards: [...place.guards, walk.guard(optional, true, place)] }, walk);
}

/** `this.db` in `this.db?.client.close()`. */
function optionalIn(callee: TSESTree.Node): TSESTree.Node | undefined {
  if (callee.type !== 'MemberExpression') return undefined;
  return callee.optional ? callee.object : optionalIn(unwrap(callee.object));
}

function walkMade(call: TSESTree.CallExpression, callee: TSESTree.Node, place: Place, walk: Walk): void {
  const aside = { ...place, wait: undefined, isAwaited: false };
  const member = callee.type === 'MemberExpression' ? memberName(callee) : undefined;
  const isCombined = callee.type === 'MemberExpression' && member !== undefined && COMBINATORS.has(member) && calleeText(callee.object) === 'Promise';
  walkArguments(call, isCombined || isDeadline(callee) ? { ...place, isAwaited: false } : aside, walk);
  const of = isOfProcess(callee);
  if (isExit(call)) record(call, 'exit', place, walk);
  else if (of === 'kill') walk.sendsSignals = true;
  else if (of !== undefined && UNLISTENS.has(of)) walk.dropsListeners ||= place.thread.epoch === 0;
  else if (isCombined || isLogging(call) || (callee.type === 'MemberExpression' && member !== undefined && LOOKS.has(member) && !ITERATORS.has(member))) return;
  else walkWork(call, { callee, member: member ?? (callee.type === 'Identifier' ? callee.name : undefined) }, place, walk);
}

/** `pTimeout(pool.end(), …)`: whoever waits for it waits for what it is given. */
function isDeadline(callee: TSESTree.Node): boolean {
  return callee.type === 'Identifier' && tellsTimeout(callee.name);
}

/** The arguments that are evaluated before the call; functions among them run in it or later, if at all. */
function walkArguments(call: TSESTree.CallExpression | TSESTree.NewExpression, place: Place, walk: Walk): void {
  for (const argument of call.arguments) {
    const inner = unwrap(argument);
    const items = inner.type === 'ArrayExpression' ? inner.elements.filter((item) => item !== null) : [inner];
    for (const item of items) if (!isFunction(item)) walkExpression(item, place, walk);
  }
}

interface Called {
  readonly callee: TSESTree.Node;
  readonly member: string | undefined;
}

function walkWork(call: TSESTree.CallExpression, { callee, member }: Called, place: Place, walk: Walk): void {
  if (member !== undefined && TIMED.has(member)) return;
  const callbacks = call.arguments.flatMap((argument) => functionAt(argument, walk.file) ?? []);
  if (member !== undefined && LATER.has(member)) {
    for (const fn of callbacks) follow(fn, call, { ...place, thread: passedOnce(walk.fork(place.thread)), isAwaited: true, wait: call }, walk);
    return;
  }
  const fn = followedBy(call, walk);
  if (fn !== undefined) {
    follow(fn, call, place, walk);
    return;
  }
  const list = listOf(call, callee);
  if (list !== undefined) {
    const guard = walk.loopGuard(list, place);
    for (const each of callbacks) follow(each, call, { ...place, guards: [...place.guards, guard], isAwaited: false }, walk);
    return;
  }
  walkUnknown(call, callee, callbacks, place, walk);
}

/** What a call goes through at once: `sessions` of `sessions.map(stopOne)` and of `Array.from(sessions, stopOne)`. */
function listOf(call: TSESTree.CallExpression, callee: TSESTree.Node): TSESTree.Node | undefined {
  if (callee.type !== 'MemberExpression') return undefined;
  if (calleeText(callee) === 'Array.from') return call.arguments[0];
  return ITERATORS.has(memberName(callee) ?? '') ? callee.object : undefined;
}

/** A call of something that is not in the file. It may run its callbacks once it has done. */
function walkUnknown(call: TSESTree.CallExpression, callee: TSESTree.Node, callbacks: readonly FunctionNode[], place: Place, walk: Walk): void {
  if (callee.type === 'MemberExpression') {
    walk.takesLock ||= LOCKS.has(memberName(callee) ?? '');
    walk.mayChange(callee.object, place);
    if (thisMember(callee) !== undefined) walk.write(call, 'this.*', undefined, place);
  }
  for (const argument of call.arguments) walk.mayChange(argument, place);
  const binding = callee.type === 'Identifier' ? bindingOf(callee.name, callee, walk.file.parents) : undefined;
  const isSettling = callee.type === 'Identifier' && isResolver(callee, walk);
  const isOpaque = binding !== undefined && binding.kind !== 'import' && !isSettling;
  if (isOpaque) walk.write(call, '*', undefined, place);
  const hands = call.arguments.some((argument) => isResolver(argument, walk));
  const release = isRelease(call);
  const wait = place.wait ?? (release && (callbacks.length > 0 || hands) ? call : undefined);
  if (!isOpaque && !isSettling) record(call, release ? 'release' : 'work', { ...place, wait }, walk, wait === undefined && lastsUnwatched(call, walk.file));
  const guards = release ? place.guards : [...place.guards, { ...walk.guard(call, undefined, place), reads: { paths: [], isPlain: false } }];
  for (const fn of callbacks) {
    const thread = release ? passedOnce(walk.fork(place.thread)) : walk.fork(place.thread);
    follow(fn, call, { ...place, guards, thread, isAwaited: true, wait: call }, walk);
  }
}

/** `resolve` in `server.close(resolve)`: a parameter of the executor of a promise. */
function isResolver(node: TSESTree.Node, { file: { parents } }: Walk): boolean {
  const inner = unwrap(node);
  const binding = inner.type === 'Identifier' ? bindingOf(inner.name, inner, parents) : undefined;
  const maker = binding?.kind === 'parameter' ? parents.get(binding.scope) : undefined;
  return maker?.type === 'NewExpression' && calleeText(maker.callee) === 'Promise';
}

function walkNew(call: TSESTree.NewExpression, place: Place, walk: Walk): void {
  walkArguments(call, { ...place, wait: undefined, isAwaited: false }, walk);
  const [executor] = call.arguments;
  if (calleeText(call.callee) !== 'Promise' || executor === undefined) return;
  const fn = functionAt(executor, walk.file);
  if (fn !== undefined) follow(fn, undefined, { ...place, isAwaited: false }, walk);
}

/** `work().then(…).catch(…)`: what it is made on first, and then, once that has settled, its callbacks. */
function walkChain(call: TSESTree.CallExpression, receiver: TSESTree.Node, place: Place, walk: Walk): void {
  const mark = walk.steps.length;
  const thread = place.isAwaited ? place.thread : walk.fork(place.thread);
  const wait = place.wait ?? call;
  walkExpression(receiver, { ...place, thread, wait, isAwaited: true }, walk);
  if (!isImmediate(receiver) && followedBy(receiver, walk)?.async !== true) passedOnce(thread);
  const isCatch = calleeText(call).endsWith('.catch(…)');
  for (const [index, argument] of call.arguments.entries()) {
    const fn = functionAt(argument, walk.file);
    const isOnFailure = place.isOnFailure || isCatch || index > 0;
    if (fn !== undefined) follow(fn, undefined, { ...place, thread, wait: call, isAwaited: true, isOnFailure }, walk);
  }
  if (!place.isAwaited) insertTask(call, mark, place, walk);
}
