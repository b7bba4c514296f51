import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { memberName } from '../../model/ast/member-name.ts';
import { placeName } from '../../model/ast/place-name.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { visit } from '../../model/ast/visit.ts';
import { usesName } from '../text/uses-name.ts';

/** Whether code names what is held in a local or in a field of the object: `bus`, `this.bus`. */
function mentions(node: TSESTree.Node, place: string): boolean {
  if (!place.startsWith('this.')) return usesName(node, place);
  return someBelow(node, (at) => at.type === 'MemberExpression' && thisMember(at) === place.slice('this.'.length));
}

/** The call of one of the methods on what is held there. */
function isStartOf(node: TSESTree.Node, place: string, methods: ReadonlySet<string>): boolean {
  const callee = node.type === 'CallExpression' ? unwrap(node.callee) : undefined;
  return callee?.type === 'MemberExpression' && placeName(unwrap(callee.object)) === place && methods.has(memberName(callee) ?? '');
}

/** Where code calls one of the methods, in a function inside it too. */
export function startIn(node: TSESTree.Node, place: string, methods: ReadonlySet<string>): TSESTree.Node | undefined {
  let found: TSESTree.Node | undefined;
  someBelow(node, (at) => {
    if (found === undefined && isStartOf(at, place, methods)) found = at;
    return found !== undefined;
  });
  return found;
}

/** Whether a statement comes to such a call whenever it runs, before it does anything else with what is held there. */
function surelyStarts(statement: TSESTree.Node, place: string, methods: ReadonlySet<string>): boolean {
  if (statement.type === 'TryStatement') return firstUse(statement.block.body, place, methods) === 'start';
  if (!/^(?:Expression|Return)Statement$|^VariableDeclaration$/.test(statement.type)) return false;
  const isBranch = (at: TSESTree.Node): boolean => isFunction(at) || at.type === 'ConditionalExpression' || at.type === 'LogicalExpression' || at.type === 'ChainExpression';
  let isFound = false;
  someBelow(statement, (at) => (isFound ||= isStartOf(at, place, methods)), isBranch);
  return isFound;
}

/** What is done first with what is held there, after it was made. To listen to it, or to set something of it, is nothing yet. */
export function firstUse(statements: readonly TSESTree.Node[], place: string, methods: ReadonlySet<string>): TSESTree.Node | 'none' | 'start' {
  for (const statement of statements) {
    if (!mentions(statement, place)) continue;
    if (surelyStarts(statement, place, methods)) return 'start';
    if (!isSettingUp(statement, place)) return statement;
  }
  return 'none';
}

const LISTENS = /^(?:addEventListener|addListener|on|once|prependListener|subscribe)$/;

/** `bus.on('error', …);` and `bus.onError = …;` */
export function isSettingUp(statement: TSESTree.Node, place: string): boolean {
  if (statement.type !== 'ExpressionStatement') return false;
  const { expression } = statement;
  if (expression.type === 'AssignmentExpression') {
    const left = unwrap(expression.left);
    return left.type === 'MemberExpression' && placeName(unwrap(left.object)) === place && !mentions(expression.right, place);
  }
  return isListening(expression, place) && expression.type === 'CallExpression' && !expression.arguments.some((argument) => !isFunction(argument) && mentions(argument, place));
}

function isListening(node: TSESTree.Node, place: string): boolean {
  if (node.type !== 'CallExpression') return false;
  const callee = unwrap(node.callee);
  return callee.type === 'MemberExpression' && placeName(unwrap(callee.object)) === place && LISTENS.test(calleeName(node) ?? '');
}

/** Where code from `start` on may begin to listen to what is held there, or hands it to somebody who may; where it is set up does not count. */
export function mayListen(root: TSESTree.Node, place: string, { start, setUp }: { readonly start: number; readonly setUp: TSESTree.Range }): TSESTree.Node | undefined {
  const isObject = (at: TSESTree.Node): boolean => at.type === 'MemberExpression' && placeName(unwrap(at.object)) === place && !at.computed;
  const counts = ({ range: [from, to] }: TSESTree.Node): boolean => from >= start && !(setUp[0] <= from && to <= setUp[1]);
  let found: TSESTree.Node | undefined;
  visit(root, (at) => {
    if (counts(at) && (isListening(at, place) || placeName(at) === place)) found ??= at;
    // Named for one of its members only. What is declared under the name is none of its uses.
    return isObject(at) || at.type === 'TSTypeAnnotation' || at.type === 'PropertyDefinition' ? keepOn(at, place) : undefined;
  });
  return found;
}

function keepOn(at: TSESTree.Node, place: string): 'skip' | undefined {
  return at.type === 'PropertyDefinition' && at.value !== null && mentions(at.value, place) ? undefined : 'skip';
}
