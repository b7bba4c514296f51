import type { TSESTree } from '@typescript-eslint/utils';

/** How a statement always leaves its function or loop: `none` where control may come out at its end. */
export function alwaysExits(node: TSESTree.Node | null | undefined): 'break' | 'none' | 'return' | 'throw' {
  switch (node?.type) {
    case 'ReturnStatement':
      return 'return';
    case 'BreakStatement':
    case 'ContinueStatement':
      return 'break';
    case 'ThrowStatement':
      return 'throw';
    case 'BlockStatement': {
      for (const statement of node.body) {
        const exit = alwaysExits(statement);
        if (exit !== 'none') return exit;
      }
      return 'none';
    }
    case 'IfStatement': {
      const first = alwaysExits(node.consequent);
      const second = alwaysExits(node.alternate);
      return first === 'none' || second === 'none' ? 'none' : first;
    }
    case 'TryStatement': {
      const last = alwaysExits(node.finalizer);
      if (last !== 'none') return last;
      const body = alwaysExits(node.block);
      return node.handler === null || alwaysExits(node.handler.body) !== 'none' ? body : 'none';
    }
    default:
      return 'none';
  }
}
