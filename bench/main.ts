import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { benchCli } from './cli.ts';
import { Corpus } from './corpus.ts';
import { benchLint } from './lint.ts';
import { writePerformance } from './performance.ts';
import { benchScale } from './scale.ts';

const USAGE = `Usage: npm run bench -- [lint] [cli] [scale] [--runs <n>] [--sizes <n,…>] [--files <n,…>]

  lint, cli    on the sources of three packages, --sizes times over
  scale        on generated trees of --files files; writes docs/performance.md
               (whose figures are those of --files 10000,50000,100000 --runs 1: half an hour)

Needs a build. Prints ratios of medians of interleaved runs; nothing is asserted.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '5' },
    sizes: { type: 'string', default: '1,2,4,8' },
    files: { type: 'string', default: '2000,10000' },
    help: { type: 'boolean', default: false },
  },
});

const numbers = (list: string): readonly number[] => list.split(',').map(Number);
const print = (title: string, text: string): void => void process.stdout.write(`\n## ${title}\n\n${text}\n`);

if (values.help) process.stdout.write(USAGE);
else if (!existsSync(join(import.meta.dirname, '../dist'))) throw new Error('there is nothing to measure yet: npm run build');
else bench(positionals.length === 0 ? ['lint', 'cli', 'scale'] : positionals, Number(values.runs));

function bench(parts: readonly string[], rounds: number): void {
  process.stdout.write(`Node ${process.version}\n`);
  if (parts.includes('lint') || parts.includes('cli')) benchPackages(parts, numbers(values.sizes), rounds);
  if (!parts.includes('scale')) return;
  const text = benchScale(numbers(values.files), rounds);
  print('Scale', text);
  writePerformance(text, rounds);
}

function benchPackages(parts: readonly string[], sizes: readonly number[], rounds: number): void {
  using corpus = new Corpus(Math.max(...sizes));
  process.stdout.write(`${corpus.fileCount} TypeScript files\n`);
  if (parts.includes('lint')) print('ESLint', benchLint(corpus, rounds));
  if (parts.includes('cli')) print('CLI', benchCli(corpus, sizes, rounds));
}
