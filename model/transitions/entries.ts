import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { memberName } from '../ast/member-name.ts';
import { rebindsThis } from '../ast/rebinds-this.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import { TIMERS } from '../flow/callee-names.ts';
import type { Hooks } from '../read-sides.ts';
import type { ClassFacts, Method } from '../service.ts';
import { callbackAt, localFunctionsIn } from './callback-at.ts';
import { publicMethods } from './public-methods.ts';

/** A function that runs beside start and stop: on a timer, on an event, or because somebody outside calls it. */
export interface Entry {
  readonly kind: 'event' | 'interval' | 'public' | 'timer';
  /** As in messages: `timer callback`, `` `close` handler``; empty for what callers see. */
  readonly what: string;
  readonly method: Method;
  /** The field that keeps the timer. */
  readonly timer: string | undefined;
}

const LISTENS = new Set(['addEventListener', 'addListener', 'on', 'once', 'prependListener', 'prependOnceListener', 'subscribe']);

/** Where work of a class begins that is neither start nor stop; what stop itself arms is part of stop. */
export function entriesOf(facts: ClassFacts, sides: Hooks): readonly Entry[] {
  const stops = new Set([...sides.stop.methods, ...sides.stop.forwarders].map(({ name }) => name));
  const bodies = [...facts.methods.values()].filter(({ name, isStatic }) => !isStatic && !stops.has(name)).map(({ value }) => value);
  const made = [...facts.fields.values()].flatMap(({ init, isStatic }) => (init === undefined || isStatic || isFunction(init) ? [] : [init]));
  const places = [...bodies, ...(facts.constructorNode === undefined ? [] : [facts.constructorNode.value]), ...made];
  const callbacks = places.flatMap((place) => callbacksIn(place, facts));
  const taken = new Set(callbacks.map(({ method }) => method.value));
  const outside = publicMethods(facts, sides).filter(({ value }) => !taken.has(value));
  return [...callbacks, ...outside.map((method): Entry => ({ kind: 'public', what: '', method, timer: undefined }))];
}

function callbacksIn(place: TSESTree.Node, facts: ClassFacts): readonly Entry[] {
  const locals = localFunctionsIn(place);
  const found: Entry[] = [];
  const kept = new Map<TSESTree.Node, string>();
  const add = (kind: Entry['kind'], what: string, node: TSESTree.Node | undefined, timer?: string): void => {
    const callback = node === undefined ? undefined : callbackAt(node, facts, locals);
    if (callback !== undefined) found.push({ kind, what, method: callback, timer });
  };
  visit(place, (node) => {
    if (node !== place && rebindsThis(node)) return 'skip';
    if (node.type === 'CallExpression') {
      const name = calleeName(node) ?? '';
      const [first, second] = node.arguments;
      if (TIMERS.has(name)) add(name === 'setInterval' ? 'interval' : 'timer', `${name === 'setInterval' ? 'interval' : 'timer'} callback`, first, kept.get(node));
      else if (LISTENS.has(name)) add('event', eventOf(first), second ?? first);
      else if (listensByName(node, name)) add('event', `\`${name}\` handler`, first);
    } else if (node.type === 'AssignmentExpression') {
      const field = thisMember(node.left);
      if (field !== undefined) kept.set(unwrap(node.right), field);
      const handler = handlerName(node.left);
      if (handler !== undefined) add('event', `\`${handler}\` handler`, node.right);
    }
    return undefined;
  });
  return found;
}

/** `session.onClose(() => …)`; what the class itself, or a parent, does with a callback is its own affair. */
function listensByName(call: TSESTree.CallExpression, name: string): boolean {
  const callee = unwrap(call.callee);
  return /^on(?:Close|Disconnect|End|Error|Exit|Lost)(?:d|ed)?$/.test(name) && call.arguments.length === 1 && callee.type === 'MemberExpression' && callee.object.type !== 'Super' && thisMember(callee) === undefined;
}

/** `socket.onclose = …`; a handler that the class keeps for others, `this.onclose = …`, is not one it listens with. */
function handlerName(left: TSESTree.Node): string | undefined {
  const inner = unwrap(left);
  const name = inner.type === 'MemberExpression' ? memberName(inner) : undefined;
  return name !== undefined && /^on[A-Za-z]/.test(name) && thisMember(inner) === undefined ? name : undefined;
}

function eventOf(event: TSESTree.Node | undefined): string {
  return event?.type === 'Literal' && typeof event.value === 'string' ? `\`${event.value}\` handler` : 'event handler';
}
