import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { isLogging } from '../ast/is-logging.ts';
import { isNothing } from '../ast/is-nothing.ts';
import { lastName } from '../ast/last-name.ts';
import { someBelow } from '../ast/some-below.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import { wordsOf } from '../ast/words-of.ts';
import type { ClassFacts } from '../service.ts';
import { isPromiseClass } from './is-promise-class.ts';
import { isReleaseName } from './release-verbs.ts';

const SLEEPS = new Set(['delay', 'setImmediate', 'setTimeout', 'sleep']);
/** The same, where they are no method of something. */
const FREE_SLEEPS = new Set(['nextTick', 'pause', 'tick', 'wait']);
const LOCK_WORDS = new Set(['lock', 'mutex', 'semaphore']);
const TAKES = new Set(['acquire', 'acquireAsync', 'lock', 'obtain', 'take', 'wait', 'waitForUnlock']);

/**
 * Whether a promise cannot reject, or only for reasons that have nothing to do with teardown: a sleep, the taking of a lock, a log,
 * a `new Promise` that is only ever resolved, a field that only such promises are put into, a promise with a `catch` that goes on.
 */
export function neverFails(node: TSESTree.Node, facts: ClassFacts): boolean {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'CallExpression':
      return isHarmlessCall(inner, facts);
    case 'NewExpression':
      return isResolveOnly(inner);
    case 'MemberExpression': {
      const field = thisMember(inner);
      return field !== undefined && isCalmField(field, facts);
    }
    case 'Literal':
    case 'ObjectExpression':
    case 'UnaryExpression':
      return true;
    default:
      return inner.type === 'Identifier' && inner.name === 'undefined';
  }
}

function isHarmlessCall(node: TSESTree.CallExpression, facts: ClassFacts): boolean {
  const name = calleeName(node) ?? '';
  if (SLEEPS.has(name) || isLogging(node)) return true;
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression') return FREE_SLEEPS.has(name);
  const root = unwrap(callee.object);
  if (isPromiseClass(root)) return name === 'allSettled' || (name === 'resolve' && node.arguments.every((argument) => neverFails(argument, facts)));
  if (name === 'catch' && isCalmHandler(node.arguments[0])) return true;
  if (name === 'finally') return neverFails(root, facts);
  return TAKES.has(name) && LOCK_WORDS.has(wordsOf(lastName(root) ?? '').at(-1) ?? '');
}

/** A handler of a promise that does not throw by itself. */
export function isCalmHandler(handler: TSESTree.Node | undefined): boolean {
  if (handler === undefined) return false;
  const inner = unwrap(handler);
  if (!isFunction(inner)) return inner.type !== 'Literal' && !(inner.type === 'Identifier' && inner.name === 'undefined');
  let isCalm = true;
  visit(inner.body, (node) => {
    if (node.type === 'ThrowStatement' || node.type === 'AwaitExpression') isCalm = false;
    return isFunction(node) ? 'skip' : undefined;
  });
  return isCalm;
}

/** `new Promise((resolve) => …)`: nobody can reject it, unless what it releases throws at once. */
function isResolveOnly(node: TSESTree.NewExpression): boolean {
  const [executor] = node.arguments;
  if (!isNeverRejected(node) || executor === undefined || !isFunction(executor)) return false;
  return !someBelow(executor.body, (below) => below.type === 'CallExpression' && isReleaseName(calleeName(below) ?? ''), isFunction);
}

/** `new Promise((resolve) => server.close(resolve))`: it fails only where the call itself throws. */
export function isNeverRejected(node: TSESTree.NewExpression): boolean {
  const [executor] = node.arguments;
  if (calleeName(node) !== 'Promise' || executor === undefined || !isFunction(executor)) return false;
  const reject = executor.params[1];
  return reject === undefined || !someBelow(executor.body, (below) => below.type === 'Identifier' && reject.type === 'Identifier' && below.name === reject.name);
}

/** A field whose every value is a promise that cannot reject. */
function isCalmField(field: string, facts: ClassFacts): boolean {
  const values: TSESTree.Node[] = [];
  visit(facts.node.body, (node) => {
    if (node.type === 'AssignmentExpression' && thisMember(node.left) === field) values.push(node.right);
    return undefined;
  });
  return values.some((value) => unwrap(value).type !== 'Identifier' && !isNothing(value)) && values.every((value) => isNothing(value) || neverFails(value, facts));
}
