import type { TSESTree } from '@typescript-eslint/utils';
import { lineOf } from '../../model/line-of.ts';
import { type SignalFile, signalFile } from '../../model/signals/signal-file.ts';
import type { Source } from '../../model/source.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import type { Block, CallSite } from './call-site.ts';
import { hasOwnLines } from './cut.ts';
import { hasSafeTail } from './has-safe-tail.ts';

/** The call sites of one block, in the order of their starts. */
export interface SiteGroup {
  readonly source: Source;
  readonly file: SignalFile;
  readonly block: Block;
  readonly sites: readonly CallSite[];
  readonly stops: readonly TSESTree.Statement[];
  /** Whether all stops stand together, and what follows them does not care whether they have ended. */
  readonly canMoveToEnd: boolean;
}

export function siteGroupOf(all: readonly CallSite[], block: Block, source: Source): SiteGroup | Obstacle {
  const file = signalFile(source.program);
  const sites = all.toSorted((a, b) => a.from - b.from);
  const stops = sites.map(({ stop }) => stop);
  const crowded = sites.flatMap(({ start, stop, tried }) => [start, stop, ...(tried === undefined ? [] : [tried])]).find((statement) => !hasOwnLines(source, statement));
  if (crowded !== undefined) return { node: crowded, why: `has something else on line ${String(lineOf(source, crowded))}` };
  const early = sites.find(({ stop, tried }) => tried !== undefined && !endsWithStops(tried, stop, stops));
  if (early !== undefined) return { node: early.stop, why: `does more in its finally after ${early.variable} has been stopped at line ${String(lineOf(source, early.stop))}` };
  const ends = sites.map(({ to }) => to);
  const last = Math.max(...ends);
  const closing = block.body.slice(Math.min(...ends), last + 1);
  const isTogether = closing.every((statement) => sites.some(({ stop, tried }) => statement === stop || statement === tried)) && sites.every(({ from }) => from < Math.min(...ends));
  return { source, file, block, sites, stops, canMoveToEnd: isTogether && hasSafeTail(block.body.slice(last + 1), file) };
}

function endsWithStops({ finalizer }: TSESTree.TryStatement, stop: TSESTree.Statement, stops: readonly TSESTree.Statement[]): boolean {
  const body = finalizer?.body ?? [];
  return body.slice(body.indexOf(stop) + 1).every((statement) => stops.includes(statement));
}
