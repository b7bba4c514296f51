import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { childNodes } from '../ast/children.ts';
import { constantKey } from '../ast/constant-key.ts';
import { isFunction } from '../ast/is-function.ts';
import { placeName } from '../ast/place-name.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import { CHAINS, TIMERS } from '../flow/callee-names.ts';
import { methodOf } from '../flow/walk.ts';
import type { Sides } from '../read-sides.ts';
import type { ClassFacts, FunctionNode } from '../service.ts';
import { constant, eitherOf, OBJECT, truthOf, UNKNOWN, type Vals } from './state.ts';

/** What calls its callback at another time. */
const LATER = new Set([...CHAINS, ...TIMERS, 'addEventListener', 'addListener', 'on', 'once', 'prependListener', 'subscribe']);

export interface Volatile {
  readonly volatile: ReadonlyMap<string, Vals>;
  /** What is dropped: when the work ends for one, and not while it hangs. */
  readonly dropped: ReadonlyMap<string, Vals>;
}

/** What is written by code that neither start nor stop runs or waits for, whenever it runs: other methods, the background work, callbacks. */
export function volatileOf(facts: ClassFacts, { start, stop }: Pick<Sides, 'start' | 'stop'>): Volatile {
  const followed = new Set<TSESTree.Node>();
  for (const { value } of [...start.methods, ...start.forwarders]) follow({ facts, side: 'start', followed }, value);
  for (const { value } of [...stop.methods, ...stop.forwarders]) follow({ facts, side: 'stop', followed }, value);
  const volatile = new Map<string, Vals>();
  const dropped = new Map<string, Vals>();
  const note = (node: TSESTree.Node, isFollowed: boolean): void => {
    const isInside = isFunction(node) ? followed.has(node) : isFollowed;
    const field = writtenField(node);
    const vals = field === undefined || isInside ? undefined : valueOf(node);
    const written = vals !== undefined && truthOf(vals) === false ? dropped : volatile;
    if (field !== undefined && vals !== undefined) written.set(field, eitherOf(written.get(field) ?? [], vals));
    for (const child of childNodes(node)) note(child, isInside);
  };
  for (const { value, isStatic } of facts.methods.values()) if (!isStatic) note(value, false);
  return { volatile, dropped };
}

interface Following {
  readonly facts: ClassFacts;
  readonly side: 'start' | 'stop';
  readonly followed: Set<TSESTree.Node>;
}

/** Marks a function as one that runs within start or stop, and all that it runs itself. */
function follow(following: Following, fn: FunctionNode): void {
  const { facts, side, followed } = following;
  if (followed.has(fn)) return;
  followed.add(fn);
  const look = (node: TSESTree.Node, waited: boolean): void => {
    if (isFunction(node)) {
      follow(following, node);
      return;
    }
    const isWaited = waited || node.type === 'AwaitExpression' || node.type === 'ReturnStatement';
    const name = node.type === 'MemberExpression' ? thisMember(node) : undefined;
    const called = name === undefined ? undefined : methodOf(facts, name)?.value;
    if (called !== undefined && (isWaited || side === 'stop' || !called.async)) follow(following, called);
    const kept = keptCall(node);
    if (kept !== undefined && waitsFor(fn, kept.target)) look(kept.call, true);
    const later = node.type === 'CallExpression' && LATER.has(calleeName(node) ?? '') ? node.arguments : [];
    for (const child of childNodes(node)) if (!later.some((argument) => argument === child)) look(child, isWaited);
  };
  for (const param of fn.params) look(param, false);
  if (fn.body.type === 'BlockStatement') for (const statement of fn.body.body) look(statement, false);
  else look(fn.body, true);
}

interface Kept {
  readonly target: TSESTree.Node;
  readonly call: TSESTree.Node;
}

/** `this.starting = this.begin()` */
function keptCall(node: TSESTree.Node): Kept | undefined {
  if (node.type === 'AssignmentExpression') return { target: node.left, call: node.right };
  return node.type === 'VariableDeclarator' && node.init !== null ? { target: node.id, call: node.init } : undefined;
}

/** Whether a function awaits, or returns, what it keeps in a field or a local. */
function waitsFor(fn: FunctionNode, target: TSESTree.Node): boolean {
  const kept = placeName(target);
  return kept !== undefined && waitedNames(fn).has(kept);
}

const known = new WeakMap<FunctionNode, ReadonlySet<string>>();

function waitedNames(fn: FunctionNode): ReadonlySet<string> {
  const read = known.get(fn);
  if (read !== undefined) return read;
  const names = new Set<string>();
  visit(fn.body, (node) => {
    const name = (node.type === 'AwaitExpression' || node.type === 'ReturnStatement') && node.argument !== null ? placeName(unwrap(node.argument)) : undefined;
    if (name !== undefined) names.add(name);
    return undefined;
  });
  known.set(fn, names);
  return names;
}

function writtenField(node: TSESTree.Node): string | undefined {
  if (node.type === 'AssignmentExpression') return thisMember(node.left);
  return node.type === 'UpdateExpression' ? thisMember(node.argument) : undefined;
}

function valueOf(node: TSESTree.Node): Vals {
  if (node.type !== 'AssignmentExpression' || node.operator !== '=') return UNKNOWN;
  const inner = unwrap(node.right);
  const key = constantKey(inner);
  if (key !== undefined) return constant(key);
  return ['ArrayExpression', 'NewExpression', 'ObjectExpression'].includes(inner.type) ? OBJECT : UNKNOWN;
}
