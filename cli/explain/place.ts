import type { TSESTree } from '@typescript-eslint/utils';
import { positionOf } from '../../model/line-of.ts';
import type { Source } from '../../model/source.ts';
import type { Place } from './explanation.ts';

/** Gives the places of nodes in one file. */
export type PlaceOf = (node: TSESTree.Node) => Place;

export function placesIn(source: Source): PlaceOf {
  const lines = source.text.split(/\r\n|[\n\r\u2028\u2029]/);
  return (node) => {
    const [start, end] = node.range;
    const { line } = positionOf(source, start);
    return { line, endLine: positionOf(source, end).line, text: (lines[line - 1] ?? '').trim() };
  };
}
