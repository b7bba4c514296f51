import type { TSESTree } from '@typescript-eslint/utils';
import { alwaysExits } from '../ast/always-exits.ts';
import { memberName } from '../ast/member-name.ts';
import { around } from '../ast/parents.ts';
import { soleReturn } from '../ast/sole-return.ts';
import { unwrap } from '../ast/unwrap.ts';
import { calledFunction } from './called.ts';
import type { FileCode } from './file-code.ts';
import { follows } from './order.ts';
import { pathText } from './path-text.ts';

/**
 * The test of `killed` that lets a signal out only while it is false, and that comes after another signal to the same child, `first`: in an
 * `if` round it, before `&&`, or in an `if` that leaves before it. The smallest expression: `!child.killed`, `child.killed === false`, `child.killed`.
 */
export function deadTestOf(kill: TSESTree.CallExpression, first: TSESTree.Node, code: FileCode): TSESTree.Expression | undefined {
  const callee = unwrap(kill.callee);
  const target = callee.type === 'MemberExpression' ? pathText(callee.object) : undefined;
  if (target === undefined) return undefined;
  for (const { test, holds } of conditionsOf(kill, code)) {
    const found = killedTest(test, holds, target, code);
    if (found !== undefined && follows(found.at, first, code)) return found.test;
  }
  return undefined;
}

interface Condition {
  readonly test: TSESTree.Expression;
  /** What it must give for control to come to the node. */
  readonly holds: boolean;
}

function* conditionsOf(node: TSESTree.Node, code: FileCode): Generator<Condition> {
  let last = node;
  for (const at of around(node, code)) {
    if (at.type === 'IfStatement' || at.type === 'ConditionalExpression') {
      if (at.test !== last) yield { test: at.test, holds: at.consequent === last };
    } else if (at.type === 'LogicalExpression' && at.right === last && at.operator !== '??') {
      yield { test: at.left, holds: at.operator === '&&' };
    } else if (at.type === 'BlockStatement') {
      yield* exitsBefore(at.body.slice(0, at.body.indexOf(last as TSESTree.Statement)));
    }
    last = at;
  }
}

function exitsBefore(statements: readonly TSESTree.Statement[]): Condition[] {
  return statements.flatMap((statement) => (statement.type === 'IfStatement' && alwaysExits(statement.consequent) !== 'none' ? [{ test: statement.test, holds: false }] : []));
}

/** A test of `killed`, and where it is made: of `isRunning(child)` the one in that function, and its call. */
interface KilledTest {
  readonly test: TSESTree.Expression;
  readonly at: TSESTree.Expression;
}

/** The part of a condition by which it fails as soon as `killed` is true. */
function killedTest(test: TSESTree.Expression, holds: boolean, target: string, code: FileCode): KilledTest | undefined {
  const inner = unwrap(test);
  const here = { test, at: test };
  if (inner.type === 'LogicalExpression' && inner.operator === (holds ? '&&' : '||')) {
    return killedTest(inner.left, holds, target, code) ?? killedTest(inner.right, holds, target, code);
  }
  if (inner.type === 'UnaryExpression' && inner.operator === '!') {
    return holds && isKilledOf(inner.argument, target) ? here : killedTest(inner.argument, !holds, target, code);
  }
  if (inner.type === 'BinaryExpression') return asksForLife(inner) === holds && isKilledOf(inner.left, target) ? here : undefined;
  if (inner.type === 'CallExpression') return askedOf(inner, holds, target, code);
  return !holds && isKilledOf(inner, target) ? here : undefined;
}

/** `isRunning(child)`, of a function that does nothing but ask. */
function askedOf(call: TSESTree.CallExpression, holds: boolean, target: string, code: FileCode): KilledTest | undefined {
  const fn = calledFunction(call, code);
  const result = fn === undefined || fn.async ? undefined : soleReturn(fn);
  const param = fn?.params[call.arguments.findIndex((argument) => pathText(argument) === target)];
  if (result === undefined || param?.type !== 'Identifier' || unwrap(result).type === 'CallExpression') return undefined;
  const found = killedTest(result, holds, param.name, code);
  return found && { test: found.test, at: call };
}

/** Whether a comparison with a boolean holds while its left side is false; undefined where it is none. */
export function asksForLife({ operator, right }: TSESTree.BinaryExpression): boolean | undefined {
  if (right.type !== 'Literal' || typeof right.value !== 'boolean' || !/^[!=]==?$/.test(operator)) return undefined;
  return operator.startsWith('=') !== right.value;
}

function isKilledOf(node: TSESTree.Node, target: string): boolean {
  const inner = unwrap(node);
  return inner.type === 'MemberExpression' && memberName(inner) === 'killed' && pathText(inner.object) === target;
}
