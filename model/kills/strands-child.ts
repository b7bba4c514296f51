import { calleeName } from '../ast/callee-name.ts';
import { calleeText } from '../ast/callee-text.ts';
import { around, functionAround, outermost } from '../ast/parents.ts';
import { someBelow } from '../ast/some-below.ts';
import { isFunction } from '../ast/is-function.ts';
import { wordsOf } from '../ast/words-of.ts';
import type { TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode } from '../service.ts';
import { callsOf, nameOfFunction } from './called.ts';
import { isSeenFunction } from './is-seen-function.ts';
import { type FileCode, functionsAround } from './file-code.ts';
import { contains } from '../ast/contains.ts';
import type { Child } from './children.ts';
import type { KillScope } from './read-kill.ts';
import { mayReach } from './order.ts';
import { EXIT_EVENTS } from './uses-of-child.ts';

const STOPS = new Set(['cleanup', 'close', 'deactivate', 'destroy', 'disable', 'disconnect', 'dispose', 'end', 'finalize', 'halt', 'quit', 'release', 'shut', 'shutdown', 'stop', 'teardown', 'terminate', 'unload', 'unmount']);

/**
 * Whether a function ends a child and then goes on as if it were gone, or only when it is: it is a teardown by its name, or it throws the
 * handle away. Not where an event or an error is handled.
 */
export function strandsChild(kill: TSESTree.CallExpression, isWaitedFor: boolean, { child, uses, code }: KillScope): boolean {
  const fn = functionAround(kill, code);
  if (fn === undefined || isInHandler(kill, code) || functionsAround(kill, code).some((each) => isHandler(each, code))) return false;
  const isDropped = uses.drops.some((drop) => functionAround(drop, code) === fn && (mayReach(kill, drop, code) || contains(fn, drop)));
  if (isDropped) return true;
  const top = topOf(fn, code);
  if (top === undefined || isPartOfRun(top, child, code)) return false;
  if (isWaitedFor) return isStop(top, code) || wordsOf(nameOfFunction(top, code) ?? '')[0] === 'kill';
  return isStop(top, code) && (top.async || !isTracked(uses));
}

/** A function that makes the child itself, or a local one beside that: `run()` with its `cleanup()`, but not the `stop` of an object that it gives. */
function isPartOfRun(top: FunctionNode, { spawns }: Child, code: FileCode): boolean {
  const isLocal = code.parents.get(top)?.type !== 'Property';
  return spawns.some((spawn) => functionsAround(spawn, code).some((fn) => fn === top || (isLocal && contains(fn, top))));
}

/** A function that its name, or who is given it, makes a handler of an event or an error, or that ends the process of its own. */
function isHandler(fn: FunctionNode, code: FileCode): boolean {
  const name = nameOfFunction(fn, code) ?? '';
  const isExit = (node: TSESTree.Node): boolean => node.type === 'CallExpression' && calleeText(node).startsWith('process.exit(');
  return HANDLER.test(name) || mentionsOf(fn, code).some((mention) => isListenerArgument(mention, code)) || someBelow(fn.body, isExit);
}

function mentionsOf(fn: FunctionNode, { names, parents }: FileCode): readonly TSESTree.Identifier[] {
  const parent = parents.get(fn);
  const id = fn.type === 'FunctionDeclaration' ? fn.id : parent?.type === 'VariableDeclarator' ? parent.id : null;
  const binding = id === null ? undefined : names.get(id);
  return binding === undefined ? [] : names.mentionsOf(binding);
}

function isListenerArgument(mention: TSESTree.Node, code: FileCode): boolean {
  const parent = code.parents.get(mention);
  return parent?.type === 'CallExpression' && parent.callee !== mention && LISTENS.test(calleeName(parent) ?? '');
}

const LISTENS = /^(?:add(?:Event)?Listener|on|once|prepend(?:Once)?Listener)$/;
const HANDLER = /^#?_?(?:handle|on)[A-Z]|(?:Error|Failure)$/;

/** A function that is named for a teardown, or that only such functions call. */
function isStop(fn: FunctionNode, code: FileCode, depth = 0): boolean {
  if (isStopName(nameOfFunction(fn, code) ?? '')) return true;
  const calls = depth < MAX_DEPTH && isSeenFunction(fn, code) ? callsOf(fn, code) : [];
  return calls.length > 0 && calls.every((call) => !isInHandler(call, code) && isStopCaller(call, code, depth));
}

function isStopCaller(call: TSESTree.Node, code: FileCode, depth: number): boolean {
  const fn = functionAround(call, code);
  const top = fn === undefined ? undefined : topOf(fn, code);
  return top !== undefined && isStop(top, code, depth + 1);
}

const MAX_DEPTH = 3;

function isStopName(name: string): boolean {
  if (name === '[Symbol.asyncDispose]' || name === '[Symbol.dispose]') return true;
  const words = wordsOf(name);
  return STOPS.has(words[0] ?? '') || name === 'tearDown';
}

/** The function whose call runs this one: of a callback of `new Promise`, of a list, of a chain, the one that it stands in. */
function topOf(fn: FunctionNode, code: FileCode): FunctionNode | undefined {
  const at = outermost(fn, code);
  const parent = code.parents.get(at);
  if (parent?.type !== 'CallExpression' && parent?.type !== 'NewExpression') return fn;
  const isPart = parent.callee === at || RUNS.has(calleeName(parent) ?? '');
  const around = functionAround(fn, code);
  return isPart && around !== undefined ? topOf(around, code) : undefined;
}

const RUNS = new Set(['Promise', 'acquire', 'catch', 'every', 'filter', 'finally', 'flatMap', 'forEach', 'map', 'runExclusive', 'setTimeout', 'then']);

function isInHandler(kill: TSESTree.Node, code: FileCode): boolean {
  let last = kill;
  for (const at of around(kill, code)) {
    if (at.type === 'CatchClause') return true;
    if (at.type === 'CallExpression' && isFunction(last) && LISTENS.test(calleeName(at) ?? '')) return true;
    last = at;
  }
  return false;
}

/** Whether the file notes when the child has exited. */
function isTracked({ listeners }: KillScope['uses']): boolean {
  return listeners.some(({ event }) => EXIT_EVENTS.has(event));
}
