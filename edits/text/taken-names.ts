import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from '../../model/ast/children.ts';

const cache = new WeakMap<TSESTree.Program, ReadonlySet<string>>();

/** Every identifier of a file: a name that is not among them is free, whatever the scope. */
export function takenNames(program: TSESTree.Program): ReadonlySet<string> {
  const known = cache.get(program);
  if (known !== undefined) return known;
  const names = new Set<string>();
  collect(program, names);
  cache.set(program, names);
  return names;
}

function collect(node: TSESTree.Node, names: Set<string>): void {
  if (node.type === 'Identifier' || node.type === 'JSXIdentifier') names.add(node.name);
  for (const child of childNodes(node)) collect(child, names);
}
