import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { benchCli } from './cli.ts';
import { Corpus } from './corpus.ts';
import { benchLint } from './lint.ts';

const USAGE = `Usage: npm run bench -- [lint] [cli] [--runs <n>] [--sizes <n,…>]

Needs a build. Prints ratios of medians of interleaved runs; nothing is asserted.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '5' }, sizes: { type: 'string', default: '1,2,4,8' }, help: { type: 'boolean', default: false } },
});

if (values.help) process.stdout.write(USAGE);
else if (!existsSync(join(import.meta.dirname, '../dist'))) throw new Error('there is nothing to measure yet: npm run build');
else bench(positionals, values.sizes.split(',').map(Number), Number(values.runs));

function bench(parts: readonly string[], sizes: readonly number[], rounds: number): void {
  using corpus = new Corpus(Math.max(...sizes));
  const print = (title: string, text: string): void => void process.stdout.write(`\n## ${title}\n\n${text}\n`);
  process.stdout.write(`Node ${process.version}, ${corpus.fileCount} TypeScript files\n`);
  if (parts.length === 0 || parts.includes('lint')) print('ESLint', benchLint(corpus, rounds));
  if (parts.length === 0 || parts.includes('cli')) print('CLI', benchCli(corpus, sizes, rounds));
}
