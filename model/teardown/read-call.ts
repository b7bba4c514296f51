import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { isLogging } from '../ast/is-logging.ts';
import { memberName } from '../ast/member-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { CHAINS, COMBINATORS, ITERATORS, RUNNERS } from '../flow/callee-names.ts';
import { isPromiseClass } from './is-promise-class.ts';
import { isCalmHandler, neverFails } from './never-fails.ts';
import { makeStep } from './make-step.ts';
import { contained, endOf, NOTHING, type Piece, sequence, stepsOf } from './piece.ts';
import { readExpression } from './read-expression.ts';
import { readFunction } from './read-function.ts';
import { readableAs, type Reading } from './reading.ts';
import { isReleaseName } from './release-verbs.ts';
import { stepName } from './step-name.ts';

/** Synchronous methods that run the teardown of something else, any part of which can throw. */
const STOPS = new Set(['shutdown', 'stop', 'teardown']);
/** Releases that do not throw, whatever they are called on. */
const HARMLESS = /^(?:abort|cancel|clear|off$|remove|unref|unwatch)/;
const TIMERS = /timer|interval|timeout|cron|job|ticker|stopwatch|spinner|watch/i;

/** What is handed to a deadline beside the work. */
const LIMITS = /(?:ms|millis|seconds|timeout|delay|limit|signal|deadline)$/i;
/** Functions that wait for the promise they are given, and no longer than so. */
const DEADLINES = /time|deadline|within|limit|race|bound|drain|settle|wait/i;

export function readCall(node: TSESTree.CallExpression, awaited: boolean, reading: Reading): Piece[] {
  if (isLogging(node)) return [];
  const callee = unwrap(node.callee);
  const readable = readableAs(callee, reading);
  if (readable !== undefined) {
    const args = node.arguments.flatMap((argument) => readExpression(argument, false, reading));
    const body = readFunction(readable, { node, args: node.arguments, awaited }, reading);
    return [...args, readable.fn.async && !awaited ? contained(body, node) : body];
  }
  const name = calleeName(node) ?? '';
  if (callee.type === 'MemberExpression') {
    if (CHAINS.has(name)) return readChain(node, callee, awaited, reading);
    if (name === 'resolve' && isPromiseClass(callee.object)) return node.arguments.flatMap((argument) => readExpression(argument, awaited, reading));
    if (COMBINATORS.has(name) && isPromiseClass(callee.object)) return readCombined(node, name, awaited, reading);
    if (ITERATORS.has(name)) return readIterated(node, callee, awaited, reading);
  }
  return readPlain(node, callee, name, awaited, reading);
}

/** `work.then(a).catch(b).finally(c)` is a try of its own. Where nobody waits for it, no failure of it skips anything. */
function readChain(node: TSESTree.CallExpression, callee: TSESTree.MemberExpression, awaited: boolean, reading: Reading): Piece[] {
  const block = sequence(readExpression(callee.object, true, reading));
  const [first, second] = node.arguments;
  const name = memberName(callee);
  const handle = (handler: TSESTree.Node | undefined): Piece => {
    const body = handler === undefined ? NOTHING : readCallback(handler, reading);
    return { kind: 'try', block, handler: { node: handler ?? node, body, end: handlerEnd(handler, body) }, finalizer: undefined };
  };
  const read = (): Piece => {
    if (name === 'catch') return handle(first);
    if (name === 'finally') return { kind: 'try', block, handler: undefined, finalizer: first === undefined ? undefined : readCallback(first, reading) };
    const then = first === undefined ? NOTHING : readCallback(first, reading);
    return sequence([second === undefined ? block : handle(second), then]);
  };
  return [awaited ? read() : contained(read(), node)];
}

function handlerEnd(handler: TSESTree.Node | undefined, body: Piece): ReturnType<typeof endOf> {
  const inner = body.kind === 'call' ? endOf(body.body) : 'none';
  if (inner === 'throw' || inner === 'unknown') return inner;
  return isCalmHandler(handler) ? 'none' : 'unknown';
}

function readCallback(node: TSESTree.Node, reading: Reading): Piece {
  const readable = readableAs(node, reading);
  return readable === undefined ? NOTHING : readFunction(readable, { node, args: [], awaited: true }, { ...reading, statement: statementOf(node, reading) });
}

/** A step in an expression-bodied callback is the callback, in a block it has statements of its own. */
function statementOf(node: TSESTree.Node, { statement }: Reading): TSESTree.Node {
  const inner = unwrap(node);
  return isFunction(inner) && inner.body.type !== 'BlockStatement' ? inner.body : statement;
}

/** The calls of `Promise.all([…])` are all made before the first of them can fail. */
function readCombined(node: TSESTree.CallExpression, name: string, awaited: boolean, reading: Reading): Piece[] {
  const [list] = node.arguments;
  const inner = list === undefined ? undefined : unwrap(list);
  const elements = inner?.type === 'ArrayExpression' ? inner.elements.flatMap((element) => element ?? []) : inner === undefined ? [] : [inner];
  const parts = elements.map((element) => sequence(readElement(element, reading)));
  const isSeen = elements.every((element, index) => stepsOf(parts[index] ?? NOTHING).length > 0 || neverFails(element, reading.facts));
  // Of what comes from elsewhere no more is seen than that it is waited for.
  const all: Piece = { kind: 'all', parts: isSeen ? parts : [...parts, plainStep(node, reading, 'wait', true)] };
  return [awaited && name !== 'allSettled' ? all : contained(all, node)];
}

function readElement(element: TSESTree.Node, reading: Reading): Piece[] {
  const inner = unwrap(element);
  if (inner.type === 'SpreadElement') return readElement(inner.argument, reading);
  return inner.type === 'CallExpression' && inner.callee.type === 'MemberExpression' && calleeName(inner) !== 'from' && ITERATORS.has(calleeName(inner) ?? '')
    ? readMapped(inner, reading)
    : readExpression(element, true, reading);
}

/** `clients.map((client) => client.close())` in `Promise.all`: every call is made. */
function readMapped(node: TSESTree.CallExpression, reading: Reading): Piece[] {
  const [callback] = node.arguments;
  const readable = callback === undefined ? undefined : readableAs(callback, reading);
  return readable === undefined ? [] : [readFunction(readable, { node, args: [], awaited: true }, { ...reading, statement: statementOf(callback ?? node, reading) })];
}

/** `clients.forEach((client) => client.close())`: one that throws skips the rest; of an async callback nobody hears. */
function readIterated(node: TSESTree.CallExpression, callee: TSESTree.MemberExpression, awaited: boolean, reading: Reading): Piece[] {
  const [callback] = node.arguments;
  const readable = callback === undefined ? undefined : readableAs(callback, reading);
  const before = readExpression(callee.object, false, reading);
  if (readable === undefined) return before;
  const body = readFunction(readable, { node, args: [], awaited }, { ...reading, statement: statementOf(callback ?? node, reading) });
  if (readable.fn.async || awaited) return [...before, contained(body, node)];
  return [...before, { kind: 'loop', body, isList: true }];
}

function readPlain(node: TSESTree.CallExpression, callee: TSESTree.Node, name: string, awaited: boolean, reading: Reading): Piece[] {
  const before = callee.type === 'MemberExpression' ? readExpression(callee.object, false, reading) : [];
  const isFree = callee.type === 'Identifier';
  const isLimit = awaited && !isReleaseName(name) && (isFree || RUNNERS.has(name));
  const parts = node.arguments.flatMap((argument) => readArgument(argument, isLimit, isFree && DEADLINES.test(name), reading));
  const isRun = isLimit && parts.flatMap(stepsOf).length > 0;
  // A deadline, or a lock with its work: the steps are those of the work.
  if (isRun) return [...before, ...parts];
  const kind = releases(node, callee, name) ? 'release' : 'work';
  if (awaited) return [...before, ...parts, plainStep(node, reading, kind, !neverFails(node, reading.facts))];
  return kind === 'release' ? [...before, ...parts, syncStep(node, name, reading)] : [...before, ...parts];
}

function readArgument(argument: TSESTree.Node, isLimit: boolean, isDeadline: boolean, reading: Reading): Piece[] {
  const inner = unwrap(argument);
  if (!isLimit) return readExpression(argument, false, reading);
  const readable = inner.type === 'Literal' || inner.type === 'ObjectExpression' ? undefined : readableAs(inner, reading);
  if (readable !== undefined) return [readFunction(readable, { node: argument, args: [], awaited: true }, { ...reading, statement: statementOf(argument, reading) })];
  if (inner.type === 'CallExpression' || inner.type === 'NewExpression') return readExpression(argument, true, reading).filter((part) => stepsOf(part).some(({ kind }) => kind !== 'work'));
  return readExpression(argument, isDeadline && isKept(inner, reading) && !LIMITS.test(stepName(inner, reading.locals)), reading);
}

/** What a field holds, or a local that was read from one. */
function isKept(node: TSESTree.Node, { locals }: Reading): boolean {
  const value = node.type === 'Identifier' ? locals.get(node.name) : node;
  return value !== undefined && unwrap(value).type === 'MemberExpression';
}

/** Whether a call releases something that others would miss. */
function releases(node: TSESTree.CallExpression, callee: TSESTree.Node, name: string): boolean {
  // Emptying a collection frees no resource, and to give back a lock is a matter of the rules on locks.
  if (!isReleaseName(name) || name === 'clear' || name === 'release') return false;
  if (callee.type !== 'MemberExpression') return true;
  const on = unwrap(callee.object);
  // What listens to the service itself is not its own.
  return on.type !== 'ThisExpression' || node.arguments.length > 0;
}

function syncStep(node: TSESTree.CallExpression, name: string, reading: Reading): Piece {
  const isBare = reading.statement.type === 'ExpressionStatement' ? unwrap(reading.statement.expression) === node || isOnlyCalled(reading.statement.expression, node) : unwrap(reading.statement) === node;
  const throws = STOPS.has(name) && !TIMERS.test(stepName(node)) ? 'throws' : HARMLESS.test(name) ? 'none' : 'seldom';
  return makeStep(node, reading, { isAwaited: false, kind: 'release', failure: isBare ? throws : 'none' });
}

/** `this.poller && this.poller.stop()` as a statement. */
function isOnlyCalled(statement: TSESTree.Node, node: TSESTree.Node): boolean {
  const inner = unwrap(statement);
  return inner.type === 'LogicalExpression' && unwrap(inner.right) === node;
}

function plainStep(node: TSESTree.CallExpression, reading: Reading, kind: 'release' | 'wait' | 'work', fails: boolean): Piece {
  return makeStep(node, reading, { isAwaited: true, kind, failure: fails ? 'rejects' : 'none' });
}
