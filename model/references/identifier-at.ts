import type { TSESTree } from '@typescript-eslint/utils';
import { parentsOf } from '../ast/parents.ts';

const cache = new WeakMap<TSESTree.Program, ReadonlyMap<number, TSESTree.Node>>();

/** The identifier whose first character stands at an offset; of `{ X }`, the value rather than the key. */
export function identifierAt(program: TSESTree.Program, offset: number): TSESTree.Node | undefined {
  let names = cache.get(program);
  if (names === undefined) {
    const found = new Map<number, TSESTree.Node>();
    for (const node of parentsOf(program).keys()) {
      if (node.type === 'Identifier' || node.type === 'PrivateIdentifier' || node.type === 'JSXIdentifier') found.set(node.range[0], node);
    }
    names = found;
    cache.set(program, names);
  }
  return names.get(offset);
}
