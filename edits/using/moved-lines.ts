import type { TSESTree } from '@typescript-eslint/utils';
import type { Source } from '../../model/source.ts';
import { indentAt } from '../text/indent-at.ts';
import { leadingStart } from '../text/leading-start.ts';
import { trailingEnd } from '../text/trailing-end.ts';

/** The lines of a statement and its comments, to be put elsewhere; undefined where a line begins inside a template. */
export function movedLines(source: Source, { range: [start, end] }: TSESTree.Node): readonly string[] | undefined {
  const { text } = source;
  const first = leadingStart(source, start);
  const whole = text.slice(first, trailingEnd(text, end));
  if (whole.includes('\n') && whole.includes('`')) return undefined;
  const indent = indentAt(text, first);
  return whole.split(/\r?\n/).map((line, index) => (index > 0 && line.startsWith(indent) ? line.slice(indent.length) : line));
}
