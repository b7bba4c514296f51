import type { TSESTree } from '@typescript-eslint/utils';
import { someBelow } from '../ast/some-below.ts';
import { wordsOf } from '../ast/words-of.ts';
import { type FileCode, functionsAround } from './file-code.ts';
import { contains } from '../ast/contains.ts';
import { mayReach } from './order.ts';

const ENDED = new Set(['closed', 'dead', 'died', 'done', 'ended', 'exit', 'exited', 'exits', 'finished', 'free', 'freed', 'gone', 'killed', 'released', 'stopped', 'terminated', 'until', 'wait', 'waiting', 'waits']);

/**
 * Whether something behind a signal may wait for the exit by other means: a loop that polls, or an await of what is named for an end, such as
 * `waitForPort()` or `this.closed`.
 */
export function waitsOtherwise(kill: TSESTree.Node, code: FileCode): boolean {
  const top = functionsAround(kill, code).at(-1) ?? code.program;
  return otherWaits(code).some((node) => contains(top, node) && mayReach(kill, node, code, true));
}

const known = new WeakMap<FileCode, readonly TSESTree.Node[]>();

function otherWaits(code: FileCode): readonly TSESTree.Node[] {
  const waits = known.get(code) ?? code.nodes.filter(isOtherWait);
  known.set(code, waits);
  return waits;
}

function isOtherWait(node: TSESTree.Node): boolean {
  if (node.type === 'AwaitExpression') return someBelow(node.argument, isNamedForEnd);
  const isLoop = node.type === 'WhileStatement' || node.type === 'DoWhileStatement' || node.type === 'ForStatement';
  return isLoop && someBelow(node, (at) => at.type === 'AwaitExpression');
}

function isNamedForEnd(node: TSESTree.Node): boolean {
  return (node.type === 'Identifier' || node.type === 'PrivateIdentifier') && wordsOf(node.name).some((word) => ENDED.has(word));
}
