import type { TSESTree } from '@typescript-eslint/utils';
import { lineOf } from '../../model/line-of.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import type { CallSite } from './call-site.ts';
import { namesDeclaredBy, usedName } from './names.ts';
import type { SiteGroup } from './site-group.ts';

/** What comes into the `try` of one start: the statements of its block from one index to another, both included. */
export interface Wrap {
  readonly site: CallSite;
  readonly first: number;
  readonly last: number;
  /** The `try` that is there already and begins too late: it comes to begin right after the start. */
  readonly widened: TSESTree.TryStatement | undefined;
  /** How many others it stands in. */
  readonly depth: number;
}

export function wrapsOf(group: SiteGroup): readonly Wrap[] | Obstacle {
  const exact = wraps(group, false);
  const hidden = hiddenName(group, exact);
  if (hidden === undefined || !group.canMoveToEnd || group.sites.some(({ tried }) => tried !== undefined)) return hidden ?? exact;
  const all = wraps(group, true);
  return hiddenName(group, all) ?? all;
}

function wraps(group: SiteGroup, toEnd: boolean): readonly Wrap[] {
  const { block, sites, stops } = group;
  const body: readonly TSESTree.Node[] = block.body;
  const found = sites.map((site) => {
    let last = toEnd ? body.length - 1 : site.tried === undefined ? site.to - 1 : site.to;
    while (last > site.from && stops.some((stop) => stop === body[last])) last--;
    return { site, first: site.from + 1, last, widened: widenedBy(site, sites) };
  });
  return found.map((wrap) => ({ ...wrap, depth: found.filter(({ first, last }) => first < wrap.first && wrap.first - 1 <= last).length }));
}

/** A `try` that only stops what was started before it, and catches nothing, serves the last of them. */
function widenedBy(site: CallSite, sites: readonly CallSite[]): TSESTree.TryStatement | undefined {
  const { tried } = site;
  if (tried?.handler !== null) return undefined;
  const own = sites.filter((other) => other.tried === tried);
  return own.at(-1) === site && tried.finalizer?.body.every((statement) => own.some(({ stop }) => stop === statement)) === true ? tried : undefined;
}

/** What would be declared inside a `try` and is used outside it, and other things that cannot stand in one. */
function hiddenName({ source, block, stops, file }: SiteGroup, all: readonly Wrap[]): Obstacle | undefined {
  const body: readonly TSESTree.Node[] = block.body;
  for (const { first, last, site, widened } of all) {
    const inside = block.body.slice(first, last + 1);
    const crossing = all.find((other) => other.first > first && other.first - 1 <= last && other.last > last);
    if (crossing !== undefined) return { node: site.stop, why: `stops ${site.variable} at line ${String(lineOf(source, site.stop))}, before ${crossing.site.variable}, which was started after it` };
    const fixed = inside.find(({ type }) => /^(?:Import|Export)/.test(type));
    if (fixed !== undefined) return { node: fixed, why: `has an import or export between start and stop, which cannot stand in a try` };
    const names = namesDeclaredBy(inside);
    const outside = body.filter((statement, index) => (index < first || index > last) && !stops.some((stop) => stop === statement));
    const moved = site.tried === undefined ? [site.stop] : [];
    const late = widened === undefined ? [] : [widened.finalizer ?? widened];
    const name = usedName(names, [...outside, ...moved, ...late], file, inside);
    if (name !== undefined) return { node: site.start, why: `uses ${name} after the stop, which is declared before it` };
    const clash = widened && usedName(namesDeclaredBy(widened.block.body), block.body.slice(first, last), file);
    if (clash !== undefined) return { node: widened ?? site.start, why: `has another ${clash} inside its try than before it` };
  }
  return undefined;
}
