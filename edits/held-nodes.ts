import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from '../model/ast/children.ts';
import { isFunction } from '../model/ast/is-function.ts';
import { thisMember } from '../model/ast/this-member.ts';
import { unwrap } from '../model/ast/unwrap.ts';
import type { ClassFacts, Method } from '../model/service.ts';
import { awaitedNames } from './awaited-names.ts';
import { returnsPromise } from './returns-promise.ts';

interface Walk {
  readonly facts: ClassFacts;
  readonly opaque: ReadonlySet<string>;
  readonly entered: Set<string>;
  readonly nodes: TSESTree.Node[];
}

/**
 * What runs before a method returns, its helpers in place, in about the order in which it runs: what is inside a node comes before it. An await
 * of such a helper is left out, since its own awaits are there. Work that is only begun is not looked into.
 */
export function heldNodes(facts: ClassFacts, method: Method): readonly TSESTree.Node[] {
  const ofClass = cache.get(facts) ?? new Map<Method, readonly TSESTree.Node[]>();
  cache.set(facts, ofClass);
  const nodes = ofClass.get(method) ?? walkOf(facts, method, new Set()).nodes;
  ofClass.set(method, nodes);
  return nodes;
}

const cache = new WeakMap<ClassFacts, Map<Method, readonly TSESTree.Node[]>>();

/** The methods of its class that a method runs before it returns, itself among them; those in `opaque` are not looked into. */
export function heldMethods(facts: ClassFacts, method: Method, opaque: ReadonlySet<string>): ReadonlySet<string> {
  return walkOf(facts, method, opaque).entered;
}

function walkOf(facts: ClassFacts, method: Method, opaque: ReadonlySet<string>): Walk {
  const walk: Walk = { facts, opaque, entered: new Set([method.name]), nodes: [] };
  readBody(walk, method);
  return walk;
}

function enter(walk: Walk, method: Method): void {
  if (walk.entered.has(method.name)) return;
  walk.entered.add(method.name);
  if (!walk.opaque.has(method.name)) readBody(walk, method);
}

function readBody(walk: Walk, { value: { body } }: Method): void {
  read(walk, body, body.type !== 'BlockStatement', awaitedNames(body));
}

function read(walk: Walk, node: TSESTree.Node, isAwaited: boolean, names: ReadonlyMap<string, number>): void {
  const awaits = isAwaited || node.type === 'AwaitExpression' || node.type === 'ReturnStatement' || isKeptAndAwaited(node, names);
  for (const child of childNodes(node)) {
    if (!isFunction(child)) read(walk, child, awaits, names);
    else if (runsAtOnce(node, child, awaits)) read(walk, child.body, child.body.type !== 'BlockStatement', awaitedNames(child.body));
  }
  const helper = helperOf(walk, node);
  if (helper !== undefined && (awaits || !returnsPromise(helper))) enter(walk, helper);
  if (node.type !== 'AwaitExpression' || helperOf(walk, unwrap(node.argument)) === undefined) walk.nodes.push(node);
}

function helperOf({ facts }: Walk, node: TSESTree.Node): Method | undefined {
  return node.type === 'CallExpression' ? facts.methods.get(thisMember(node.callee) ?? '') : undefined;
}

/** `this.starting ??= this.open()`, where the field is awaited or returned. */
function isKeptAndAwaited(node: TSESTree.Node, names: ReadonlyMap<string, number>): boolean {
  if (node.type === 'VariableDeclarator') return node.id.type === 'Identifier' && names.has(node.id.name);
  return node.type === 'AssignmentExpression' && names.has(`this.${thisMember(node.left) ?? ''}`);
}

/** Functions that are called where they stand, or given to a call that is awaited or returned. */
function runsAtOnce(node: TSESTree.Node, child: TSESTree.Node, awaits: boolean): boolean {
  if (node.type === 'CallExpression') return awaits || node.callee === child;
  return node.type === 'NewExpression' && awaits;
}
