import type { TSESTree } from '@typescript-eslint/utils';

type Exit = 'break' | 'none' | 'return' | 'throw';

const cache = new WeakMap<TSESTree.Node, Exit>();

/** How a statement always leaves its function or loop: `none` where control may come out at its end. Kept, since it is asked of each of many statements round one another. */
export function alwaysExits(node: TSESTree.Node | null | undefined): Exit {
  if (node == null) return 'none';
  const exit = cache.get(node) ?? readExit(node);
  cache.set(node, exit);
  return exit;
}

function readExit(node: TSESTree.Node): Exit {
  switch (node.type) {
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
