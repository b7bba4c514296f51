import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { contains } from '../ast/contains.ts';
import { isFunction } from '../ast/is-function.ts';
import { isLogging } from '../ast/is-logging.ts';
import { isNothing } from '../ast/is-nothing.ts';
import { memberName } from '../ast/member-name.ts';
import { someBelow } from '../ast/some-below.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { methodOf } from '../flow/walk.ts';
import type { Code } from '../ledger/code.ts';
import { isReleaseName } from '../teardown/release-verbs.ts';
import { isOnForsakenList } from './forsaken-list.ts';
import { pathOf } from './path-of.ts';
import type { Resource } from './resource.ts';
import type { StartupScope } from './startup-scope.ts';

const USES = /^(?:emit|flush|get|has|ping|post|publish|query|request|send|write)(?![a-z])/;
const EVENTS = /^(?:emit|dispatchEvent|safeDispatchEvent|off|removeListener|removeEventListener|setState)$/;

/** Whether a call may give a resource back, or hands it to somebody who may. */
export function mayRelease(call: TSESTree.Node, resource: Resource, scope: StartupScope): boolean {
  if (isFunction(call)) return someBelow(call, (below) => gives(below, resource, scope));
  if ((call.type !== 'CallExpression' && call.type !== 'NewExpression') || isLogging(call)) return false;
  if (gives(call, resource, scope)) return true;
  const callee = unwrap(call.callee);
  const name = calleeName(call) ?? '';
  if (EVENTS.test(name)) return false;
  const own = thisMember(callee);
  if (isInherited(call, scope.code) || (own !== undefined && methodOf(scope.code.facts, own) === undefined)) return true;
  if (name === 'exit' || actsOn(callee, resource, scope)) return true;
  return call.arguments.some((argument) => hands(argument, resource, scope));
}

/** `this.pool.drain()`, `[this.a, this.b].map(close)`: a method of the thing itself, or of what it is put into, that does more than tell. */
function actsOn(callee: TSESTree.Node, resource: Resource, scope: StartupScope): boolean {
  if (callee.type !== 'MemberExpression' || /^(?:get|has|is|on|once)(?![a-z])/.test(memberName(callee) ?? '')) return false;
  const on = pathOf(callee.object, scope.code);
  return on === undefined ? hands(callee.object, resource, scope) : on === resource.path;
}

/** `super.start()`, `this.assertStopped()` of a base that cannot be seen. */
export function isInherited(call: TSESTree.Node, { facts }: Code): boolean {
  const callee = call.type === 'CallExpression' ? unwrap(call.callee) : call;
  if (callee.type === 'MemberExpression' && callee.object.type === 'Super') return typeof facts.base !== 'object';
  const own = thisMember(callee);
  return own !== undefined && facts.base === 'unknown' && !EVENTS.test(own) && methodOf(facts, own) === undefined && !facts.fields.has(own);
}

/** Whether a call leaves it to somebody to give a resource back later: a stack, a list of clean-ups, a handler. */
export function isLeftTo(call: TSESTree.Node, resource: Resource, scope: StartupScope): boolean {
  if (call.type !== 'CallExpression' || isOnForsakenList(call, scope.code)) return false;
  const defers = /^(?:add|adopt|defer|push|unshift|use)$|clean|dispos|teardown/i.test(calleeName(call) ?? '');
  return call.arguments.some((argument) => {
    if (defers && (contains(argument, resource.node) || (unwrap(argument).type !== 'CallExpression' && hands(argument, resource, scope)))) return true;
    return isFunction(unwrap(argument)) && someBelow(argument, (below) => gives(below, resource, scope));
  });
}

/** Whether a call gives a resource back, by itself or with what it belongs to. */
export function gives(call: TSESTree.Node, resource: Resource, { code }: StartupScope): boolean {
  const { path, releases: known } = resource;
  if (known.includes(call)) return true;
  if (call.type !== 'CallExpression') return false;
  const callee = unwrap(call.callee);
  const isRelease = isReleaseName(calleeName(call) ?? '');
  const about = callee.type === 'MemberExpression' ? [callee.object, ...call.arguments] : call.arguments;
  if (isRelease && about.some((node) => isLocalOf(node, resource, code))) return true;
  if (path === undefined) return false;
  if (pathOf(callee, code) === path) return true;
  if (!isRelease) return false;
  const on = callee.type === 'MemberExpression' ? pathOf(callee.object, code) : undefined;
  return (on !== undefined && on !== 'this' && isPartOf(path, on)) || call.arguments.some((argument) => isSameOr(pathOf(argument, code), path));
}

/** `timer` after `const timer = setInterval(…)`, which is put into a field only later. */
export function isLocalOf(node: TSESTree.Node, resource: Resource, code: Code): boolean {
  const inner = unwrap(node);
  if (inner.type !== 'Identifier') return false;
  return (code.names.get(inner.name) ?? []).some((id) => {
    const parent = code.parents.get(id);
    if (parent?.type !== 'VariableDeclarator' || parent.id !== id || parent.init === null) return false;
    const value = unwrap(parent.init);
    return (value.type === 'AwaitExpression' ? unwrap(value.argument) : value) === resource.node;
  });
}

/** What closes `this.a` closes `this.a.b` with it; that of `this.a.b` may close what else `this.a` holds. */
function isPartOf(path: string, other: string): boolean {
  return path === other || path.startsWith(`${other}.`) || other.startsWith(`${path}.`);
}

function isSameOr(other: string | undefined, path: string): boolean {
  return other !== undefined && isPartOf(path, other);
}

/** Whether an argument is the object, a method of it that may release the resource, or has something to do with that. */
function hands(argument: TSESTree.Node, resource: Resource, scope: StartupScope): boolean {
  const { path, releases: known } = resource;
  const { code } = scope;
  return someBelow(argument, (node) => {
    if (known.includes(node) || isLocalOf(node, resource, code)) return true;
    const inner = unwrap(node);
    if (inner !== node) return false;
    if (node.type === 'ThisExpression') return code.parents.get(node)?.type !== 'MemberExpression';
    const own = thisMember(node);
    if (own !== undefined && methodOf(code.facts, own) !== undefined) return methodMayRelease(own, resource, scope, new Set());
    return (node.type === 'MemberExpression' || node.type === 'Identifier') && path !== undefined && pathOf(node, code) === path && !isEmptied(node, code);
  });
}

/** `this.session = undefined`: whoever does only that gives nothing back. */
function isEmptied(node: TSESTree.Node, { parents }: Code): boolean {
  const parent = parents.get(node);
  return parent?.type === 'AssignmentExpression' && parent.left === node && isNothing(parent.right);
}

/** Whether a method, or another of the class that it mentions, comes by a call that may release the resource, or hands the object on. */
function methodMayRelease(name: string, resource: Resource, scope: StartupScope, entered: Set<string>): boolean {
  const method = methodOf(scope.code.facts, name);
  if (method === undefined || entered.has(name)) return false;
  entered.add(name);
  return someBelow(method.value, (node) => {
    if (node.type === 'ThisExpression') return scope.code.parents.get(node)?.type !== 'MemberExpression';
    if (mentionsPath(node, resource, scope.code)) return true;
    const own = thisMember(node);
    return own !== undefined && (isUnseen(own, scope.code) || methodMayRelease(own, resource, scope, entered));
  });
}

/** Of a base that cannot be seen. */
function isUnseen(name: string, { facts }: Code): boolean {
  return facts.base === 'unknown' && methodOf(facts, name) === undefined && !facts.fields.has(name);
}

/** Its own text says what a method does; it can release only what it mentions, other than to use it: `this.session?.ping()`. */
function mentionsPath(node: TSESTree.Node, resource: Resource, code: Code): boolean {
  const { path, field, releases } = resource;
  if (releases.includes(node)) return true;
  const isMention = (field !== undefined && thisMember(node) === field) || ((node.type === 'MemberExpression' || node.type === 'Identifier') && path !== undefined && pathOf(node, code) === path);
  if (!isMention) return false;
  const member = code.parents.get(node);
  if (member?.type !== 'MemberExpression' || member.object !== node || !USES.test(memberName(member) ?? '')) return true;
  const call = code.parents.get(member);
  return call?.type !== 'CallExpression' || call.callee !== member;
}
