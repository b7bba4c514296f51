import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import manifest from '../package.json' with { type: 'json' };
import { markdownTable } from '../tools/markdown-table.ts';
import { hold } from './contest.ts';
import type { Corpus } from './corpus.ts';
import { runProcess, type ProcessTime } from './run-process.ts';
import { asMilliseconds, asRatio, Timing } from './timing.ts';

const HERE = import.meta.dirname;
const require = createRequire(import.meta.url);

const OURS = 'our dry run';
const READING = 'reading the files';
const AST_GREP = 'ast-grep, one pattern';
const JSCODESHIFT = 'jscodeshift, j(source)';

/** Whole processes, from their start to their exit. */
const COMMANDS: Record<string, (folders: readonly string[]) => string[]> = {
  [OURS]: (folders) => [process.execPath, join(HERE, '..', manifest.bin['lifecycle-codemod']), '--dry-run', ...folders],
  [READING]: (folders) => [process.execPath, join(HERE, 'read-files.mjs'), ...folders],
  [AST_GREP]: (folders) => [astGrep(), 'run', '--pattern', 'await $A.stop()', '--lang', 'ts', ...folders],
  [JSCODESHIFT]: (folders) => [
    process.execPath,
    require.resolve('jscodeshift/bin/jscodeshift.js'),
    ...['--dry', '--silent', '--no-babel', '--parser=ts', '--extensions=ts', '--transform', join(HERE, 'parse-only.cjs')],
    ...folders,
  ],
};

type Clock = keyof ProcessTime;

interface Result {
  readonly size: number;
  readonly times: ReadonlyMap<string, readonly ProcessTime[]>;
}

/** How the CLI compares with other tools on the same files, and how each grows with their number. */
export function benchCli(corpus: Corpus, sizes: readonly number[], rounds: number): string {
  const results = sizes.map((size) => ({ size, times: contest(corpus.copies(size), rounds) }));
  return [
    ...(['wall', 'cpu'] as const).flatMap((clock) => [growthTable(corpus, results, clock), '', ratioTable(results, clock), '']),
    spreadTable(results),
  ].join('\n');
}

function contest(folders: readonly string[], rounds: number): Map<string, ProcessTime[]> {
  const contenders = Object.entries(COMMANDS).map(([name, command]) => ({
    name,
    run: () => runProcess(command(folders)),
    rounds: name === JSCODESHIFT ? Math.min(rounds, 3) : rounds,
  }));
  return hold(contenders, rounds);
}

/** The binary itself, without the script in front of it. */
function astGrep(): string {
  const folder = dirname(require.resolve('@ast-grep/cli/package.json'));
  return join(folder, process.platform === 'win32' ? 'ast-grep.exe' : 'ast-grep');
}

function growthTable(corpus: Corpus, results: readonly Result[], clock: Clock): string {
  const [first, last] = [results[0], results.at(-1)];
  return markdownTable([
    [TITLES[clock], ...results.map(({ size }) => `${size * corpus.fileCount} files`), 'per further file'],
    ...Object.keys(COMMANDS).map((name) => {
      const growth = (median(last, name, clock) - median(first, name, clock)) / (((last?.size ?? 0) - (first?.size ?? 0)) * corpus.fileCount);
      return [name, ...results.map((result) => asMilliseconds(median(result, name, clock))), `${growth.toFixed(3)} ms`];
    }),
  ]);
}

const TITLES: Record<Clock, string> = { wall: 'by the clock', cpu: 'by processor time' };

function ratioTable(results: readonly Result[], clock: Clock): string {
  const row = (label: string, aim: string, above: string, below: string): string[] => [
    label,
    aim,
    ...results.map((result) => asRatio(median(result, above, clock) / median(result, below, clock))),
  ];
  return markdownTable([
    [`(c) ${TITLES[clock]}`, 'aim', ...results.map(({ size }) => `at ${size} ×`)],
    row('jscodeshift against us', '≥ 40', JSCODESHIFT, OURS),
    row('ast-grep against us', '> 1', AST_GREP, OURS),
    row('we against reading', '≤ 4', OURS, READING),
  ]);
}

function spreadTable(results: readonly Result[]): string {
  return markdownTable([
    ['range by the clock', ...results.map(({ size }) => `at ${size} ×`)],
    ...Object.keys(COMMANDS).map((name) => [name, ...results.map((result) => timing(result, name, 'wall').range)]),
  ]);
}

function timing(result: Result | undefined, name: string, clock: Clock): Timing {
  return new Timing((result?.times.get(name) ?? []).map((time) => time[clock]));
}

function median(result: Result | undefined, name: string, clock: Clock): number {
  return timing(result, name, clock).median;
}
