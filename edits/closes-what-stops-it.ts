import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../model/ast/callee-name.ts';
import { isFunction } from '../model/ast/is-function.ts';
import { someBelow } from '../model/ast/some-below.ts';
import { thisMember } from '../model/ast/this-member.ts';
import { unwrap } from '../model/ast/unwrap.ts';
import { visit } from '../model/ast/visit.ts';
import { RELEASES } from '../model/flow/release-names.ts';
import type { ClassFacts, Service } from '../model/service.ts';
import { sideNames } from '../model/side-names.ts';
import { helpersOf } from './helpers-of.ts';
import type { Obstacle } from './lock-obstacle.ts';

const LISTENS = new Set(['addEventListener', 'addListener', 'on', 'once', 'prependListener']);
const ENDS = /close|disconnect|end|error|exit|finish/i;

/**
 * `this.socket.on('close', () => void this.stop())`, where stop closes that socket: the second stop, which used to find all done, would wait
 * for the lock and then end what a start in between has begun.
 */
export function closesWhatStopsIt({ facts, stop }: Service): Obstacle | undefined {
  const stops = sideNames(stop);
  const helpers = stop.methods.flatMap(({ name }) => helpersOf(facts, name));
  const released = new Set(helpers.flatMap(({ value }) => releasedIn(value.body)));
  let found: Obstacle | undefined;
  visit(facts.node.body, (node) => {
    const listener = node.type === 'CallExpression' ? listenerOf(node, facts) : undefined;
    if (listener === undefined || found !== undefined || !released.has(listener.field)) return undefined;
    const call = callOf(listener.handler, stops);
    const why = `closes this.${listener.field}, whose handler calls this.${call ?? ''}() again: that call would wait for the lock, and end what a later start has begun`;
    if (call !== undefined) found = { node, why: `${stop.main.name}() ${why}` };
    return undefined;
  });
  return found;
}

/** The fields on which something is called that closes them, also under a local name. */
function releasedIn(body: TSESTree.Node): readonly string[] {
  const locals = new Map<string, string>();
  const fields: string[] = [];
  visit(body, (node) => {
    const from = node.type === 'VariableDeclarator' && node.init !== null ? thisMember(node.init) : undefined;
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && from !== undefined) locals.set(node.id.name, from);
    const callee = node.type === 'CallExpression' && RELEASES.has(calleeName(node) ?? '') ? unwrap(node.callee) : undefined;
    const object = callee?.type === 'MemberExpression' ? unwrap(callee.object) : undefined;
    const field = object === undefined ? undefined : (thisMember(object) ?? (object.type === 'Identifier' ? locals.get(object.name) : undefined));
    if (field !== undefined) fields.push(field);
    return undefined;
  });
  return fields;
}

/** `this.socket.on('close', handler)`, `this.socket.onClose(handler)`, also on the local name that the field was set from. */
function listenerOf(node: TSESTree.CallExpression, facts: ClassFacts): { readonly field: string; readonly handler: TSESTree.Node } | undefined {
  const name = calleeName(node) ?? '';
  const callee = unwrap(node.callee);
  const [first, handler = first] = node.arguments;
  const event = LISTENS.has(name) ? (first?.type === 'Literal' ? String(first.value) : 'close') : /^on(?=[A-Z])/.test(name) ? name : '';
  if (!ENDS.test(event) || callee.type !== 'MemberExpression' || handler === undefined) return undefined;
  const object = unwrap(callee.object);
  const field = thisMember(object) ?? (object.type === 'Identifier' ? fieldSetFrom(facts, object.name) : undefined);
  return field === undefined ? undefined : { field, handler };
}

function fieldSetFrom({ node: { body } }: ClassFacts, local: string): string | undefined {
  let field: string | undefined;
  visit(body, (node) => {
    if (node.type === 'AssignmentExpression' && node.right.type === 'Identifier' && node.right.name === local) field ??= thisMember(node.left);
    return undefined;
  });
  return field;
}

/** The stop that a handler calls whatever the state of the service. */
function callOf(handler: TSESTree.Node, stops: ReadonlySet<string>): string | undefined {
  const own = thisMember(handler);
  if (own !== undefined) return stops.has(own) ? own : undefined;
  if (!isFunction(handler)) return undefined;
  const isTest = (node: TSESTree.Node): boolean => 'test' in node && node.test != null && someBelow(node.test, (inner) => thisMember(inner) !== undefined);
  const isGuarded = someBelow(handler.body, (node) => isTest(node) || (node.type === 'LogicalExpression' && someBelow(node.left, (inner) => thisMember(inner) !== undefined)));
  if (isGuarded) return undefined;
  let name: string | undefined;
  visit(handler.body, (node) => {
    const called = thisMember(node);
    if (called !== undefined && stops.has(called)) name ??= called;
    return undefined;
  });
  return name;
}
