import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import manifest from '../package.json' with { type: 'json' };
import { markdownTable } from '../tools/markdown-table.ts';
import { hold } from './contest.ts';
import { runProcess, type ProcessTime } from './run-process.ts';
import { asRatio, Timing } from './timing.ts';
import { Tree } from './tree.ts';

const HERE = import.meta.dirname;
const DIST = join(HERE, '../dist');
const JSCODESHIFT = createRequire(import.meta.url).resolve('jscodeshift/bin/jscodeshift.js');
const CODEMOD = 'add-lifecycle-lock';

const OURS = `lifecycle-codemod, ${CODEMOD}`;
const ALL = 'lifecycle-codemod, all that run by default';
const CHECK = 'lifecycle-codemod, all with --check --quiet';
const SMALL = `${CHECK}, in a heap of 128 MB`;
const shared = (workers: number): string => `${CHECK}, ${workers} workers`;
const shifted = (workers: number): string => `jscodeshift, ${CODEMOD}, ${workers === 1 ? '1 worker' : `${workers} workers`}`;

const CLI = [join(DIST, '..', manifest.bin['lifecycle-codemod'])];

/** Each gets folders, and writes nothing. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  [OURS]: [...CLI, '--dry-run', '--codemod', CODEMOD, '--'],
  [ALL]: [...CLI, '--dry-run'],
  [CHECK]: [...CLI, '--check', '--quiet'],
  [SMALL]: ['--max-old-space-size=128', ...CLI, '--check', '--quiet'],
  ...Object.fromEntries([2, 4].map((workers) => [shared(workers), [...CLI, '--check', '--quiet', '--workers', String(workers)]])),
  ...Object.fromEntries([1, 2, 4].map((workers) => [shifted(workers), jscodeshift(workers)])),
};

function jscodeshift(workers: number): readonly string[] {
  return [JSCODESHIFT, '--dry', '--silent', '--no-babel', '--parser=ts', '--extensions=ts', `--cpus=${workers}`, '--transform', join(DIST, `codemods/${CODEMOD}.js`)];
}

interface Measured extends ProcessTime {
  /** The most memory that one of its processes has held, in MB. */
  readonly memory: number;
}

type Results = ReadonlyMap<string, readonly Measured[]>;

/** Files per second and memory on generated trees of several sizes, all runs in turn. */
export function benchScale(sizes: readonly number[], rounds: number): string {
  using tree = new Tree(Math.max(...sizes));
  const results = new Map(sizes.map((size) => [size, contest(tree.folders(size), rounds)]));
  return [
    table('files per second, by the clock', results, ({ wall }, size) => ((1000 * size) / wall).toFixed(0)),
    table('files per second of processor time', results, ({ cpu }, size) => ((1000 * size) / cpu).toFixed(0)),
    memoryTable(results),
    ratios(OURS, [1, 2, 4].map(shifted), results),
    ratios(CHECK, [SMALL, shared(2), shared(4)], results),
  ].join('\n\n');
}

function contest(folders: readonly string[], rounds: number): Results {
  const run = (command: readonly string[]): Measured => {
    const reports = mkdtempSync(join(tmpdir(), 'lifecycle-memory-'));
    try {
      const time = runProcess([process.execPath, '--import', join(HERE, 'report-memory.mjs'), ...command, ...folders], { BENCH_MEMORY: reports });
      const memory = Math.max(...readdirSync(reports).map((file) => Number(readFileSync(join(reports, file), 'utf8')))) / 1024;
      return { ...time, memory };
    } finally {
      rmSync(reports, { recursive: true, force: true });
    }
  };
  return hold(Object.entries(COMMANDS).map(([name, command]) => ({ name, run: () => run(command) })), rounds);
}

function table(title: string, results: ReadonlyMap<number, Results>, cell: (median: Measured, size: number) => string): string {
  return markdownTable([
    [title, ...Array.from(results.keys(), (size) => `${size} files`)],
    ...Object.keys(COMMANDS).map((name) => [name, ...Array.from(results, ([size, times]) => cell(medianOf(times, name), size))]),
  ]);
}

/** With what each thousand files more take, from the smallest tree to the largest. */
function memoryTable(results: ReadonlyMap<number, Results>): string {
  const sizes = [...results.keys()].sort((a, b) => a - b);
  const [least = 0, most = 0] = [sizes[0], sizes.at(-1)];
  const memory = (name: string, size: number): number => medianOf(results.get(size) ?? new Map<string, never>(), name).memory;
  const growth = (name: string): string => (most > least ? `${((1000 * (memory(name, most) - memory(name, least))) / (most - least)).toFixed(1)} MB` : '–');
  return markdownTable([
    ['most memory of one process', ...sizes.map((size) => `${size} files`), '1,000 files more'],
    ...Object.keys(COMMANDS).map((name) => [name, ...sizes.map((size) => `${memory(name, size).toFixed(0)} MB`), growth(name)]),
  ]);
}

function ratios(first: string, others: readonly string[], results: ReadonlyMap<number, Results>): string {
  const row = (clock: 'cpu' | 'wall', name: string): string[] => [
    `${name}, ${clock === 'wall' ? 'by the clock' : 'by processor time'}`,
    ...Array.from(results.values(), (times) => asRatio(medianOf(times, name)[clock] / medianOf(times, first)[clock])),
  ];
  return markdownTable([
    [`times as long as ${first}`, ...Array.from(results.keys(), (size) => `${size} files`)],
    ...others.flatMap((name) => [row('wall', name), row('cpu', name)]),
  ]);
}

function medianOf(results: Results, name: string): Measured {
  const of = (key: keyof Measured): number => new Timing((results.get(name) ?? []).map((one) => one[key])).median;
  return { wall: of('wall'), cpu: of('cpu'), memory: of('memory') };
}
