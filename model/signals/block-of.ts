import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import type { SignalFile } from './signal-file.ts';

/** What a registration stands in: two in the same are both made. A branch of a condition is one of its own, with or without braces. */
export function blockOf(node: TSESTree.Node, { parents }: SignalFile): TSESTree.Node | undefined {
  let inner = node;
  for (let at = parents.get(node); at !== undefined; at = parents.get(at)) {
    if (isBranch(inner, at)) return inner;
    if (at.type === 'Program' || at.type === 'BlockStatement' || at.type === 'SwitchCase' || isFunction(at)) return at;
    inner = at;
  }
  return undefined;
}

function isBranch(node: TSESTree.Node, parent: TSESTree.Node): boolean {
  if (parent.type === 'IfStatement' || parent.type === 'ConditionalExpression') return parent.test !== node;
  return parent.type === 'LogicalExpression' && parent.right === node;
}
