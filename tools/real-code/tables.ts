import type { Examination } from './examine.ts';
import { PROBLEMS } from './examine.ts';
import { markdownTable } from '../markdown-table.ts';

export interface PackageRun {
  readonly name: string;
  readonly files: readonly Examination[];
}

/** The tables that are printed, and kept in the snapshot. Problems are all zero there, or the run has failed. */
export function tables(runs: readonly PackageRun[], rules: readonly string[]): string {
  const all: PackageRun = { name: '**all**', files: runs.flatMap(({ files }) => files) };
  const columns = [...runs, all];
  return [
    ['What was read', packageTable(columns)],
    ['Reports by rule', byPackage('rule', columns, rules, (file) => file.reports.map(({ rule }) => rule))],
    ['Edits by codemod', byPackage('added', columns, [], editsOf)],
    ['Leftovers by reason', byPackage('left', columns, [], leftoversOf)],
  ]
    .map(([title, table]) => `## ${title}\n\n${table}\n`)
    .join('\n');
}

function packageTable(runs: readonly PackageRun[]): string {
  const count = (run: PackageRun, of: (file: Examination) => number): number => run.files.reduce((sum, file) => sum + of(file), 0);
  return markdownTable([
    ['package', 'files', 'unparsable', 'services', 'reports', 'edits', 'leftovers', ...PROBLEMS],
    ...runs.map((run) => [
      run.name,
      run.files.length,
      count(run, ({ unparsable }) => (unparsable === undefined ? 0 : 1)),
      count(run, ({ services }) => services),
      count(run, ({ reports }) => reports.length),
      count(run, (file) => editsOf(file).length),
      count(run, (file) => leftoversOf(file).length),
      ...PROBLEMS.map((kind) => count(run, ({ problems }) => problems.filter((problem) => problem.kind === kind).length)),
    ]),
  ]);
}

/** One row for each thing counted, one column for each package; packages with nothing to count have none. */
function byPackage(title: string, columns: readonly PackageRun[], rows: readonly string[], keysOf: (file: Examination) => readonly string[]): string {
  const counts = columns.map(({ files }) => countKeys(files.flatMap((file) => keysOf(file))));
  const total = counts.at(-1) ?? new Map<string, number>();
  const shown = columns.map(({ name }, index) => ({ name, counts: counts[index] ?? total })).filter((column) => column.counts.size > 0);
  const names = [...new Set([...rows, ...[...total.keys()].sort()])];
  return markdownTable([[title, ...shown.map(({ name }) => name)], ...names.map((name) => [name, ...shown.map((column) => column.counts.get(name) ?? 0)])]);
}

function countKeys(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function editsOf({ result }: Examination): string[] {
  return (result?.services ?? []).flatMap(({ added }) => added.map(({ codemod, what }) => `${codemod}: ${what}`));
}

function leftoversOf({ result }: Examination): string[] {
  return (result?.services ?? []).flatMap(({ left }) => left.map(({ codemod, why }) => `${codemod}: ${generalise(why)}`));
}

/** A reason without the names of the class it is about, so that like goes with like. */
function generalise(why: string): string {
  return why.replaceAll(/(?:\b(?:this|super|await)\b[ .])*[\w#$.[\]]+\(\)/g, '…()').replaceAll(/\b(this|super)\.#?[\w$]+/g, '$1.…').replaceAll(/\b\d+\b/g, 'n');
}
