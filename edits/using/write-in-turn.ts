import type { TSESTree } from '@typescript-eslint/utils';
import type { StartedHere } from '../../model/ownership/started-here.ts';
import { awaitedStatement } from '../../model/ownership/use-of-local.ts';
import { signalFile } from '../../model/signals/signal-file.ts';
import type { Source } from '../../model/source.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import type { Change } from '../outcome.ts';
import { blockUnit } from '../text/block-unit.ts';
import { eolAt } from '../text/eol-at.ts';
import { indentAt } from '../text/indent-at.ts';
import { leadingStart } from '../text/leading-start.ts';
import { trailingEnd } from '../text/trailing-end.ts';
import { hasOwnLines, lineStart } from './cut.ts';
import { Layout } from './layout.ts';

/** Lets no stop in a `finally` depend on the one before it: `try { await worker.stop(); } finally { await bus.stop(); }`. */
export function writeInTurn(found: readonly StartedHere[], source: Source): readonly Change[] | Obstacle | undefined {
  const { parents } = signalFile(source.program);
  const { text } = source;
  const own = found.map(({ stop }) => awaitedStatement(stop, parents));
  const block = own[0] === undefined ? undefined : parents.get(own[0]);
  if (block?.type !== 'BlockStatement') return undefined;
  const { body } = block;
  const at = own.map((statement) => body.findIndex((other) => other === statement)).toSorted((a, b) => a - b);
  const first = (at[0] ?? 0) - 1;
  if (first < 0 || at.some((index, position) => index !== first + 1 + position)) return undefined;
  const stops: readonly TSESTree.Statement[] = body.slice(first, first + 1 + at.length);
  const crowded = stops.find((stop) => !hasOwnLines(source, stop));
  if (crowded !== undefined) return { node: crowded, why: 'has several stops on one line' };
  const layout = new Layout(source, blockUnit(text, block));
  const unit = blockUnit(text, block);
  const indent = (depth: number): string => indentAt(text, stops[0]?.range[0] ?? 0) + unit.repeat(depth);
  stops.forEach((stop, depth) => {
    const eol = eolAt(text, stop.range[0]);
    const start = lineStart(text, leadingStart(source, stop.range[0]));
    const end = trailingEnd(text, stop.range[1]);
    const isLast = depth === stops.length - 1;
    for (let moved = 0; moved < (isLast ? depth : depth + 1); moved++) layout.move([stop], start - 1, end, 1);
    if (!isLast) {
      layout.put({ start, end: start, text: `${indent(depth)}try {${eol}` });
      layout.put({ start: end, end, text: `${eol}${indent(depth)}} finally {` });
    } else layout.put({ start: end, end, text: stops.slice(1).map((_, index) => `${eol}${indent(depth - 1 - index)}}`).join('') });
  });
  return layout.changes();
}
