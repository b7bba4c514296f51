import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from './ast/children.ts';
import { calleeName } from './ast/callee-name.ts';
import { isFunction } from './ast/is-function.ts';
import { thisMember } from './ast/this-member.ts';
import { unwrap } from './ast/unwrap.ts';
import { CHAINS } from './flow/callee-names.ts';
import type { Flow, Step } from './flow/step.ts';
import type { Flows } from './races/flows.ts';
import { isKeyed, type Sides } from './read-sides.ts';
import type { ClassFacts, Method } from './service.ts';
import { isPromiseType } from './ast/is-promise-type.ts';

const FACTORY_NAMES = new Set(['connect', 'open']);

/** Why a class with a lifecycle pair is no service: see "Not services" in docs/model.md. */
export type NotService = 'declared' | 'empty' | 'factory' | 'keyed' | 'no-evidence' | 'only-super' | 'synchronous';

/** Whether a class with a lifecycle pair is a service; see "Not services" in docs/model.md for what only looks like one. */
export function isService(facts: ClassFacts, sides: Sides, flows: Flows): boolean {
  return notServiceBecause(facts, sides, flows) === undefined;
}

/** Undefined for a service. */
export function notServiceBecause(facts: ClassFacts, { start, stop, level }: Sides, flows: Flows): NotService | undefined {
  if (facts.node.declare) return 'declared';
  if (level === 'host') return undefined;
  if (!isAsynchronous(facts, start.main) && !isAsynchronous(facts, stop.main)) return 'synchronous';
  if (isEmpty(start.main) && isEmpty(stop.main)) return 'empty';
  if (onlyCallsSuper(start.main) && onlyCallsSuper(stop.main)) return 'only-super';
  if (isKeyed(facts, { start: start.main.name, stop: stop.main.name })) return 'keyed';
  if (isFactory(start.main, flows.start)) return 'factory';
  return level === 'always' || hasEvidence(facts, flows) ? undefined : 'no-evidence';
}

/** `async`, a declared `Promise`, or a promise that is returned. */
function isAsynchronous(facts: ClassFacts, { value, isAsync }: Method): boolean {
  if (isAsync) return true;
  const declared = value.returnType?.typeAnnotation;
  return declared === undefined ? results(value).some((result) => isPromise(facts, result)) : isPromiseType(declared);
}

function isPromise(facts: ClassFacts, node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  if (inner.type === 'NewExpression') return calleeName(inner) === 'Promise';
  if (inner.type === 'AssignmentExpression' || inner.type === 'LogicalExpression') return isPromise(facts, inner.right);
  if (inner.type === 'ConditionalExpression') return isPromise(facts, inner.consequent) || isPromise(facts, inner.alternate);
  return inner.type === 'CallExpression' && givesPromise(facts, inner);
}

/** An async method of the class, a chain, a static of `Promise`, or a runner of an async callback. */
function givesPromise(facts: ClassFacts, node: TSESTree.CallExpression): boolean {
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression') return isFunction(callee) && callee.async;
  const own = thisMember(callee);
  if (own !== undefined) return facts.methods.get(own)?.isAsync === true;
  if (CHAINS.has(calleeName(node) ?? '') || (callee.object.type === 'Identifier' && callee.object.name === 'Promise')) return true;
  return node.arguments.some((argument) => isFunction(argument) && (argument.async || isPromise(facts, argument.body)));
}

/** What a function returns, from wherever in it. */
function results(value: Method['value']): TSESTree.Node[] {
  if (value.body.type !== 'BlockStatement') return [value.body];
  const found: TSESTree.Node[] = [];
  const visit = (node: TSESTree.Node): void => {
    if (isFunction(node)) return;
    if (node.type === 'ReturnStatement' && node.argument !== null) found.push(node.argument);
    childNodes(node).forEach(visit);
  };
  visit(value.body);
  return found;
}

/** Null objects and stubs: nothing in the body, or nothing but a throw. */
function isEmpty({ value }: Method): boolean {
  if (value.body.type !== 'BlockStatement') return false;
  return value.body.body.every(({ type }) => type === 'ThrowStatement' || type === 'EmptyStatement');
}

function onlyCallsSuper({ value }: Method): boolean {
  const { body } = value;
  const statements = body.type === 'BlockStatement' ? body.body : [];
  const [only] = statements;
  if (statements.length !== 1 || only === undefined) return false;
  const expression = only.type === 'ExpressionStatement' ? only.expression : only.type === 'ReturnStatement' ? only.argument : null;
  const call = expression === null ? undefined : unwrap(expression.type === 'AwaitExpression' ? expression.argument : expression);
  return call?.type === 'CallExpression' && call.callee.type === 'MemberExpression' && call.callee.object.type === 'Super';
}

/** `connect()` that gives a new client, `open()` that gives a handle: what is started is not this object. */
function isFactory({ name, value }: Method, { steps }: Flow): boolean {
  if (!FACTORY_NAMES.has(name) || steps.some(({ kind }) => kind === 'write' || kind === 'test')) return false;
  return results(value).some((result) => !['CallExpression', 'ThisExpression'].includes(unwrap(result).type));
}

/** Names such as init and destroy mean a lifecycle only where the class spawns work, sets timers or keeps a running flag. */
function hasEvidence(facts: ClassFacts, { start, stop }: Flows): boolean {
  const steps = [...start.steps, ...stop.steps];
  if (steps.some(({ kind }) => kind === 'spawn') || stop.steps.some(isTimerRelease)) return true;
  const flags = steps.flatMap((step) => (step.kind === 'write' && step.value.kind === 'constant' && !step.deep ? [step.field] : []));
  const tested = new Set(steps.flatMap((step) => (step.kind === 'test' ? [step.field] : [])));
  return flags.some((flag) => tested.has(flag) || flags.indexOf(flag) !== flags.lastIndexOf(flag)) && facts.methods.size > 1;
}

function isTimerRelease(step: Step): boolean {
  return step.kind === 'call' && /^clear(?:Immediate|Interval|Timeout)$/.test(step.name);
}
