import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../ast/unwrap.ts';
import { isExit } from './is-exit.ts';

/** Whether control never comes out at the end of a statement: it returns, throws, breaks or ends the process. */
export function ends(node: TSESTree.Node | null | undefined): boolean {
  switch (node?.type) {
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'ReturnStatement':
    case 'ThrowStatement':
      return true;
    case 'ExpressionStatement':
      return isExit(unwrap(node.expression));
    case 'BlockStatement':
      return node.body.some(ends);
    case 'IfStatement':
      return ends(node.consequent) && ends(node.alternate);
    case 'TryStatement':
      return ends(node.finalizer) || (ends(node.block) && (node.handler === null || ends(node.handler.body)));
    default:
      return false;
  }
}
