import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { contains } from '../ast/contains.ts';
import { isFunction } from '../ast/is-function.ts';
import { isLogging } from '../ast/is-logging.ts';
import { memberName } from '../ast/member-name.ts';
import { someBelow } from '../ast/some-below.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { methodOf } from '../flow/walk.ts';
import type { Code } from '../ledger/code.ts';
import { isReleaseName } from '../teardown/release-verbs.ts';
import { pathOf } from './path-of.ts';
import type { Resource } from './resource.ts';
import type { StartupScope } from './startup-scope.ts';

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
  if (call.type !== 'CallExpression') return false;
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

/** Whether an argument is the object, one of its methods, or has something to do with the resource. */
function hands(argument: TSESTree.Node, resource: Resource, { code }: StartupScope): boolean {
  const { path, releases: known } = resource;
  return someBelow(argument, (node) => {
    if (known.includes(node) || isLocalOf(node, resource, code)) return true;
    const inner = unwrap(node);
    if (inner !== node) return false;
    if (node.type === 'ThisExpression') return code.parents.get(node)?.type !== 'MemberExpression';
    if (methodOf(code.facts, thisMember(node) ?? '') !== undefined) return true;
    return (node.type === 'MemberExpression' || node.type === 'Identifier') && path !== undefined && pathOf(node, code) === path;
  });
}
