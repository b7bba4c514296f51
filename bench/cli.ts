import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import manifest from '../package.json' with { type: 'json' };
import { markdownTable } from '../tools/markdown-table.ts';
import { hold } from './contest.ts';
import type { Corpus } from './corpus.ts';
import { asMilliseconds, asRatio, Timing } from './timing.ts';

const HERE = import.meta.dirname;
const require = createRequire(import.meta.url);

/** Whole processes, from their start to their exit, with the output thrown away. */
const COMMANDS: Record<string, (folders: readonly string[]) => [command: string, ...args: string[]]> = {
  'our dry run': (folders) => [process.execPath, join(HERE, '..', manifest.bin['lifecycle-codemod']), '--dry-run', ...folders],
  'reading the files': (folders) => [process.execPath, join(HERE, 'read-files.mjs'), ...folders],
  'ast-grep, one pattern': (folders) => [astGrep(), 'run', '--pattern', 'await $A.stop()', '--lang', 'ts', ...folders],
  'jscodeshift, j(source)': (folders) => [
    process.execPath,
    require.resolve('jscodeshift/bin/jscodeshift.js'),
    ...['--dry', '--silent', '--no-babel', '--parser=ts', '--extensions=ts', '--transform', join(HERE, 'parse-only.cjs')],
    ...folders,
  ],
};
const SLOW = 'jscodeshift, j(source)';

/** How the CLI compares with other tools on the same files, and how each grows with their number. */
export function benchCli(corpus: Corpus, sizes: readonly number[], rounds: number): string {
  const results = sizes.map((size) => ({ size, timings: contest(corpus.copies(size), rounds) }));
  return [growthTable(corpus, results), '', ratioTable(results), '', spreadTable(results)].join('\n');
}

interface Result {
  readonly size: number;
  readonly timings: ReadonlyMap<string, Timing>;
}

function contest(folders: readonly string[], rounds: number): Map<string, Timing> {
  const contenders = Object.entries(COMMANDS).map(([name, command]) => ({
    name,
    run: () => time(command(folders)),
    rounds: name === SLOW ? Math.min(rounds, 3) : rounds,
  }));
  return new Map([...hold(contenders, rounds)].map(([name, times]) => [name, new Timing(times)]));
}

/** Our CLI exits with 1 when it leaves work behind, ast-grep when it finds nothing. */
function time([command, ...args]: [string, ...string[]]): number {
  const begin = performance.now();
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  const taken = performance.now() - begin;
  if (error !== undefined || status === null || status > 1) throw new Error(`${command} ${args[0] ?? ''}: ${error?.message ?? `exit ${status}`}`);
  return taken;
}

/** The binary itself, without the script in front of it. */
function astGrep(): string {
  const manifestPath = require.resolve('@ast-grep/cli/package.json');
  return join(dirname(manifestPath), process.platform === 'win32' ? 'ast-grep.exe' : 'ast-grep');
}

function growthTable(corpus: Corpus, results: readonly Result[]): string {
  const [first, last] = [results[0], results.at(-1)];
  return markdownTable([
    ['', ...results.map(({ size }) => `${size * corpus.fileCount} files`), 'per further file'],
    ...Object.keys(COMMANDS).map((name) => {
      const growth = (median(last, name) - median(first, name)) / (((last?.size ?? 0) - (first?.size ?? 0)) * corpus.fileCount);
      return [name, ...results.map((result) => asMilliseconds(median(result, name))), `${growth.toFixed(3)} ms`];
    }),
  ]);
}

function ratioTable(results: readonly Result[]): string {
  const row = (label: string, aim: string, above: string, below: string): string[] => [
    label,
    aim,
    ...results.map((result) => asRatio(median(result, above) / median(result, below))),
  ];
  return markdownTable([
    ['(c) whole processes', 'aim', ...results.map(({ size }) => `at ${size} ×`)],
    row('jscodeshift against us', '≥ 40', SLOW, 'our dry run'),
    row('ast-grep against us', '> 1', 'ast-grep, one pattern', 'our dry run'),
    row('we against reading', '≤ 4', 'our dry run', 'reading the files'),
  ]);
}

function spreadTable(results: readonly Result[]): string {
  return markdownTable([
    ['range of the runs', ...results.map(({ size }) => `at ${size} ×`)],
    ...Object.keys(COMMANDS).map((name) => [name, ...results.map(({ timings }) => timings.get(name)?.range ?? '–')]),
  ]);
}

function median(result: Result | undefined, name: string): number {
  return result?.timings.get(name)?.median ?? NaN;
}
