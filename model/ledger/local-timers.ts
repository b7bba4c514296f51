import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isPropertyName } from '../ast/is-property-name.ts';
import { memberName } from '../ast/member-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import type { FunctionNode } from '../service.ts';
import { functionAround, type Parents, parentsBelow } from '../ast/parents.ts';
import { timerName } from './is-timer-call.ts';
import { intervalGap } from './interval-gap.ts';
import { deadlineGap } from './deadline-gap.ts';

/** A timer in a local of any function, inside a class or not, that is cleared on one way out of the function and not on another. */
export interface LocalTimer {
  /** `interval`: not cleared where something throws; `deadline`: the timer of a promise, not cleared where another event settles it. */
  readonly kind: 'deadline' | 'interval';
  /** The call that sets it. */
  readonly node: TSESTree.CallExpression;
  readonly declaration: TSESTree.VariableDeclarator;
  readonly name: string;
  readonly fn: FunctionNode;
  readonly clear: TSESTree.CallExpression;
  /** What leaves without clearing it: an await, a yield, or where the promise is settled. */
  readonly gap: TSESTree.Node;
  /** All such places; of an interval the first only, for one `finally` is for all. */
  readonly gaps: readonly TSESTree.Node[];
}

/** A timer that is declared in a function, and all clears of it; undefined where the handle is used in any other way. */
export interface Declared {
  readonly node: TSESTree.CallExpression;
  readonly declaration: TSESTree.VariableDeclarator;
  readonly name: string;
  readonly fn: FunctionNode;
  readonly clears: readonly TSESTree.CallExpression[];
}

/** A timer in a local, with what is above each node of the statement of the program that it stands in. */
export interface DeclaredIn {
  readonly declared: Declared;
  readonly parents: Parents;
}

const cache = new WeakMap<TSESTree.Program, readonly DeclaredIn[]>();

export function localTimersOf(program: TSESTree.Program): readonly LocalTimer[] {
  return declaredTimersOf(program).flatMap(readLocal);
}

/** The timers that are kept in a local and used in no way but to look at them and to clear them. */
export function declaredTimersOf(program: TSESTree.Program): readonly DeclaredIn[] {
  const known = cache.get(program);
  if (known !== undefined) return known;
  const timers = Object.freeze(program.body.flatMap(timersIn));
  cache.set(program, timers);
  return timers;
}

/** Names are looked up within the statement of the program that the timer stands in. */
function timersIn(statement: TSESTree.Node): DeclaredIn[] {
  const found: (readonly [TSESTree.VariableDeclarator, TSESTree.CallExpression])[] = [];
  visit(statement, (node) => {
    const call = node.type === 'VariableDeclarator' && node.init !== null ? timerIn(node.init) : undefined;
    if (call !== undefined && node.type === 'VariableDeclarator') found.push([node, call]);
    return undefined;
  });
  if (found.length === 0) return [];
  const parents = parentsBelow(statement);
  return found.flatMap(([declaration, call]) => {
    const declared = declaredAs(declaration, call, parents);
    return declared === undefined ? [] : [{ declared, parents }];
  });
}

function readLocal({ declared, parents }: DeclaredIn): LocalTimer[] {
  if (declared.clears.length === 0) return [];
  const { declaration, node } = declared;
  const what = timerName(node);
  const gap = what === 'setInterval' ? intervalGap(declared, parents) : what === 'setTimeout' ? deadlineGap(declared, parents) : undefined;
  if (gap === undefined) return [];
  const { name, fn } = declared;
  return [Object.freeze({ kind: what === 'setInterval' ? 'interval' : 'deadline', node, declaration, name, fn, ...gap })];
}

/** `setInterval(…)`, also with `.unref()` behind it. */
function timerIn(init: TSESTree.Node): TSESTree.CallExpression | undefined {
  const inner = unwrap(init);
  if (inner.type !== 'CallExpression') return undefined;
  if (timerName(inner) !== undefined && inner.arguments.length > 0) return inner;
  const callee = unwrap(inner.callee);
  return callee.type === 'MemberExpression' && memberName(callee) === 'unref' ? timerIn(callee.object) : undefined;
}

function declaredAs(declaration: TSESTree.VariableDeclarator, node: TSESTree.CallExpression, parents: Parents): Declared | undefined {
  const { id } = declaration;
  const list = parents.get(declaration);
  const fn = functionAround(declaration, { parents });
  if (id.type !== 'Identifier' || fn === undefined || (list?.type === 'VariableDeclaration' && list.kind.includes('using'))) return undefined;
  const clears: TSESTree.CallExpression[] = [];
  const others: TSESTree.Node[] = [];
  visit(fn.body, (at) => {
    if (at.type !== 'Identifier' || at.name !== id.name || at === id) return undefined;
    const parent = parents.get(at);
    if (isPropertyName(at, parent)) return undefined;
    if (parent?.type === 'CallExpression' && /^clear(?:Interval|Timeout)$/.test(calleeName(parent) ?? '')) clears.push(parent);
    else if (!isLook(at, parent)) others.push(at);
    return undefined;
  });
  return others.length === 0 ? { node, declaration, name: id.name, fn, clears } : undefined;
}

/** A test, or `timer.unref()`. */
function isLook(node: TSESTree.Node, parent: TSESTree.Node | undefined): boolean {
  if (parent?.type === 'IfStatement') return parent.test === node;
  if (parent?.type === 'LogicalExpression') return parent.left === node;
  if (parent?.type === 'BinaryExpression' || parent?.type === 'UnaryExpression') return true;
  return parent?.type === 'MemberExpression' && parent.object === node && /^(?:hasRef|ref|refresh|unref)$/.test(memberName(parent) ?? '');
}
