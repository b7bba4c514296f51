import { markdownTable } from '../markdown-table.ts';
import { PRESETS, type Preset } from './judge.ts';
import type { Mutant } from './mutant.ts';
import { whyMissed } from './survivors.ts';

/** A mutant with why nothing is lost by it, where that is known. */
export interface Judged extends Mutant {
  readonly harmless: string | undefined;
}

export const GOAL = 0.95;

/** Of the mutants of a rule that do harm, the share that a preset notices; one of which harm is only supposed counts when it is noticed. */
export function recallOf(mutants: readonly Judged[], preset: Preset): number | undefined {
  const counted = mutants.filter((mutant) => mutant.noticedBy.has(preset) || mutant.harmless === undefined);
  return counted.length === 0 ? undefined : counted.filter(({ noticedBy }) => noticedBy.has(preset)).length / counted.length;
}

export function byRule(mutants: readonly Judged[]): ReadonlyMap<string, readonly Judged[]> {
  const names = [...new Set(mutants.map(ruleOf))].sort();
  return new Map(names.map((name) => [name, mutants.filter((mutant) => ruleOf(mutant) === name)]));
}

function ruleOf({ mutation }: Judged): string {
  return mutation.rules[0];
}

export interface Run {
  readonly mutants: readonly Judged[];
  readonly files: number;
  readonly invalid: number;
  /** As `2026-11-21`. */
  readonly date: string;
}

export function reportOf({ mutants, files, invalid, date }: Run): string {
  const missed = mutants.filter(({ noticedBy, harmless }) => !noticedBy.has('strict') && harmless === undefined);
  const parts = [
    '<!-- Written by `npm run mutate -- --update`. -->',
    '# Recall by mutation',
    'What the rules notice when a protection is missing. `npm run mutate` takes the well-behaved classes of the fixtures, those that a careful engineer or a codemod has left those of the `unchanged` folders that no rule reports, and those of `fixtures/specimens`, which are there for this alone, takes one protection at a time away from each by machine, and counts which mutants the rule reports that is there for it.',
    `Written on ${date}: ${mutants.length} mutants of ${files} files; ${invalid} more did not parse or type-check, and do not count.`,
    'A mutant is *harmless* where its syntax shows that nothing is lost, or that the rule book does not ask for what was lost, or where the explorer, which runs the class in every order of calls, finds no fault in it. Of the rest each preset should notice at least 95 %.',
    markdownTable([['rule', 'mutants', 'harmless', ...PRESETS.flatMap((preset) => [`\`${preset}\``, 'share'])], ...Array.from(byRule(mutants), rowOf), rowOf(['all', mutants])]),
    'What `recommended` leaves out is meant so: it reports what is a hazard, and not what is only missing by the letter, such as a dispose that nobody uses.',
    '## What `strict` misses',
    missed.length === 0 ? 'Nothing.' : markdownTable([['file', 'line', 'what', 'rule', 'why'], ...missed.map(missedRow)]),
    '## What is harmless',
    'Only those that `strict` does not report.',
    markdownTable([['rule', 'what', 'mutants', 'why'], ...harmlessRows(mutants)]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function rowOf([name, mutants]: readonly [string, readonly Judged[]]): readonly (number | string)[] {
  const harmless = mutants.filter((mutant) => mutant.harmless !== undefined && !mutant.noticedBy.has('strict')).length;
  const columns = PRESETS.flatMap((preset) => {
    const recall = recallOf(mutants, preset);
    return [mutants.filter(({ noticedBy }) => noticedBy.has(preset)).length, recall === undefined ? '–' : `${Math.floor(recall * 100)} %`];
  });
  return [name === 'all' ? name : `\`${name}\``, mutants.length, harmless, ...columns];
}

function missedRow(mutant: Judged): readonly (number | string)[] {
  const { file, line, mutation } = mutant;
  return [file.name, line, mutation.what, `\`${mutation.rules[0]}\``, whyMissed(file.name, mutation.what)];
}

function harmlessRows(mutants: readonly Judged[]): readonly (readonly (number | string)[])[] {
  const groups = new Map<string, readonly [string, string, number, string]>();
  for (const { mutation, harmless, noticedBy } of mutants) {
    if (harmless === undefined || noticedBy.has('strict')) continue;
    const key = `${mutation.rules[0]} ${mutation.what} ${harmless}`;
    groups.set(key, [`\`${mutation.rules[0]}\``, mutation.what, (groups.get(key)?.[2] ?? 0) + 1, harmless]);
  }
  return [...groups.entries()].toSorted(([a], [b]) => a.localeCompare(b)).map(([, row]) => row);
}
