import type { TSESTree } from '@typescript-eslint/utils';
import type { Source } from '../../model/source.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import { lineEnd } from '../text/line-end.ts';
import { startsLine } from '../text/starts-line.ts';
import { cutStatements, lineStart } from './cut.ts';
import type { Layout } from './layout.ts';

/** Takes stops out of a `finally`, and the `finally` itself where nothing but a `catch` is left. */
export function emptyFinally(source: Source, tried: TSESTree.TryStatement, stops: readonly TSESTree.Statement[], layout: Layout, withComments: boolean): Obstacle | undefined {
  const { handler, finalizer } = tried;
  if (handler === null || !isEmptied(tried, stops)) {
    layout.put(...cutStatements(source, stops, withComments));
    return undefined;
  }
  const [start, end] = [handler.range[1], (finalizer ?? handler).range[1]];
  const lost = lostIn(source, start, end, withComments ? stops : []);
  if (lost === undefined) layout.put({ start, end, text: '' });
  return lost;
}

/** Puts the statements of a `try` that catches nothing and stops nothing any more where it stood, or in a block of their own. */
export function unwrapTry(source: Source, tried: TSESTree.TryStatement, layout: Layout, asBlock: boolean): Obstacle | undefined {
  const { text } = source;
  const { block, range } = tried;
  const lost = lostIn(source, block.range[1], range[1], []) ?? lostIn(source, range[0], block.range[0], []);
  if (lost !== undefined) return lost;
  if (asBlock) {
    layout.put({ start: range[0], end: block.range[0], text: '' }, { start: block.range[1], end: range[1], text: '' });
    return undefined;
  }
  const close = block.range[1] - 1;
  const head = { start: lineStart(text, range[0]), end: lineEnd(text, block.range[0] + 1), text: '' };
  const foot = { start: lineStart(text, close), end: lineEnd(text, range[1]), text: '' };
  if (head.end === block.range[0] + 1 || !startsLine(text, close)) return { node: tried, why: 'has something else on the lines of its try' };
  layout.put(head, foot);
  layout.move(block.body, head.end - 1, close, -1);
  return undefined;
}

export function isEmptied({ finalizer }: TSESTree.TryStatement, stops: readonly TSESTree.Statement[]): boolean {
  return finalizer?.body.every((statement) => stops.includes(statement)) === true;
}

/** A comment that would go with what is taken out, unless it goes with one of the stops to where they are put. */
function lostIn(source: Source, start: number, end: number, moved: readonly TSESTree.Node[]): Obstacle | undefined {
  const kept = cutStatements(source, moved, true);
  const lost = source.comments.find(({ range }) => start <= range[0] && range[1] <= end && !kept.some((cut) => cut.start <= range[0] && range[1] <= cut.end));
  return lost && { node: lost as unknown as TSESTree.Node, why: 'has a comment round its stops that would be lost' };
}
