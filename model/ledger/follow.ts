import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { keyName } from '../ast/key-name.ts';
import { memberName } from '../ast/member-name.ts';
import { outermost } from '../ast/parents.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { ADDERS, CHAINS, RUNNERS } from '../flow/callee-names.ts';
import { isPromiseClass } from '../teardown/is-promise-class.ts';
import { callbackUse } from './callback-use.ts';
import type { Code } from './code.ts';

/** Where the value of an expression goes. */
export type End =
  | { readonly to: 'awaited' | 'dropped' | 'elsewhere' | 'returned' | 'tested' }
  | { readonly to: 'collection' | 'field'; readonly name: string }
  | { readonly to: 'local'; readonly id: TSESTree.Identifier }
  | { readonly to: 'property'; readonly name: string; readonly field: string };

export interface Path {
  readonly end: End;
  /** The calls it passes through: `then`, `catch`, `unref`, `Promise.all`. */
  readonly through: readonly TSESTree.CallExpression[];
  readonly isVoided: boolean;
}

/** What gives back the handle it is called on. */
const SELF = new Set(['addListener', 'hasRef', 'listen', 'on', 'once', 'ref', 'refresh', 'setMaxListeners', 'unref', '[Symbol.toPrimitive]']);
const COMBINES = new Set(['all', 'allSettled', 'any', 'race', 'resolve']);

/** Follows the value of a call outwards to where it is kept, awaited or dropped; `isHandle`: what a promise gives when it is awaited. */
export function follow(node: TSESTree.Node, code: Code, isHandle = false): Path {
  const through: TSESTree.CallExpression[] = [];
  let isVoided = false;
  let at = node;
  let property: string | undefined;
  for (;;) {
    at = outermost(at, code);
    const parent = code.parents.get(at);
    const stopAt = (end: End): Path => ({ end, through, isVoided });
    if (parent === undefined) return stopAt({ to: 'elsewhere' });
    const next = isHandle && parent.type === 'AwaitExpression' ? parent : stepFrom(at, parent, code);
    if (next === undefined) return stopAt(endAt(at, parent, property, code));
    if (parent.type === 'UnaryExpression') isVoided = true;
    if (next.type === 'CallExpression') through.push(next);
    if (parent.type === 'Property') property = keyName(parent);
    else if (parent.type === 'ArrayExpression') property = '[]';
    at = next;
  }
}

/** The expression around one that has the same value, or the same promise in it. */
function stepFrom(at: TSESTree.Node, parent: TSESTree.Node, code: Code): TSESTree.Node | undefined {
  switch (parent.type) {
    case 'UnaryExpression':
      return parent.operator === 'void' ? parent : undefined;
    case 'LogicalExpression':
      return parent.right === at || parent.operator !== '&&' ? parent : undefined;
    case 'ConditionalExpression':
      return parent.test === at ? undefined : parent;
    case 'SequenceExpression':
      return parent.expressions.at(-1) === at ? parent : undefined;
    case 'ArrayExpression':
    case 'ObjectExpression':
    case 'SpreadElement':
      return parent;
    case 'Property':
      return parent.value === at ? parent : undefined;
    case 'MemberExpression': {
      const call = code.parents.get(outermost(parent, code));
      const name = memberName(parent) ?? '';
      const isCalled = parent.object === at && call?.type === 'CallExpression' && unwrap(call.callee) === parent;
      return isCalled && (CHAINS.has(name) || SELF.has(name)) ? call : undefined;
    }
    case 'CallExpression': {
      const callee = unwrap(parent.callee);
      const isCombined = callee.type === 'MemberExpression' && isPromiseClass(unwrap(callee.object)) && COMBINES.has(memberName(callee) ?? '');
      return isCombined && unwrap(parent.callee) !== unwrap(at) ? parent : undefined;
    }
    case 'ArrowFunctionExpression':
      return parent.body === at ? runnerOf(parent, code) : undefined;
    default:
      return undefined;
  }
}

/** `lock.runExclusive(() => …)`: the call gives what the callback gives. */
function runnerOf(fn: TSESTree.Node, code: Code): TSESTree.Node | undefined {
  const call = code.parents.get(outermost(fn, code));
  return call?.type === 'CallExpression' && unwrap(call.callee) !== fn && RUNNERS.has(calleeName(call) ?? '') ? call : undefined;
}

function endAt(at: TSESTree.Node, parent: TSESTree.Node, property: string | undefined, code: Code): End {
  switch (parent.type) {
    case 'ExpressionStatement':
    case 'SequenceExpression':
      return { to: 'dropped' };
    case 'AwaitExpression':
      return { to: 'awaited' };
    case 'ReturnStatement':
      return returnedFrom(at, code);
    case 'ArrowFunctionExpression':
      return returnedFrom(at, code);
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' && property === undefined ? { to: 'local', id: parent.id } : { to: 'elsewhere' };
    case 'AssignmentExpression':
      return parent.right === at ? assignedTo(parent, property, code) : { to: 'tested' };
    case 'PropertyDefinition': {
      const field = keyName(parent);
      return field === undefined ? { to: 'elsewhere' } : { to: 'field', name: field };
    }
    case 'CallExpression':
      return putInto(parent, property);
    case 'IfStatement':
    case 'WhileStatement':
    case 'BinaryExpression':
    case 'LogicalExpression':
    case 'ConditionalExpression':
    case 'TemplateLiteral':
      return { to: 'tested' };
    default:
      return { to: 'elsewhere' };
  }
}

/** What a timer's callback or that of `forEach` returns goes nowhere. */
function returnedFrom(node: TSESTree.Node, code: Code): End {
  let fn: TSESTree.Node | undefined = node;
  while (fn !== undefined && !isFunction(fn)) fn = code.parents.get(fn);
  if (fn === undefined || code.memberOf.get(fn)?.root === fn) return { to: 'returned' };
  const call = code.parents.get(outermost(fn, code));
  const isForEach = call?.type === 'CallExpression' && calleeName(call) === 'forEach';
  return { to: isForEach || callbackUse(fn, code) === 'timer' ? 'dropped' : 'returned' };
}

function assignedTo(node: TSESTree.AssignmentExpression, property: string | undefined, code: Code): End {
  const left = unwrap(node.left);
  // `await (this.p = work())`, `return (this.p ??= work())`
  const outer = follow(node, code).end.to;
  if (outer === 'awaited') return { to: 'awaited' };
  if (left.type === 'Identifier') return property === undefined ? { to: 'local', id: left } : { to: 'elsewhere' };
  if (left.type !== 'MemberExpression') return { to: 'elsewhere' };
  const field = thisMember(left);
  if (field !== undefined) {
    if (outer === 'returned') return { to: 'elsewhere' };
    if (property === '[]') return { to: 'collection', name: field };
    return property === undefined ? { to: 'field', name: field } : { to: 'property', name: property, field };
  }
  const holder = thisMember(left.object);
  if (holder === undefined || property !== undefined) return { to: 'elsewhere' };
  const name = memberName(left);
  return name === undefined || left.computed ? { to: 'collection', name: holder } : { to: 'property', name, field: holder };
}

/** `this.#tasks.add(task)`, `this.timers.set(key, timer)`; what else takes it may do anything with it. */
function putInto(call: TSESTree.CallExpression, property: string | undefined): End {
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression' || !ADDERS.has(memberName(callee) ?? '')) return { to: 'elsewhere' };
  const field = thisMember(callee.object);
  if (field === undefined) return { to: 'elsewhere' };
  return property === undefined || property === '[]' ? { to: 'collection', name: field } : { to: 'property', name: property, field };
}
