import type { TSESTree } from '@typescript-eslint/utils';
import type { Source } from '../../model/source.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import type { Change } from '../outcome.ts';
import { blockUnit } from '../text/block-unit.ts';
import { eolAt } from '../text/eol-at.ts';
import { indentAt } from '../text/indent-at.ts';
import { leadingStart } from '../text/leading-start.ts';
import { lineEnd } from '../text/line-end.ts';
import { trailingEnd } from '../text/trailing-end.ts';
import { awaitEarlyReturns } from './await-early-returns.ts';
import { cutStatements, lineStart } from './cut.ts';
import { emptyFinally } from './empty-finally.ts';
import { Layout } from './layout.ts';
import { movedLines } from './moved-lines.ts';
import type { SiteGroup } from './site-group.ts';
import { type Wrap, wrapsOf } from './wraps-of.ts';

/** Enters a `try` right after each start, and stops in its `finally`; of several, what is started last is stopped first. */
export function writeTry(group: SiteGroup): readonly Change[] | Obstacle {
  const { source, block, sites, file } = group;
  const wraps = wrapsOf(group);
  if ('why' in wraps) return wraps;
  const unit = blockUnit(source.text, block as TSESTree.BlockStatement);
  const layout = new Layout(source, unit);
  const kept = wraps.flatMap(({ site, widened }) => (widened === undefined ? [] : [site.stop]));
  for (const tried of new Set(sites.flatMap((site) => site.tried ?? []))) {
    const stops = sites.flatMap(({ stop, tried: own }) => (own === tried && !kept.includes(stop) ? [stop] : []));
    const obstacle = stops.length === 0 ? undefined : emptyFinally(source, tried, stops, layout, true);
    if (obstacle !== undefined) return obstacle;
  }
  layout.put(...cutStatements(source, sites.flatMap(({ stop, tried }) => (tried === undefined ? [stop] : [])), true));
  // Of those that end at one place, the inner one ends first.
  for (const wrap of wraps.toReversed()) {
    const obstacle = wrap.widened === undefined ? enclose(group, wrap, layout, unit) : widen(group, wrap, wrap.widened, layout, unit);
    if (obstacle !== undefined) return obstacle;
  }
  const covered = block.body.slice(wraps[0]?.first, Math.min(...sites.map(({ to }) => to)));
  layout.put(...awaitEarlyReturns(source, covered, file));
  return layout.changes();
}

function enclose({ source, block }: SiteGroup, { site, first, last, depth }: Wrap, layout: Layout, unit: string): Obstacle | undefined {
  const { text } = source;
  const lines = movedLines(source, site.stop);
  if (lines === undefined) return { node: site.stop, why: `stops ${site.variable} with a text of several lines` };
  const eol = eolAt(text, site.start.range[0]);
  const indent = eol + indentAt(text, site.start.range[0]) + unit.repeat(depth);
  const start = trailingEnd(text, site.start.range[1]);
  const nodes = block.body.slice(first, last + 1);
  const final = nodes.at(-1);
  if (final === undefined) {
    layout.put({ start, end: start, text: lines.map((line) => indent + line).join('') });
    return undefined;
  }
  const end = trailingEnd(text, final.range[1]);
  layout.move(nodes, open(source, nodes, start, indent, layout), end, 1);
  layout.put({ start: end, end, text: `${indent}} finally {${lines.map((line) => indent + unit + line).join('')}${indent}}` });
  return undefined;
}

/** Lets a `try` begin right after the start. */
function widen({ source, block }: SiteGroup, { site, first, last, depth }: Wrap, tried: TSESTree.TryStatement, layout: Layout, unit: string): Obstacle | undefined {
  if (first === last) return undefined;
  const { text } = source;
  const head = { start: lineStart(text, tried.range[0]), end: lineEnd(text, tried.block.range[0] + 1), text: '' };
  if (head.end === tried.block.range[0] + 1) return { node: tried, why: 'has something else on the line of its try' };
  const start = trailingEnd(text, site.start.range[1]);
  const nodes = block.body.slice(first, last);
  const from = open(source, nodes, start, eolAt(text, start) + indentAt(text, site.start.range[0]) + unit.repeat(depth), layout);
  layout.put(head);
  layout.move(nodes, from, head.start, 1);
  return undefined;
}

/** Opens a `try` above the first statement that comes into it, below a blank line; gives where what has to be indented begins. */
function open(source: Source, nodes: readonly TSESTree.Node[], after: number, indent: string, layout: Layout): number {
  const { text } = source;
  const [first] = nodes;
  const at = first === undefined ? 0 : lineStart(text, leadingStart(source, first.range[0]));
  if (at > after) layout.put({ start: at, end: at, text: `${indent.replace(/^\r?\n/, '')}try {${eolAt(text, at)}` });
  else layout.put({ start: after, end: after, text: `${indent}try {` });
  return at > after ? at - 1 : after;
}
