import type { TSESTree } from '@typescript-eslint/utils';
import type { Source } from '../../model/source.ts';
import type { Change } from '../outcome.ts';

/** A comment that stands in what changes replace, and not in what they put there. */
export function lostComment(changes: readonly Change[], { text, comments }: Source): TSESTree.Comment | undefined {
  return comments.find(({ range }) => changes.some(({ start, end, text: put }) => start <= range[0] && range[1] <= end && !put.includes(text.slice(...range))));
}
