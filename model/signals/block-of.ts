import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import type { SignalFile } from './signal-file.ts';

/** What a registration stands in: two in the same block are both made. */
export function blockOf(node: TSESTree.Node, { parents }: SignalFile): TSESTree.Node | undefined {
  for (let at = parents.get(node); at !== undefined; at = parents.get(at)) {
    if (at.type === 'Program' || at.type === 'BlockStatement' || isFunction(at)) return at;
  }
  return undefined;
}
