import type { TSESTree } from '@typescript-eslint/utils';
import { alwaysExits } from '../ast/always-exits.ts';
import { childNodes } from '../ast/children.ts';
import { wordsOf } from '../ast/words-of.ts';

const STOPPING = new Set(['closing', 'destroying', 'disconnecting', 'disposing', 'draining', 'ending', 'shutting', 'stopping', 'tearing', 'terminating']);

/** `if (this.state === 'stopping') return this.stopped;`: a second stop that waits for the first. */
export function joinsStop({ test, consequent, alternate }: TSESTree.IfStatement): boolean {
  return alternate === null && alwaysExits(consequent) === 'return' && saysStopping(test);
}

function saysStopping(node: TSESTree.Node): boolean {
  if (node.type === 'UnaryExpression' || (node.type === 'BinaryExpression' && /^!==?$/.test(node.operator))) return false;
  if (node.type === 'Identifier' || node.type === 'PrivateIdentifier') return isStopping(node.name);
  if (node.type === 'Literal') return typeof node.value === 'string' && isStopping(node.value);
  return childNodes(node).some(saysStopping);
}

function isStopping(name: string): boolean {
  return wordsOf(name).some((word) => STOPPING.has(word));
}
