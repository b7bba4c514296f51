import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { calleeText } from '../ast/callee-text.ts';
import { memberName } from '../ast/member-name.ts';
import { functionAround } from '../ast/parents.ts';
import { someBelow } from '../ast/some-below.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { calledFunction, callsOf, functionFor } from './called.ts';
import type { Child } from './children.ts';
import { classOfThis, type FileCode, functionsAround } from './file-code.ts';
import { contains } from '../ast/contains.ts';
import { isSeenFunction } from './is-seen-function.ts';
import type { StalePid } from './kill.ts';
import { ownerOf } from './owner-of.ts';
import { pathText } from './path-text.ts';
import { pidKillOf } from './pid-kill.ts';
import { loadsRecord, readFrom } from './pid-source.ts';
import { signalOf } from './signal.ts';
import { isUnchecked } from './unchecked.ts';
import { type ChildUses, EXIT_EVENTS } from './uses-of-child.ts';

export interface ReadChild {
  readonly child: Child;
  readonly uses: ChildUses;
}

/** The signals that are sent to a kept pid, with no look at what runs under it. */
export function stalePidsOf(children: readonly ReadChild[], code: FileCode): StalePid[] {
  return code.nodes.flatMap((node) => {
    const pid = node.type === 'CallExpression' ? pidKillOf(node, code) : undefined;
    if (node.type !== 'CallExpression' || pid === undefined || signalOf(node.arguments[1], code) === '0') return [];
    const read = readFrom(pid, code);
    const listener = read === undefined ? children.flatMap((each) => notClearedBy(pid, node, each, code) ?? [])[0] : undefined;
    const source = read ?? listener;
    if (source === undefined || !isUncheckedHere(node, code)) return [];
    return [Object.freeze({ node, name: pathText(bare(pid)) ?? calleeText(bare(pid)), from: read === undefined ? 'not-cleared' : loadsRecord(read, code) ? 'loaded' : 'read', source, ...ownerOf(node, code) } as const)];
  });
}

/** `pid` of `-pid` and `Number(pid)`. */
function bare(pid: TSESTree.Node): TSESTree.Node {
  const inner = unwrap(pid);
  if (inner.type === 'UnaryExpression') return bare(inner.argument);
  const [first] = inner.type === 'CallExpression' && /^(?:Number|parseInt)$/.test(calleeName(inner) ?? '') ? inner.arguments : [];
  return first === undefined ? inner : bare(first);
}

/** Nothing is looked at in the function, nor by those that call it. */
function isUncheckedHere(kill: TSESTree.CallExpression, code: FileCode): boolean {
  if (!isUnchecked(kill, code)) return false;
  const fn = functionAround(kill, code);
  return fn === undefined || !isSeenFunction(fn, code) || callsOf(fn, code).every((call) => isUnchecked(call, code) || functionsAround(call, code).includes(fn));
}

/** The listener of a child's exit, where the pid that is kept in a field, or in a name of the module, outlives the child. */
function notClearedBy(pid: TSESTree.Node, kill: TSESTree.Node, { child, uses }: ReadChild, code: FileCode): TSESTree.Node | undefined {
  const kept = bare(pid);
  const isTaken = code.nodes.some((node) => node.type === 'AssignmentExpression' && isSamePlace(node.left, kept, code) && isPidOf(node.right, child));
  const exits = uses.listeners.filter(({ event }) => EXIT_EVENTS.has(event));
  return isTaken && !exits.some(({ handler }) => writes(handler, kept, code) || isAskedBefore(kill, handler, code)) ? exits[0]?.node : undefined;
}

/** Whether something that the handler writes is looked at before the signal: a flag, the child itself. */
function isAskedBefore(kill: TSESTree.Node, handler: TSESTree.Node, code: FileCode): boolean {
  const root = functionAround(kill, code)?.body;
  const looks = root === undefined ? [] : code.nodes.filter((node) => (node.type === 'MemberExpression' || node.type === 'Identifier') && contains(root, node) && node.range[1] <= kill.range[0]);
  return looks.some((look) => writes(handler, look, code));
}

function isPidOf(node: TSESTree.Node, { mentions }: Child): boolean {
  const value = unwrap(node);
  const inner = value.type === 'LogicalExpression' && value.operator !== '&&' ? unwrap(value.left) : value;
  return inner.type === 'MemberExpression' && memberName(inner) === 'pid' && mentions.includes(unwrap(inner.object));
}

/** Whether both are one field of the own object, or one name at the top of the module. */
function isSamePlace(one: TSESTree.Node, other: TSESTree.Node, code: FileCode): boolean {
  const [left, right] = [unwrap(one), unwrap(other)];
  const field = thisMember(left);
  if (field !== undefined) return field === thisMember(right) && classOfThis(left, code) !== undefined && classOfThis(left, code) === classOfThis(right, code);
  if (left.type !== 'Identifier' || right.type !== 'Identifier') return false;
  const binding = code.names.get(left);
  return binding !== undefined && binding === code.names.get(right) && functionAround(binding.node, code) === undefined;
}

/** Whether a handler writes a place, also through functions of the file; where that cannot be told it may. */
function writes(handler: TSESTree.Node, place: TSESTree.Node, code: FileCode, depth = 0): boolean {
  const fn = functionFor(handler, code);
  if (fn === undefined || depth > MAX_DEPTH) return true;
  return someBelow(fn.body, (node) => {
    if (node.type === 'AssignmentExpression') return isSamePlace(node.left, place, code);
    if (node.type === 'UnaryExpression' && node.operator === 'delete') return isSamePlace(node.argument, place, code);
    const called = node.type === 'CallExpression' ? calledFunction(node, code) : undefined;
    return called !== undefined && called !== fn && writes(called, place, code, depth + 1);
  });
}

const MAX_DEPTH = 3;
