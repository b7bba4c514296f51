import type { TSESTree } from '@typescript-eslint/utils';
import type { Change, Edit } from '../edits/outcome.ts';
import { sortChanges } from './apply-changes.ts';

/**
 * The changes of one codemod's edits to the classes and functions of a file, the import that two of them need only once. Undefined where
 * they overlap, or where one of them stands inside another: those have to be made one after the other.
 */
export function mergeEdits(edits: readonly { readonly node: TSESTree.Node; readonly edit: Edit }[]): readonly Change[] | undefined {
  const nodes = [...new Set(edits.map(({ node }) => node))].toSorted((one, other) => one.range[0] - other.range[0] || other.range[1] - one.range[1]);
  // Nodes are beside or inside each other: what stands inside another comes somewhere behind it.
  if (nodes.some(({ range }, index) => range[1] <= (nodes[index - 1]?.range[1] ?? 0))) return undefined;
  return mergeChanges(edits.map(({ node, edit: { changes } }) => ({ changes, isOwn: ({ start, end }) => end > node.range[0] && start < node.range[1] })));
}

/** Changes of several edits in their order; those that are no edit's own, such as an import, are made once. Undefined where they overlap. */
export function mergeChanges(edits: readonly { readonly changes: readonly Change[]; readonly isOwn: (change: Change) => boolean }[]): readonly Change[] | undefined {
  const changes: Change[] = [];
  const shared = new Set<string>();
  for (const edit of edits) {
    for (const change of edit.changes) {
      const key = JSON.stringify(change);
      const isOwn = edit.isOwn(change);
      if (!isOwn && shared.has(key)) continue;
      if (!isOwn) shared.add(key);
      changes.push(change);
    }
  }
  const sorted = sortChanges(changes);
  return sorted.some(({ start }, index) => start < (sorted[index - 1]?.end ?? 0)) ? undefined : sorted;
}
