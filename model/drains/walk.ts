import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from '../ast/children.ts';
import { isClass } from '../ast/is-class.ts';
import { isFunction } from '../ast/is-function.ts';
import { unwrap } from '../ast/unwrap.ts';
import { scopeIn } from '../locks/lock-scope.ts';
import type { ClassFacts, Drain, FunctionNode } from '../service.ts';
import { nameOfWork } from './name-of-work.ts';
import { notesOf } from './function-notes.ts';
import { limitOfAcquired } from './hold-limit.ts';
import { type Limit, limitPerhaps, looser, NO_LIMIT, tighter } from './limit.ts';
import { isPoll, pollLimit } from './poll.ts';
import type { Place, Wait } from './place.ts';
import { readWaited } from './read-waited.ts';
import { joinsStop } from './joins-stop.ts';
import { isOfInstance } from './rooted.ts';

const MAX_DEPTH = 6;
const MAX_ENTERED = 200;

/** Enters a function whose names are its own: a method, or a function at the top of the file. */
export function enterMethod(fn: FunctionNode, owner: ClassFacts, place: Place, changes: Partial<Place>): void {
  const scope = scopeIn(place.scope, owner, fn);
  const inner: Place = { ...place, given: new Set(), demanded: new Set(), ...changes, scope, fn };
  const forces = notesOf(fn).forces[0];
  const limits = [limitOfAcquired(fn, scope, inner.limit), forces === undefined ? NO_LIMIT : limitPerhaps(forces)];
  enterFunction(fn, { ...inner, limit: limits.reduce(tighter) });
}

/** Enters a function in whose place names mean what they mean outside: a callback, or an arrow function kept in a local. */
export function enterFunction(fn: FunctionNode, place: Place): void {
  const { walk, stack } = place;
  walk.entered++;
  if (stack.includes(fn) || stack.length > MAX_DEPTH || walk.entered > MAX_ENTERED || fn.generator) return;
  const inner = { ...place, stack: [...stack, fn], isWaited: true };
  if (fn.body.type === 'BlockStatement') read(fn.body, inner);
  else readReturned(fn.body, inner);
}

/** Reads code that nobody waits for as such, and the awaits in it. */
export function read(node: TSESTree.Node, place: Place): void {
  switch (node.type) {
    case 'AwaitExpression':
      openWait(node, node.argument, place);
      return;
    case 'ReturnStatement':
      if (node.argument !== null) readReturned(node.argument, place);
      return;
    case 'ExpressionStatement': {
      const inner = unwrap(node.expression);
      if (inner.type === 'AwaitExpression') place.walk.ignored.add(inner);
      break;
    }
    case 'VariableDeclarator': {
      const isUnused = node.id.type === 'Identifier' && (notesOf(place.fn).mentions.get(node.id.name) ?? 0) < 2;
      const inner = node.init === null ? undefined : unwrap(node.init);
      if (isUnused && inner?.type === 'AwaitExpression') place.walk.ignored.add(inner);
      break;
    }
    case 'IfStatement':
      read(node.test, place);
      if (joinsStop(node)) return;
      for (const branch of [node.consequent, node.alternate]) if (branch !== null) read(branch, optional(node.test, place));
      return;
    case 'DoWhileStatement':
    case 'ForStatement':
    case 'WhileStatement':
      if (isPoll(node, place)) {
        addDrain({ node, work: node, leaves: [tighter(place.limit, pollLimit(node, place))] }, place);
        return;
      }
      break;
    case 'ForOfStatement':
      if (node.await && isOfInstance(node.right, place)) addDrain({ node, work: node, leaves: [place.limit] }, place);
      break;
    default:
      if (isFunction(node) || isClass(node)) return;
  }
  // Not every parser lists the parts of a node in the order in which they stand.
  for (const child of childNodes(node).toSorted((first, second) => first.range[0] - second.range[0])) read(child, place);
}

/** Inside a method that others call too, what an argument decides may not be so for stop. */
function optional(test: TSESTree.Node, place: Place): Place {
  if (place.into === undefined || place.isOptional) return place;
  const names = new Set<string>();
  const collect = (node: TSESTree.Node): void => {
    if (node.type === 'Identifier') names.add(node.name);
    childNodes(node).forEach(collect);
  };
  collect(test);
  const isOptional = [...names].some((name) => place.scope.locals.get(name)?.isParameter === true);
  return { ...place, isOptional };
}

function readReturned(argument: TSESTree.Expression, place: Place): void {
  if (place.isWaited && unwrap(argument).type !== 'AwaitExpression') openWait(argument, argument, place);
  else read(argument, place);
}

/** Reads what an await, or whoever waits for a return, waits for. */
export function openWait(node: TSESTree.Node, work: TSESTree.Node, place: Place): void {
  if (place.into !== undefined) {
    readWaited(work, place.into, place);
    return;
  }
  const wait: Wait = { node, work, leaves: [] };
  // Before the waits in callbacks of it.
  const index = place.walk.drains.length;
  readWaited(work, wait, place);
  addDrain(wait, place, index);
}

/** Something that a wait waits for, and that may never come. */
export function addLeaf(wait: Wait, place: Place, own: Limit = NO_LIMIT): void {
  const limit = tighter(place.limit, own);
  wait.leaves.push(place.isOptional && limit.fact === 'no' ? { ...limit, fact: 'unknown' } : limit);
}

/** Takes out the drains that were found inside a wait: whoever limits the wait limits them too. */
function takeInside(work: TSESTree.Node, { drains }: Place['walk'], index: number): Limit[] {
  const found = drains.splice(index);
  const isInside = ({ node: { range } }: Drain): boolean => work.range[0] <= range[0] && range[1] <= work.range[1];
  drains.push(...found.filter((drain) => !isInside(drain)));
  return found.filter(isInside).map(({ bounded, deadline }) => ({ fact: bounded, deadline, work: undefined }));
}

/** Whether a deadline stands in what is waited for, or round the method; not in a function that is called there. */
function isReached({ deadline }: Limit, work: TSESTree.Node, place: Place): boolean {
  if (deadline === undefined || deadline === place.limit.deadline) return true;
  const [start, end] = deadline.node.range;
  return work.range[0] <= start && end <= work.range[1];
}

function addDrain({ node, work, leaves }: Wait, place: Place, index = place.walk.drains.length): void {
  const { walk, into } = place;
  if (leaves.length === 0) return;
  const [first = NO_LIMIT, ...others] = [...leaves, ...(into === undefined ? takeInside(work, walk, index) : [])];
  const limit = others.reduce(looser, first);
  if (into !== undefined) {
    into.leaves.push(place.isOptional && limit.fact === 'no' ? { ...limit, fact: 'unknown' } : limit);
    return;
  }
  if (walk.seen.has(node)) return;
  walk.seen.add(node);
  const isShared = others.every(({ deadline }) => deadline?.node === limit.deadline?.node);
  const inside = isShared && isReached(limit, work, place) ? (limit.work ?? work) : work;
  walk.drains.splice(index, 0, Object.freeze({ node, work: inside, name: nameOfWork(inside), method: place.method, bounded: limit.fact, deadline: limit.deadline }));
}
