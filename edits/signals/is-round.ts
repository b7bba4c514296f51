import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { isFunction } from '../../model/ast/is-function.ts';

/** Whether a node is a loop, or the callback of one. */
export function isRound(node: TSESTree.Node, parent: TSESTree.Node | undefined): boolean {
  if (/^(?:DoWhile|For|ForIn|ForOf|While)Statement$/.test(node.type)) return true;
  return isFunction(node) && parent?.type === 'CallExpression' && /^(?:forEach|map)$/.test(calleeName(parent) ?? '');
}
