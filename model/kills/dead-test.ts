import type { TSESTree } from '@typescript-eslint/utils';
import { alwaysExits } from '../ast/always-exits.ts';
import { memberName } from '../ast/member-name.ts';
import { around } from '../ast/parents.ts';
import { unwrap } from '../ast/unwrap.ts';
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
  const tests = Array.from(conditionsOf(kill, code)).flatMap(({ test, holds }) => killedTest(test, holds, target) ?? []);
  return tests.find((test) => follows(test, first, code));
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

/** The part of a condition by which it fails as soon as `killed` is true. */
function killedTest(test: TSESTree.Expression, holds: boolean, target: string): TSESTree.Expression | undefined {
  const inner = unwrap(test);
  if (inner.type === 'LogicalExpression' && inner.operator === (holds ? '&&' : '||')) {
    return killedTest(inner.left, holds, target) ?? killedTest(inner.right, holds, target);
  }
  if (inner.type === 'UnaryExpression' && inner.operator === '!') {
    return holds && isKilledOf(inner.argument, target) ? test : killedTest(inner.argument, !holds, target);
  }
  if (inner.type === 'BinaryExpression') return asksForLife(inner) === holds && isKilledOf(inner.left, target) ? test : undefined;
  return !holds && isKilledOf(inner, target) ? test : undefined;
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
