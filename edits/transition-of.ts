import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../model/ast/is-function.ts';
import { isLoop } from '../model/ast/is-loop.ts';
import { someBelow } from '../model/ast/some-below.ts';
import { thisMember } from '../model/ast/this-member.ts';
import { thisRoot } from '../model/ast/this-root.ts';
import type { Method } from '../model/service.ts';
import type { Obstacle } from './lock-obstacle.ts';
import { returnsIn } from './returns-in.ts';
import { startsLine } from './text/starts-line.ts';

/** The statements of a block with which a method changes the object's state before it first waits. */
export function transitionOf(
  text: string,
  { name, node }: Method,
  block: TSESTree.Node,
  methods: readonly Method[],
): Obstacle | readonly TSESTree.Statement[] {
  const leave = (why: string): Obstacle => ({ node, why: `${name}() runs the loop or waits for its end, and ${why}` });
  if (block.type !== 'BlockStatement') return leave('has no body to divide');
  const end = block.body.findIndex((statement) => isLoop(statement) || awaits(statement));
  const before = block.body.slice(0, end === -1 ? block.body.length : end);
  if (!before.some(changesState)) return leave('does not change its state before that');
  if (before.some(({ type }) => type.endsWith('Declaration'))) return leave('declares names before that which it may need later');
  if (returnsIn(before).some(({ argument }) => argument !== null)) return leave('may return a value before that');
  if (before.some((statement) => callsAny(statement, methods))) return leave('calls its own lifecycle methods before that');
  if (!before.every(({ range: [start] }) => startsLine(text, start))) return leave('does not stand on lines of its own');
  return before;
}

/** Whether the code itself waits, apart from the functions in it. */
export function awaits(node: TSESTree.Node): boolean {
  return someBelow(node, ({ type }) => type === 'AwaitExpression', isFunction);
}

function changesState(statement: TSESTree.Statement): boolean {
  const changes = (node: TSESTree.Node): boolean => {
    if (node.type === 'AssignmentExpression') return thisRoot(node.left) !== undefined;
    return node.type === 'CallExpression' && thisRoot(node.callee) !== undefined;
  };
  return someBelow(statement, changes, isFunction);
}

function callsAny(statement: TSESTree.Statement, methods: readonly Method[]): boolean {
  return someBelow(statement, (node) => methods.some(({ name }) => name === thisMember(node)));
}
