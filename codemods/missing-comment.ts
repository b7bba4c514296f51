import type { TSESTree } from '@typescript-eslint/utils';
import type { Source } from '../model/source.ts';

/** A comment of the text before that is no longer in the text after, however it is indented; order is not compared, since edits move whole statements. */
export function missingComment(before: Source, after: Source, mayGo: (comment: TSESTree.Comment) => boolean): string | undefined {
  const left = new Map<string, number>();
  for (const comment of after.comments) left.set(keyOf(comment), (left.get(keyOf(comment)) ?? 0) + 1);
  for (const comment of before.comments) {
    const count = left.get(keyOf(comment)) ?? 0;
    if (count === 0 && !mayGo(comment)) return comment.value.trim();
    left.set(keyOf(comment), count - 1);
  }
  return undefined;
}

function keyOf({ value }: Source['comments'][number]): string {
  return value.replaceAll(/\s+/g, ' ').trim();
}
