import type { TSESTree } from '@typescript-eslint/utils';
import type { Source } from './source.ts';

/** Of a source, or of another text that is asked about more than once. */
type Text = Pick<Source, 'text'>;

const starts = new WeakMap<Text, readonly number[]>();

function lineStarts(source: Text): readonly number[] {
  let known = starts.get(source);
  if (known === undefined) {
    known = [0, ...Array.from(source.text.matchAll(/\r\n|[\n\r\u2028\u2029]/g), ({ index, 0: ending }) => index + ending.length)];
    starts.set(source, known);
  }
  return known;
}

/** Where an offset is, as editors count: both from 1. */
export function positionOf(source: Text, offset: number): { readonly line: number; readonly column: number } {
  const lines = lineStarts(source);
  let line = 1;
  for (let after = lines.length + 1; after - line > 1; ) {
    const middle = (line + after) >> 1;
    if ((lines[middle - 1] ?? 0) > offset) after = middle;
    else line = middle;
  }
  return { line, column: offset - (lines[line - 1] ?? 0) + 1 };
}

/** The line on which a node begins, from 1. Not from `loc`, which not every parser gives. */
export function lineOf(source: Source, node: TSESTree.Node): number {
  return positionOf(source, node.range[0]).line;
}
