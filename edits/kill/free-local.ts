import type { TSESTree } from '@typescript-eslint/utils';
import type { FileCode } from '../../model/kills/file-code.ts';
import { contains } from '../../model/ast/contains.ts';
import { freeName } from '../text/free-name.ts';

/** A name for a variable that nothing in a part of the file means, or declares. */
export function freeLocal(candidates: readonly [string, ...string[]], within: TSESTree.Node, code: FileCode): string {
  const taken = new Set<string>();
  for (const node of code.nodes) {
    if (node.type !== 'Identifier' || !contains(within, node)) continue;
    const parent = code.parents.get(node);
    const isMember = parent?.type === 'MemberExpression' && parent.property === node && !parent.computed;
    if (!isMember) taken.add(node.name);
  }
  return freeName(candidates, (name) => taken.has(name));
}
