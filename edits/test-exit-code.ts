import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../model/ast/unwrap.ts';
import { asksForLife } from '../model/kills/dead-test.ts';
import type { DeadEscalation } from '../model/kills/kill.ts';
import type { Source } from '../model/source.ts';
import type { Change } from './outcome.ts';

/**
 * Makes a test of `killed` a test of whether the child has exited: `child.exitCode === null && child.signalCode === null`, or its opposite. Only
 * the expression changes. None where a comment stands in it.
 */
export function testExitCode({ node, parent }: DeadEscalation, { text, comments }: Source): readonly Change[] {
  const killed = killedIn(node);
  if (comments.some(({ range }) => node.range[0] <= range[0] && range[1] <= node.range[1])) return [];
  // With its dot: `child.`, `this.#child?.`.
  const child = killed.computed ? `${text.slice(...killed.object.range)}${killed.optional ? '?.' : '.'}` : text.slice(killed.range[0], killed.property.range[0]);
  const isAlive = asksIfAlive(node);
  const both = isAlive
    ? `${child}exitCode === null && ${child}signalCode === null`
    : `${child}exitCode ${differs(killed)} null || ${child}signalCode ${differs(killed)} null`;
  const isBare = standsFree(node, parent, isAlive);
  return [{ start: node.range[0], end: node.range[1], text: isBare ? both : `(${both})` }];
}

/** `child.killed` in a test of it. */
function killedIn(node: TSESTree.Expression): TSESTree.MemberExpression {
  const inner = unwrap(node);
  if (inner.type === 'UnaryExpression') return unwrap(inner.argument) as TSESTree.MemberExpression;
  return (inner.type === 'BinaryExpression' ? unwrap(inner.left) : inner) as TSESTree.MemberExpression;
}

function asksIfAlive(node: TSESTree.Expression): boolean {
  const inner = unwrap(node);
  return inner.type === 'UnaryExpression' || (inner.type === 'BinaryExpression' && asksForLife(inner) === true);
}

/** A missing child has no exit code: `undefined`, which is not `null`. */
function differs(killed: TSESTree.MemberExpression): '!=' | '!==' {
  let at: TSESTree.Node = killed;
  while (at.type === 'MemberExpression') {
    if (at.optional) return '!=';
    at = unwrap(at.object);
  }
  return '!==';
}

/** Whether `a && b`, or `a || b`, needs no parentheses in the place of the test. */
function standsFree(node: TSESTree.Expression, parent: TSESTree.Node, isAlive: boolean): boolean {
  switch (parent.type) {
    case 'ConditionalExpression':
    case 'DoWhileStatement':
    case 'IfStatement':
    case 'WhileStatement':
      return parent.test === node;
    case 'LogicalExpression':
      return isAlive ? parent.operator === '&&' : parent.operator === '||';
    default:
      return false;
  }
}
