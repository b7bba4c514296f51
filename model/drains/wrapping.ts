import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { keyName } from '../ast/key-name.ts';
import { someBelow } from '../ast/some-below.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { findMethod } from '../locks/lock-scope.ts';
import type { FunctionNode } from '../service.ts';
import { errorOf } from './executor.ts';
import { fileFunction } from './file-functions.ts';
import { type Limit, limitBy, limitPerhaps, looser, NO_LIMIT } from './limit.ts';
import { tellsTimeout } from './names.ts';
import type { Place, Wait } from './place.ts';
import { importedCallee } from './read-imported.ts';
import { enterMethod } from './walk.ts';

/** The file that `--lock=inline` writes. */
const VENDORED = /(?:^|\/)lifecycle-lock(?:\.[cm]?[jt]s)?$/;

/** A call that puts a deadline round a promise, or round what a function does. */
export interface Wrapping {
  readonly limit: Limit;
  readonly works: readonly TSESTree.Node[];
}

export function wrappingOf(call: TSESTree.CallExpression, wait: Wait, place: Place): Wrapping | undefined {
  const name = calleeName(call) ?? '';
  const [first] = call.arguments;
  if (first === undefined) return undefined;
  if (place.scope.settings.timeouts.includes(name)) return { limit: limitBy(call, { work: worksIn(call)[0] }), works: worksIn(call) };
  const imported = importedCallee(call, place);
  if (imported?.from === 'p-timeout' || (imported === undefined && name === 'pTimeout' && fileFunction(name, place) === undefined)) {
    return { limit: limitOfPTimeout(call, first, wait, place), works: [first] };
  }
  if (imported !== undefined && /^es-toolkit(?:\/|$)/.test(imported.from) && imported.name === 'withTimeout') {
    return { limit: limitBy(call, { error: localNameOf('TimeoutError', 'es-toolkit', place), work: first }), works: [first] };
  }
  if (imported !== undefined && VENDORED.test(imported.from) && imported.name === 'withDeadline') {
    return { limit: limitBy(call, { error: localNameOf('DrainTimeoutError', imported.from, place), work: first }), works: [first] };
  }
  if (imported !== undefined) return tellsTimeout(imported.name) ? { limit: limitPerhaps(call, worksIn(call)[0]), works: worksIn(call) } : undefined;
  return chainedTimeout(call, name) ?? homeMade(call, wait, place);
}

/** Bluebird's `this.task.timeout(5000)`. */
function chainedTimeout(call: TSESTree.CallExpression, name: string): Wrapping | undefined {
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression' || name !== 'timeout') return undefined;
  const object = unwrap(callee.object);
  return object.type === 'ThisExpression' ? undefined : { limit: limitBy(call, { work: object }), works: [object] };
}

function worksIn(call: TSESTree.CallExpression): readonly TSESTree.Node[] {
  return call.arguments.filter((argument) => isWorkLike(unwrap(argument)));
}

function isWorkLike(node: TSESTree.Node): boolean {
  return isFunction(node) || ['CallExpression', 'Identifier', 'LogicalExpression', 'MemberExpression', 'NewExpression'].includes(node.type);
}

/** `pTimeout(promise, { milliseconds })` and, before version 6, `pTimeout(promise, ms, fallback)`. */
function limitOfPTimeout(call: TSESTree.CallExpression, work: TSESTree.Node, wait: Wait, place: Place): Limit {
  const [, second, third] = call.arguments;
  const options = second === undefined ? undefined : unwrap(second);
  if (options?.type === 'Identifier' && options.name === 'Infinity') return NO_LIMIT;
  const error = localNameOf('TimeoutError', 'p-timeout', place);
  if (third !== undefined && isFunction(unwrap(third))) return fallback(call, unwrap(third), work, wait, place);
  if (options?.type !== 'ObjectExpression') return limitBy(call, { error, work });
  for (const property of options.properties) {
    if (property.type !== 'Property') continue;
    const value = unwrap(property.value);
    const key = keyName(property);
    if (key === 'milliseconds' && value.type === 'Identifier' && value.name === 'Infinity') return NO_LIMIT;
    if (key === 'fallback') return fallback(call, value, work, wait, place);
    if (key === 'message' && value.type === 'Literal' && value.value === false) return limitBy(call, { flaw: 'resolves', work });
    if (key === 'message' && value.type === 'NewExpression') return limitBy(call, { error: errorOf(value), work });
  }
  return limitBy(call, { error, work });
}

/** The name under which a file imports a class. */
function localNameOf(name: string, from: string, { scope }: Place): string {
  const found = [...scope.file.imports].find(([, imported]) => imported.name === name && imported.from.startsWith(from));
  return found?.[0] ?? name;
}

/** A fallback that throws rejects; one whose value is looked at tells the timeout; any other hides it. */
function fallback(call: TSESTree.Node, value: TSESTree.Node, work: TSESTree.Node, wait: Wait, place: Place): Limit {
  if (!isFunction(value)) return limitPerhaps(call, work);
  if (someBelow(value.body, ({ type }) => type === 'ThrowStatement')) return limitBy(call, { work });
  const acts = someBelow(value.body, ({ type }) => type === 'AssignmentExpression');
  const isUsed = wait.node.type === 'AwaitExpression' && !place.walk.ignored.has(wait.node);
  return acts || isUsed ? limitPerhaps(call, work) : limitBy(call, { flaw: 'resolves', work });
}

/** A function of the file that gets the work as an argument: what it does with that tells whether it limits it. */
function homeMade(call: TSESTree.CallExpression, { node }: Wait, place: Place): Wrapping | undefined {
  const own = thisMember(call.callee);
  const callee = unwrap(call.callee);
  const method = own === undefined ? undefined : findMethod(place.scope, own);
  const fn = method?.method.value ?? (callee.type === 'Identifier' ? fileFunction(callee.name, place) : undefined);
  if (fn === undefined || place.stack.includes(fn) || (callee.type === 'Identifier' && place.scope.locals.has(callee.name))) return undefined;
  const works = call.arguments.filter((argument, index) => isPassedWork(unwrap(argument)) && isAwaitedParam(fn.params[index], fn.body));
  if (works.length === 0) return undefined;
  const inside: Wait = { node, work: call, leaves: [] };
  enterMethod(fn, method?.owner ?? place.scope.facts, place, { into: inside });
  const [first, ...others] = inside.leaves;
  const limit = first === undefined ? NO_LIMIT : others.reduce(looser, first);
  if (limit.deadline === undefined) return { limit, works };
  const within = method !== undefined && writesField(fn) ? limit.deadline.node : undefined;
  return { limit: { ...limit, deadline: { ...limit.deadline, node: call, inside: within }, work: works[0] }, works };
}

function writesField({ body }: FunctionNode): boolean {
  return someBelow(body, (node) => node.type === 'AssignmentExpression' && thisMember(node.left) !== undefined);
}

function isPassedWork(node: TSESTree.Node): boolean {
  return isFunction(node) || node.type === 'CallExpression' || node.type === 'MemberExpression' || node.type === 'Identifier' || node.type === 'LogicalExpression';
}

/** Whether a parameter is a promise, or a function that gives one: it is raced, awaited or called. */
function isAwaitedParam(param: TSESTree.Parameter | undefined, body: TSESTree.Node): boolean {
  if (param?.type !== 'Identifier') return false;
  const isParam = (node: TSESTree.Node | null | undefined): boolean => {
    const inner = node == null ? undefined : unwrap(node);
    if (inner?.type === 'CallExpression') return isParam(inner.callee);
    return inner?.type === 'Identifier' && inner.name === param.name;
  };
  return someBelow(body, (node) => {
    if (node.type === 'AwaitExpression' || node.type === 'ReturnStatement') return isParam(node.argument);
    if (node.type === 'ArrayExpression') return node.elements.some(isParam);
    if (node.type === 'CallExpression') return calleeName(node) === 'then' ? node.callee.type === 'MemberExpression' && isParam(node.callee.object) : /timeout/i.test(calleeName(node) ?? '') && node.arguments.some(isParam);
    return false;
  });
}
