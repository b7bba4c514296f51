import type { TSESTree } from '@typescript-eslint/utils';
import { thisMember } from './ast/this-member.ts';
import { unwrap } from './ast/unwrap.ts';
import { LIFE_STARTS, type Pair, PAIRS } from './pairs.ts';
import type { ClassFacts, Method, Side } from './service.ts';
import type { ResolvedSettings } from './settings.ts';

/** The methods that start a class and those that stop it, by whatever name; either may be none. */
export interface Hooks {
  readonly start: Pick<Side, 'forwarders' | 'methods'>;
  readonly stop: Pick<Side, 'forwarders' | 'methods'>;
}

export interface Sides extends Hooks {
  readonly start: Side;
  readonly stop: Side;
  /** How sure the names make it that this is a service. */
  readonly level: Pair['level'];
}

/** The lifecycle pair of a class: the methods that start it and those that stop it. */
export function readSides(facts: ClassFacts, settings: ResolvedSettings): Sides | undefined {
  const own = settings.pairs.map(([start, stop]): Pair => ({ start, stop, level: 'always' }));
  const present = [...own, ...PAIRS].filter(({ start, stop }) => isHook(facts, start) && isHook(facts, stop));
  const main = present.find(({ start, stop }) => !isForwarder(facts, start, [stop]) && stop !== '[Symbol.asyncDispose]') ?? present[0];
  if (main === undefined) return undefined;
  const same = present.filter((pair) => pair === main || (LIFE_STARTS.has(pair.start) && LIFE_STARTS.has(main.start) && !isKeyed(facts, pair)));
  const start = side(facts, main.start, same.map((pair) => pair.start));
  const stop = side(facts, main.stop, same.map((pair) => pair.stop));
  return { start, stop, level: main.level };
}

/** `start(id)` and `stop(id)`: operations on one of many things. */
export function isKeyed(facts: ClassFacts, { start, stop }: Pick<Pair, 'start' | 'stop'>): boolean {
  const [first] = facts.methods.get(start)?.value.params ?? [];
  const [other] = facts.methods.get(stop)?.value.params ?? [];
  if (first === undefined || other === undefined || !isRequired(first) || !isRequired(other)) return false;
  return first.type === 'Identifier' && other.type === 'Identifier' && first.name === other.name;
}

/** A public instance method that can be called without knowing which of many things it is about. */
function isHook(facts: ClassFacts, name: string): boolean {
  const method = facts.methods.get(name);
  return method !== undefined && method.isPublic && !method.isStatic && !method.isGenerator;
}

function side(facts: ClassFacts, first: string, names: readonly string[]): Side {
  const all = [...new Set([first, ...names])].filter((name) => name !== '[Symbol.asyncDispose]' || name === first);
  const forwarders = all.filter((name) => isForwarder(facts, name, all));
  const isUsable = (name: string): boolean => name === first || needsArguments(facts, first) || !needsArguments(facts, name);
  const working = all.filter((name) => !forwarders.includes(name) && isUsable(name));
  // Where the first name only forwards, the method that it forwards to does the work.
  const methods = methodsOf(facts, working.length === 0 ? [first] : working);
  const [main] = methods;
  if (main === undefined) throw new Error(`${facts.name} has no method ${first}`);
  return Object.freeze({ main, methods: Object.freeze(methods), forwarders: Object.freeze(methodsOf(facts, forwarders.filter((name) => name !== main.name))) });
}

function methodsOf(facts: ClassFacts, names: readonly string[]): Method[] {
  return names.flatMap((name) => facts.methods.get(name) ?? []);
}

/** `listen(channel, handler)` beside `open()` is an operation of the service, not another way to start it. */
function needsArguments(facts: ClassFacts, name: string): boolean {
  return (facts.methods.get(name)?.value.params ?? []).some(isRequired);
}

export function isRequired(param: TSESTree.Parameter): boolean {
  if (param.type === 'AssignmentPattern' || param.type === 'RestElement') return false;
  return !('optional' in param && param.optional);
}

/** `close() { return this.stop(); }`: the only statement is a call of another method of the same side. */
function isForwarder(facts: ClassFacts, name: string, side: readonly string[]): boolean {
  const body = facts.methods.get(name)?.value.body;
  if (body === undefined) return false;
  const only = body.type === 'BlockStatement' ? soleExpression(body) : body;
  if (only === undefined) return false;
  const inner = unwrap(only);
  const call = inner.type === 'AwaitExpression' ? unwrap(inner.argument) : inner;
  if (call.type !== 'CallExpression') return false;
  const target = thisMember(call.callee);
  return target !== undefined && target !== name && side.includes(target);
}

function soleExpression(body: TSESTree.BlockStatement): TSESTree.Expression | undefined {
  const [only, ...rest] = body.body;
  if (rest.length > 0) return undefined;
  if (only?.type === 'ExpressionStatement') return only.expression;
  return only?.type === 'ReturnStatement' ? (only.argument ?? undefined) : undefined;
}
