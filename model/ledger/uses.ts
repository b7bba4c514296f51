import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { constantKey } from '../ast/constant-key.ts';
import { isFunction } from '../ast/is-function.ts';
import { memberName } from '../ast/member-name.ts';
import { functionAround, outermost } from '../ast/parents.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { CHAINS, ITERATORS } from '../flow/callee-names.ts';
import { isReleaseName } from '../teardown/release-verbs.ts';
import type { Code } from './code.ts';

/**
 * What is done with a handle:
 * - `release`, `await`, `catch`, `unref`: as the words say; `node` is the call or the await
 * - `drop`: overwritten with nothing; `write`: overwritten with something
 * - `test`: looked at, no more
 * - `escape`: anything else, by which it may come to be released out of sight
 */
export interface Use {
  readonly kind: 'await' | 'catch' | 'drop' | 'escape' | 'release' | 'test' | 'unref' | 'write';
  readonly node: TSESTree.Node;
}

const FALSY = new Set(['null', 'undefined', 'false', '0']);
const NEUTRAL = new Set(['delete', 'clear', 'entries', 'has', 'hasRef', 'keys', 'length', 'ref', 'refresh', 'size']);
const ELEMENTS = new Set(['at', 'concat', 'entries', 'filter', 'flat', 'get', 'pop', 'reverse', 'shift', 'slice', 'splice', 'toReversed', 'values']);
const COPIES = new Set(['from', 'values', 'entries']);
const MAX_DEPTH = 6;

/** Every use of a field of the class, its elements and locals read from it included. */
export function usesOfField(field: string, code: Code): readonly Use[] {
  const direct = (code.mentions.get(field) ?? []).flatMap((node) => usesOf(node, code, 0));
  const taken = (code.taken.get(field) ?? []).flatMap((id) => usesOfLocal(id, code, 0));
  return [...direct, ...taken];
}

/** Every use of a property of some object that the class holds: of all properties of that name. */
export function usesOfProperty(name: string, code: Code): readonly Use[] {
  return (code.properties.get(name) ?? []).flatMap((node) => {
    if (node.type !== 'Property') return usesOf(node, code, 0);
    if (code.parents.get(node)?.type !== 'ObjectPattern') return [];
    return node.value.type === 'Identifier' ? usesOfLocal(node.value, code) : [{ kind: 'escape', node } as const];
  });
}

/** Every use of a local, where it is declared aside. */
export function usesOfLocal(id: TSESTree.Identifier, code: Code, depth = 0): readonly Use[] {
  if (depth > MAX_DEPTH) return [{ kind: 'escape', node: id }];
  return identifiersOf(id, code).flatMap((use) => usesOf(use, code, depth + 1));
}

/** The other identifiers of the same name, or some of them, in the function that a local belongs to, its inner functions included. */
export function identifiersOf(id: TSESTree.Identifier, code: Code, among = code.names.get(id.name) ?? []): readonly TSESTree.Identifier[] {
  const member = code.memberOf.get(id);
  const scope = functionAround(id, code);
  return among.filter((use) => {
    if (use === id || code.memberOf.get(use) !== member) return false;
    if (scope !== undefined && !(scope.range[0] <= use.range[0] && use.range[1] <= scope.range[1]) && !isOuterName(id, code)) return false;
    const parent = code.parents.get(use);
    if (parent?.type === 'MemberExpression') return parent.object === use || parent.computed;
    if (parent?.type === 'Property') return parent.value === use;
    return parent?.type !== 'PropertyDefinition' && parent?.type !== 'MethodDefinition' && !parent?.type.startsWith('TS');
  });
}

/** A name that is assigned here and declared further out. */
function isOuterName(id: TSESTree.Identifier, code: Code): boolean {
  return code.parents.get(id)?.type === 'AssignmentExpression';
}

function usesOf(node: TSESTree.Node, code: Code, depth: number): readonly Use[] {
  if (depth > MAX_DEPTH) return [{ kind: 'escape', node }];
  const at = outermost(node, code);
  const parent = code.parents.get(at);
  if (parent === undefined) return [{ kind: 'escape', node }];
  const on = (next: TSESTree.Node): readonly Use[] => usesOf(next, code, depth + 1);
  const one = (kind: Use['kind'], place: TSESTree.Node = parent): readonly Use[] => [{ kind, node: place }];
  switch (parent.type) {
    case 'AssignmentExpression':
      if (parent.left === at) return one(isFalsy(parent.right) ? 'drop' : 'write');
      return [...aliases(parent.left, code, depth), ...on(parent)];
    case 'AwaitExpression':
      return one('await');
    case 'ExpressionStatement':
    case 'BinaryExpression':
    case 'IfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'SwitchStatement':
    case 'TemplateLiteral':
    case 'UpdateExpression':
      return one('test');
    case 'UnaryExpression':
      return parent.operator === 'delete' ? one('drop') : parent.operator === 'void' ? on(parent) : one('test');
    case 'LogicalExpression':
      return parent.left === at && parent.operator === '&&' ? one('test') : on(parent);
    case 'ConditionalExpression':
      return parent.test === at ? one('test') : on(parent);
    case 'SpreadElement':
    case 'ArrayExpression':
      return on(parent);
    case 'VariableDeclarator':
      return parent.init === at ? aliases(parent.id, code, depth) : one('write');
    case 'ForOfStatement':
      if (parent.right !== at) return one('test');
      return [...(parent.await ? one('await') : []), ...aliases(parent.left.type === 'VariableDeclaration' ? parent.left.declarations[0].id : parent.left, code, depth)];
    case 'ReturnStatement':
      return returned(node, code, depth);
    case 'ArrowFunctionExpression':
      return parent.body === at ? returned(node, code, depth) : one('test');
    case 'MemberExpression':
      return usesOfMember(parent, at, code, depth);
    case 'CallExpression':
      return parent.callee === at ? one('release') : usesAsArgument(parent, at, code, depth);
    default:
      return one('escape');
  }
}

function isFalsy(node: TSESTree.Node): boolean {
  const key = constantKey(node);
  return key !== undefined && FALSY.has(key);
}

function aliases(pattern: TSESTree.Node, code: Code, depth: number): readonly Use[] {
  if (pattern.type === 'Identifier') return usesOfLocal(pattern, code, depth + 1);
  if (pattern.type === 'ArrayPattern') return pattern.elements.flatMap((element) => (element?.type === 'Identifier' ? usesOfLocal(element, code, depth + 1) : []));
  if (pattern.type === 'ObjectPattern') {
    return pattern.properties.flatMap((part) => (part.type === 'Property' && part.value.type === 'Identifier' ? usesOfLocal(part.value, code, depth + 1) : []));
  }
  const field = thisMember(pattern);
  return field === undefined ? [{ kind: 'escape', node: pattern }] : [];
}

/** What a callback returns goes where its call goes; what a method returns, to whoever calls it. */
function returned(node: TSESTree.Node, code: Code, depth: number): readonly Use[] {
  const fn = functionAround(node, code);
  if (fn === undefined) return [{ kind: 'escape', node }];
  const member = code.memberOf.get(fn);
  if (member?.root === fn) return fn.async && fn.body.type === 'BlockStatement' ? [{ kind: 'await', node }] : [{ kind: 'escape', node }];
  const call = code.parents.get(outermost(fn, code));
  return call?.type === 'CallExpression' ? usesOf(call, code, depth + 1).map((use) => (use.kind === 'test' ? { ...use, kind: 'escape' } : use)) : [{ kind: 'escape', node }];
}

function usesOfMember(parent: TSESTree.MemberExpression, at: TSESTree.Node, code: Code, depth: number): readonly Use[] {
  if (parent.object !== at) return [{ kind: 'test', node: parent }];
  const outer = outermost(parent, code);
  const call = code.parents.get(outer);
  const name = memberName(parent);
  const isCalled = call?.type === 'CallExpression' && call.callee === outer;
  if (!isCalled) {
    if (call?.type === 'AssignmentExpression' && call.left === outer) return [{ kind: isFalsy(call.right) ? 'drop' : 'write', node: call }];
    if (call?.type === 'UnaryExpression' && call.operator === 'delete') return [{ kind: 'drop', node: call }];
    return parent.computed ? usesOf(parent, code, depth + 1) : [{ kind: 'test', node: parent }];
  }
  if (name === 'unref') return [{ kind: 'unref', node: call }, ...usesOf(call, code, depth + 1)];
  if (name !== undefined && CHAINS.has(name)) {
    const handled = name === 'catch' || (name === 'then' && call.arguments.length > 1);
    return [...(handled ? [{ kind: 'catch', node: call } as const] : []), ...usesOf(call, code, depth + 1)];
  }
  // `this.#timers.clear()` empties a map and clears no timer; `this.#timer.close()` ends one.
  if (name !== undefined && NEUTRAL.has(name)) return ELEMENTS.has(name) ? usesOf(call, code, depth + 1) : [{ kind: 'test', node: call }];
  if (name !== undefined && ITERATORS.has(name)) return usesInCallback(call, code, depth);
  if (name !== undefined && ELEMENTS.has(name)) return usesOf(call, code, depth + 1);
  if (name !== undefined && isReleaseName(name)) return [{ kind: 'release', node: call }];
  return [{ kind: 'test', node: call }];
}

/** `this.#timers.forEach((timer) => clearTimeout(timer))`, `this.#timers.forEach(clearTimeout)`. */
function usesInCallback(call: TSESTree.CallExpression, code: Code, depth: number): readonly Use[] {
  const [callback] = call.arguments;
  const inner = callback === undefined ? undefined : unwrap(callback);
  const after = calleeName(call) === 'forEach' ? [] : usesOf(call, code, depth + 1);
  if (inner === undefined) return after;
  if (!isFunction(inner)) {
    const name = inner.type === 'Identifier' ? inner.name : inner.type === 'MemberExpression' ? memberName(inner) : undefined;
    return [{ kind: name !== undefined && isReleaseName(name) ? 'release' : 'escape', node: call }, ...after];
  }
  const params = inner.params.flatMap((param) => aliases(param, code, depth + 1));
  return [...params, ...after];
}

function usesAsArgument(call: TSESTree.CallExpression, at: TSESTree.Node, code: Code, depth: number): readonly Use[] {
  const name = calleeName(call) ?? '';
  if (isReleaseName(name)) return [{ kind: 'release', node: call }];
  const callee = unwrap(call.callee);
  if (callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && ['Array', 'Object', 'Promise'].includes(callee.object.name)) {
    return COPIES.has(name) || callee.object.name === 'Promise' ? usesOf(call, code, depth + 1) : [{ kind: 'test', node: call }];
  }
  const own = thisMember(callee);
  const fn = own === undefined ? undefined : code.members.get(own)?.fn;
  const param = fn?.params[call.arguments.indexOf(at as TSESTree.CallExpressionArgument)];
  if (param?.type === 'Identifier') return usesOfLocal(param, code, depth + 1);
  // A deadline round a promise: whoever awaits it awaits the promise.
  const outer = usesOf(call, code, depth + 1);
  return outer.length > 0 && outer.every(({ kind }) => kind === 'await') ? outer : [{ kind: 'escape', node: call }];
}
