import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../ast/contains.ts';
import { alwaysExits } from '../ast/always-exits.ts';
import { calleeName } from '../ast/callee-name.ts';
import { isClass } from '../ast/is-class.ts';
import { isFunction } from '../ast/is-function.ts';
import { functionAround as innermostFunction, type Parents, parentsBelow } from '../ast/parents.ts';
import { someBelow } from '../ast/some-below.ts';
import { thisMember } from '../ast/this-member.ts';
import type { Step } from '../flow/step.ts';
import type { ClassFacts } from '../service.ts';
import { isOutside, namesMadeBy } from './is-outside.ts';
import { placesOf } from './places-of.ts';

/**
 * Whether, after an await and before an act, anything is looked at that may have changed meanwhile: `if (epoch !== this.epoch) return`,
 * `if (signal.aborted) return`. Only what the awaited call itself has given is known to say nothing of that.
 */
export function isRechecked(wait: Step, act: Step, facts: ClassFacts): boolean {
  const waits = placesOf(wait);
  const acts = placesOf(act);
  const shared = act.frames.filter((frame, index) => wait.frames[index] === frame).length;
  return acts.some((place, index) => {
    if (index < shared - 1) return false;
    const fn = functionAround(place, facts.node);
    return fn !== undefined && looksAgain(fn, index === shared - 1 ? waits[index] : undefined, place, facts);
  });
}

/** Whether something is looked at once more after an act: `this.socket = await dial(); if (this.stopped) this.socket.close();`. */
export function isCheckedAfter({ node }: Step, field: string, facts: ClassFacts): boolean {
  const fn = functionAround(node, facts.node);
  if (fn === undefined) return false;
  const isElse = (inner: TSESTree.Node): boolean => thisMember(inner) !== field && isOutside(inner, new Set(), facts);
  return someBelow(fn, (other) => {
    const test = testIn(other);
    return test !== undefined && test.range[0] > node.range[1] && isElse(test);
  });
}

/** Whether a function tests, after `from` and before `to`, something on which `to` depends. */
function looksAgain(fn: TSESTree.Node, from: TSESTree.Node | undefined, to: TSESTree.Node, facts: ClassFacts): boolean {
  const after = from === undefined ? fn.range[0] : from.range[1];
  const made = from === undefined ? new Set<string>() : namesMadeBy(fn, from);
  const decides = (node: TSESTree.Node): boolean => {
    const test = testIn(node);
    if (test === undefined || test.range[0] < after || test.range[1] > to.range[0]) return false;
    return (contains(node, to) || leaves(node)) && isOutside(test, made, facts);
  };
  return someBelow(fn, decides, (node) => node !== fn && (isFunction(node) || isClass(node)) && !contains(node, to));
}

/** What decides about the code below or after it; a call such as `signal.throwIfAborted()` decides by itself. */
function testIn(node: TSESTree.Node): TSESTree.Node | undefined {
  if (node.type === 'IfStatement' || node.type === 'ConditionalExpression') return node.test;
  if (node.type === 'LogicalExpression') return node.left;
  return node.type === 'CallExpression' && CHECKS.test(calleeName(node) ?? '') ? node.callee : undefined;
}

const CHECKS = /^(?:assert|check|ensure|invariant|throwIf|verify)/;

function leaves(node: TSESTree.Node): boolean {
  if (node.type !== 'IfStatement') return node.type === 'CallExpression';
  return alwaysExits(node.consequent) !== 'none' || alwaysExits(node.alternate) !== 'none';
}

/** The innermost function around a node. */
function functionAround(place: TSESTree.Node, root: TSESTree.Node): TSESTree.Node | undefined {
  const parents = known.get(root) ?? parentsBelow(root);
  known.set(root, parents);
  return innermostFunction(place, { parents });
}

const known = new WeakMap<TSESTree.Node, Parents>();
