import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { functionAround, outermost } from '../ast/parents.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { CHAINS, ITERATORS } from '../flow/callee-names.ts';
import { methodOf } from '../flow/walk.ts';
import type { Code, Member } from '../ledger/code.ts';
import type { FunctionNode } from '../service.ts';
import { isPromiseClass } from '../teardown/is-promise-class.ts';
import { isInherited } from './may-release.ts';
import { neverFails } from '../teardown/never-fails.ts';
import { isReleaseName } from '../teardown/release-verbs.ts';

/** Whether a call gives a promise that is waited for where it is made, and that may reject for reasons that are not of the class's own code. */
export function mayReject(node: TSESTree.Node, code: Code): boolean {
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return false;
  const callee = unwrap(node.callee);
  if (isInherited(node, code)) return false;
  if (node.type === 'NewExpression' ? calleeName(node) !== 'Promise' : isFollowed(node, callee, code)) return false;
  if (KEEPS_ERRORS.test(calleeName(node) ?? '') || isConversion(callee) || givesError(node, code)) return false;
  // What fails to give something back is another matter.
  return !neverFails(node, code.facts) && !isReleaseName(calleeName(node) ?? '') && isWaitedFor(node, code);
}

/** `to(promise)`, `safely(…)`, `tryConnect()`: what tells of a failure by its result. */
const KEEPS_ERRORS = /^(?:attempt|safe|to$|try)/;

/** `await convertPeerId(id)`, `await sha256(key)`: what only computes something from what is at hand fails for no reason from outside. */
function isConversion(callee: TSESTree.Node): boolean {
  return callee.type === 'Identifier' && /^(?:compute|convert|decode|digest|encode|hash|sha\d+|to[A-Z])/.test(callee.name);
}

/** `const [error] = await to(…)`, `const { error } = await …` */
function givesError(node: TSESTree.Node, code: Code): boolean {
  const wait = code.parents.get(outermost(node, code));
  const declarator = wait?.type === 'AwaitExpression' ? code.parents.get(outermost(wait, code)) : undefined;
  if (declarator?.type !== 'VariableDeclarator') return false;
  const { id } = declarator;
  const names = id.type === 'ArrayPattern' ? id.elements : id.type === 'ObjectPattern' ? id.properties.map((property) => (property.type === 'Property' ? property.key : null)) : [];
  return names.some((name) => name?.type === 'Identifier' && /^(?:e|err|error|failure)$/.test(name.name));
}

/** What is read in place: its own waits are what can fail. */
function isFollowed(node: TSESTree.CallExpression, callee: TSESTree.Node, code: Code): boolean {
  if (isFunction(callee) || methodOf(code.facts, thisMember(callee) ?? '') !== undefined) return true;
  if (callee.type !== 'MemberExpression') return callee.type === 'Identifier' && isLocalFunction(callee, code);
  const name = calleeName(node) ?? '';
  if (callee.object.type === 'Super') return typeof code.facts.base === 'object';
  return CHAINS.has(name) || isPromiseClass(callee.object) || ITERATORS.has(name);
}

function isLocalFunction({ name }: TSESTree.Identifier, code: Code): boolean {
  return (code.names.get(name) ?? []).some((id) => {
    const parent = code.parents.get(id);
    return parent?.type === 'FunctionDeclaration' ? parent.id === id : parent?.type === 'VariableDeclarator' && parent.id === id && parent.init !== null && isFunction(parent.init);
  });
}

/** Whether the method in which a promise is made, or whoever calls it, waits for it. `passing`: members that are being looked at, which call each other. */
export function isWaitedFor(node: TSESTree.Node, code: Code, passing: ReadonlySet<Member> = new Set()): boolean {
  const at = outermost(node, code);
  const parent = code.parents.get(at);
  switch (parent?.type) {
    case 'AwaitExpression':
      return true;
    case 'ReturnStatement':
      return isPassedOn(functionAround(parent, code), code, passing);
    case 'ArrowFunctionExpression':
      return parent.body === at && isPassedOn(parent, code, passing);
    case 'ConditionalExpression':
      return parent.test !== at && isWaitedFor(parent, code, passing);
    case 'LogicalExpression':
      return parent.right === at && isWaitedFor(parent, code, passing);
    case 'ArrayExpression':
    case 'SpreadElement':
      return isWaitedFor(parent, code, passing);
    case 'MemberExpression':
      return parent.object === at && isChained(parent, code, passing);
    case 'CallExpression':
      return isAll(parent) && isWaitedFor(parent, code, passing);
    default:
      return false;
  }
}

/** Whether what a function returns is waited for: by the function itself, if it is async, or by whoever calls it. */
function isPassedOn(fn: FunctionNode | undefined, code: Code, passing: ReadonlySet<Member>): boolean {
  if (fn === undefined || fn.async) return fn !== undefined;
  const member = code.memberOf.get(fn);
  if (member?.fn === fn) return passing.has(member) || passes(member, code, passing);
  const call = code.parents.get(outermost(fn, code));
  if (call?.type !== 'CallExpression' || call.callee === fn) return false;
  const name = calleeName(call) ?? '';
  const list = code.parents.get(outermost(call, code));
  return (CHAINS.has(name) || (name === 'map' && list?.type === 'CallExpression' && isAll(list))) && isWaitedFor(call, code, passing);
}

/** Whether somebody waits for what a member returns; of a start that only its users call, they do. */
function passes(member: Member, code: Code, passing: ReadonlySet<Member>): boolean {
  const calls = (code.mentions.get(member.name) ?? []).flatMap((node) => {
    const call = code.parents.get(outermost(node, code));
    return call?.type === 'CallExpression' ? [call] : [];
  });
  const within = new Set([...passing, member]);
  return calls.length === 0 || calls.some((call) => isWaitedFor(call, code, within));
}

function isChained(member: TSESTree.MemberExpression, code: Code, passing: ReadonlySet<Member>): boolean {
  const call = code.parents.get(outermost(member, code));
  return call?.type === 'CallExpression' && CHAINS.has(calleeName(call) ?? '') && isWaitedFor(call, code, passing);
}

function isAll(call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  return callee.type === 'MemberExpression' && calleeName(call) === 'all' && isPromiseClass(callee.object);
}
