import type { ServiceResult } from '../../codemods/codemod.ts';
import type { FoundFile } from '../files/discover-files.ts';
import { type FileContext, planFile } from '../planning/plan-file.ts';
import { type Hunk, hunksBetween, linesIn, type LineRange } from './hunks-between.ts';

type Source = Parameters<typeof planFile>[1];

/** How the codemods mend one service of a file when they mend all of it. */
export interface Mend {
  readonly added: readonly string[];
  readonly left: readonly { readonly line: number; readonly why: string; readonly codemod: string }[];
  /** In its class. */
  readonly hunks: readonly Hunk[];
  /** Outside of all services of the file: one and the same list for all that are changed in it. */
  readonly shared: readonly Hunk[];
}

export type ServiceRange = LineRange & Pick<ServiceResult, 'service'>;

/** Where the services stand in a text, in their order. */
type FindServices = (text: string) => readonly ServiceRange[];

/**
 * What the codemods do to each service of one file, by `keyOf`. Empty where they cannot run. The file is planned once, and the services
 * are compared one by one: both take time that grows with the file, and no faster.
 */
export async function mendsOf(found: FoundFile, source: Source, context: FileContext, findServices: FindServices): Promise<ReadonlyMap<string, Mend>> {
  const whole = await planFile(found, source, context);
  if (whole.kind === 'problem') return new Map();
  const { services, before, after } = whole.file;
  const pairs = before === after ? [] : pairsOf(findServices(withoutMark(before)), findServices(withoutMark(after)));
  const [old, fresh] = [linesIn(withoutMark(before)), linesIn(withoutMark(after))];
  const shared = before === after ? [] : gapsBetween(pairs, old.length, fresh.length).flatMap(([from, to]) => hunksBetween(old, fresh, from, to));
  return new Map(
    services.flatMap((result) => {
      const { added, left } = result;
      if (added.length + left.length === 0) return [];
      const pair = pairs.find(([range]) => range.line === result.line && range.service === result.service);
      const mend: Mend = {
        added: added.map(({ what }) => what),
        left: left.map(({ line, why, codemod }) => ({ line, why, codemod })),
        hunks: pair === undefined || added.length === 0 ? [] : hunksBetween(old, fresh, ...pair),
        shared: added.length === 0 ? [] : shared,
      };
      return [[keyOf(result), mend] as const];
    }),
  );
}

/** Tells a service from the others of its file. */
export function keyOf({ line, service }: Pick<ServiceResult, 'line' | 'service'>): string {
  return `${String(line)} ${service}`;
}

type Pair = readonly [before: ServiceRange, after: ServiceRange];

/** The same services before and after: which classes are services, no codemod changes. */
function pairsOf(before: readonly ServiceRange[], after: readonly ServiceRange[]): readonly Pair[] {
  if (before.length !== after.length) return [];
  return before.flatMap((range, index) => {
    const other = after[index];
    return other === undefined ? [] : [[range, other] as const];
  });
}

/** What stands before, between and behind the services. */
function gapsBetween(pairs: readonly Pair[], oldLines: number, freshLines: number): readonly (readonly [LineRange, LineRange])[] {
  const gaps: [LineRange, LineRange][] = [];
  let [from, to] = [1, 1];
  for (const [before, after] of pairs.toSorted(([one], [other]) => one.line - other.line)) {
    // A class in another one is no end of a gap.
    if (before.line < from) continue;
    gaps.push([{ line: from, endLine: before.line - 1 }, { line: to, endLine: after.line - 1 }]);
    [from, to] = [before.endLine + 1, after.endLine + 1];
  }
  return [...gaps, [{ line: from, endLine: oldLines }, { line: to, endLine: freshLines }]];
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
