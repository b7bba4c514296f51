import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { keyName } from '../ast/key-name.ts';
import { memberName } from '../ast/member-name.ts';
import { thisMember } from '../ast/this-member.ts';
import { thisRoot } from '../ast/this-root.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { FunctionNode, Method } from '../service.ts';
import { CHAINS, ITERATORS, RUNNERS, TIMERS } from './callee-names.ts';
import { readCondition } from './read-condition.ts';
import { readExpression } from './read-expression.ts';
import { readBlock, readReturn } from './read-statement.ts';
import { readValue } from './read-value.ts';
import { rootField } from './root-field.ts';
import type { Value } from './step.ts';
import { apart, emit, inFunction, isOnStack, type Local, localOf, methodOf, scopeOf, type Walk } from './walk.ts';

export function readCall(walk: Walk, node: TSESTree.CallExpression, waited: boolean): void {
  const callee = unwrap(node.callee);
  if (isFunction(callee)) {
    readInline(walk, node, callee, `=>${callee.range[0]}`, node.arguments, waited);
    return;
  }
  const name = calleeName(node) ?? '';
  const local = callee.type === 'Identifier' ? localOf(walk, callee.name)?.fn : undefined;
  if (local !== undefined && !isOnStack(walk, `=>${local.range[0]}`)) {
    readWithArguments(walk, node, local, `=>${local.range[0]}`, waited);
    return;
  }
  const own = thisMember(callee);
  if (own !== undefined && walk.opaque.has(own)) {
    emit(walk, { kind: 'call', node, name: own, on: undefined, viaLocal: false, args: [], self: true, waited });
    return;
  }
  const method = own === undefined ? superMethod(walk, callee) : methodOf(walk.facts, own);
  if (method !== undefined && !isOnStack(walk, method.name)) {
    readWithArguments(walk, node, method.value, method.name, waited);
    return;
  }
  if (callee.type === 'MemberExpression' && CHAINS.has(name)) readChain(walk, node, callee, waited);
  else readOther(walk, node, callee, name, waited);
}

function readWithArguments(walk: Walk, node: TSESTree.CallExpression, fn: FunctionNode, name: string, waited: boolean): void {
  for (const argument of node.arguments) if (!isFunction(argument)) readExpression(walk, argument, false);
  readInline(walk, node, fn, name, node.arguments, waited);
}

function superMethod(walk: Walk, callee: TSESTree.Node): Method | undefined {
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Super' || typeof walk.facts.base !== 'object') return undefined;
  const name = memberName(callee);
  return name === undefined ? undefined : methodOf(walk.facts.base, name);
}

/** `new Promise(executor)` runs its executor at once. */
export function readNew(walk: Walk, node: TSESTree.NewExpression, waited: boolean): void {
  const [executor] = node.arguments;
  if (calleeName(node) === 'Promise' && executor !== undefined && isFunction(executor)) {
    readInline(walk, node, executor, `=>${executor.range[0]}`, [], false);
    return;
  }
  for (const argument of node.arguments) readExpression(walk, argument, false);
  if (!waited) return;
  emit(walk, { kind: 'call', node, name: calleeName(node) ?? '', on: undefined, viaLocal: false, args: [], self: false, waited });
}

/** Reads a function in place of its call. Of an async function that nobody waits for, only what runs before its first await. */
function readInline(walk: Walk, node: TSESTree.Node, fn: FunctionNode, name: string, args: readonly TSESTree.Node[], waited: boolean): void {
  // To call a generator runs nothing of it.
  if (fn.generator) return;
  const { body } = fn;
  const locals = bindParams(walk, fn, args);
  const tail = node === walk.tailCall && scopeOf(walk).tail;
  const read = (): void => {
    if (body.type === 'BlockStatement') readBlock(walk, body.body, true);
    else readReturn(walk, body);
  };
  if (!fn.async || waited) {
    inFunction(walk, { method: name, call: node, locals, waited: waited || fn.async, tail }, read);
    return;
  }
  const steps = apart(walk, () => {
    inFunction(walk, { method: name, call: node, locals, waited: true, tail: false }, read);
  });
  const first = steps.findIndex(({ kind }) => kind === 'await');
  walk.steps.push(...(first === -1 ? steps : steps.slice(0, first)));
  if (first === -1) return;
  walk.background.push(...steps.slice(first));
  emit(walk, { kind: 'spawn', node, what: 'task', field: undefined });
}

function bindParams(walk: Walk, fn: FunctionNode, args: readonly TSESTree.Node[]): Map<string, Local> {
  const locals = new Map<string, Local>();
  for (const [index, param] of fn.params.entries()) {
    if (param.type !== 'Identifier') continue;
    const argument = args[index];
    const value: Value = argument === undefined || isFunction(argument) ? { kind: 'other' } : readValue(walk, argument);
    locals.set(param.name, { field: argument === undefined ? undefined : rootField(walk, argument), value, pending: [] });
  }
  return locals;
}

/** `promise.then(callback)`: the callback runs after a wait, if somebody waits for the chain. */
function readChain(walk: Walk, node: TSESTree.CallExpression, callee: TSESTree.MemberExpression, waited: boolean): void {
  readExpression(walk, callee.object, waited);
  if (!waited) {
    emit(walk, { kind: 'spawn', node, what: 'chain', field: undefined });
    return;
  }
  emit(walk, { kind: 'await', node: callee.property, field: rootField(walk, callee.object), unseen: false });
  for (const argument of node.arguments) readCallback(walk, argument, memberName(callee) === 'catch');
}

function readCallback(walk: Walk, argument: TSESTree.Node, handler: boolean): void {
  const callback = callbackOf(walk, argument);
  if (callback === undefined) return;
  const read = (): void => {
    readInline(walk, argument, callback.fn, callback.name, [], true);
  };
  if (!handler) read();
  else {
    const outer = walk.arms;
    walk.arms = [...outer, { branch: argument, side: 1, exits: false, frame: scopeOf(walk).frame }];
    read();
    walk.arms = outer;
  }
}

/** A function expression, `this.method`, or `this.method.bind(this)`. */
function callbackOf(walk: Walk, node: TSESTree.Node): { readonly fn: FunctionNode; readonly name: string } | undefined {
  const inner = unwrap(node);
  const fn = inner.type === 'Identifier' ? localOf(walk, inner.name)?.fn : inner;
  if (fn !== undefined && isFunction(fn)) return isOnStack(walk, `=>${fn.range[0]}`) ? undefined : { fn, name: `=>${fn.range[0]}` };
  const bound = inner.type === 'CallExpression' && calleeName(inner) === 'bind' ? unwrap(inner.callee) : inner;
  const target = bound.type === 'MemberExpression' && memberName(bound) === 'bind' ? bound.object : bound;
  const name = thisMember(target);
  const method = name === undefined ? undefined : methodOf(walk.facts, name);
  return method === undefined || isOnStack(walk, method.name) ? undefined : { fn: method.value, name: method.name };
}

function readOther(walk: Walk, node: TSESTree.CallExpression, callee: TSESTree.Node, name: string, waited: boolean): void {
  const [asserted] = node.arguments;
  if (asserted !== undefined && isAssertion(callee)) {
    readCondition(walk, asserted, { whenTrue: 'none', whenFalse: 'throw', partial: false });
    return;
  }
  if (callee.type === 'MemberExpression') readExpression(walk, callee.object, false);
  const inline = callee.type === 'MemberExpression' && (ITERATORS.has(name) || RUNNERS.has(name));
  const combined = waited || name === 'all' || name === 'allSettled';
  for (const argument of node.arguments) {
    const callback = inline ? callbackOf(walk, argument) : undefined;
    if (callback !== undefined) readInline(walk, node, callback.fn, callback.name, iterated(callee), waited);
    else if (!isFunction(unwrap(argument))) readExpression(walk, argument, combined && waited);
  }
  if (TIMERS.has(name)) emit(walk, { kind: 'spawn', node, what: 'timer', field: undefined });
  if (name === 'assign' && node.arguments[0]?.type === 'ThisExpression') readAssign(walk, node);
  const on = callee.type === 'MemberExpression' ? rootField(walk, callee.object) : undefined;
  const viaLocal = on !== undefined && callee.type === 'MemberExpression' && thisRoot(callee.object) === undefined;
  emit(walk, { kind: 'call', node, name, on, viaLocal, args: argumentFields(walk, node), self: false, waited });
}

/** `assert(condition)`, `assert.ok(condition)`, `invariant(condition)`: a guard that throws. */
function isAssertion(callee: TSESTree.Node): boolean {
  const inner = callee.type === 'MemberExpression' && memberName(callee) === 'ok' ? callee.object : callee;
  return inner.type === 'Identifier' && (inner.name === 'assert' || inner.name === 'invariant');
}

/** In `this.#clients.map((client) => …)` the parameter stands for what the field holds. */
function iterated(callee: TSESTree.Node): readonly TSESTree.Node[] {
  return callee.type === 'MemberExpression' ? [callee.object] : [];
}

function argumentFields(walk: Walk, node: TSESTree.CallExpression): string[] {
  return node.arguments.flatMap((argument) => {
    const parts = argument.type === 'ArrayExpression' ? argument.elements : [argument.type === 'SpreadElement' ? argument.argument : argument];
    return parts.flatMap((part) => {
      const field = part === null || isFunction(part) ? undefined : rootField(walk, part);
      return field === undefined ? [] : [field];
    });
  });
}

/** `Object.assign(this, { running: true })` writes fields. */
function readAssign(walk: Walk, node: TSESTree.CallExpression): void {
  for (const source of node.arguments.slice(1)) {
    if (source.type !== 'ObjectExpression') continue;
    for (const property of source.properties) {
      const field = property.type === 'Property' ? keyName(property) : undefined;
      if (field !== undefined && property.type === 'Property') emit(walk, { kind: 'write', node, field, value: readValue(walk, property.value), deep: false });
    }
  }
}
