import { writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const PAGE = join(import.meta.dirname, '../docs/performance.md');

/** Writes the page with the tables of a run, the machine and the date. */
export function writePerformance(tables: string, rounds: number): void {
  const [first, ...others] = cpus();
  const load = loadavg().map((one) => one.toFixed(1)).join(', ');
  const machine = `${others.length + 1} × ${first?.model.trim() ?? 'unknown'}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, ${platform()} ${arch()}, Node ${process.version}`;
  writeFileSync(
    PAGE,
    `# Performance

Written by \`npm run bench -- scale --files <n,…>\` on ${new Date().toISOString().slice(0, 10)}, on ${machine}. Medians of ${rounds} ${rounds === 1 ? 'run' : 'runs'} of whole
processes, one contender after the other in turn; load averages at the end: ${load}. Where other work runs on the machine, compare the ratios and the processor time rather than
files per second.

The tree is generated: modules of about 1.5 kB in folders of a hundred, 5 % of them with a service in which every codemod has something to do. Nothing is written. jscodeshift
runs the same codemod as its transform.

${tables}

## What to expect

- Most files are read and left alone, without being parsed; the time goes into the few that hold a service.
- The command runs in one thread. \`--workers 2\` and more are for trees of thousands of files on a machine with idle cores: each thread loads and warms up the same code for itself, which
  costs a quarter more processor time for two and half as much again for four on 10,000 files, and memory of its own. So nothing but \`--workers\` turns them on. More of them than there are
  cores only cost. What is printed and written is the same, letter by letter.
- What stays in memory is about 200 bytes for each file found and 1 kB for each file with a service; and since nothing is written before all is planned, the text of such a file as well, twice if it
  is to change: a byte for each character, two where some are beyond Latin-1. \`--check\` with \`text\` or \`json\` keeps a digest in its place. All else about a file is forgotten when the next one
  is read: what a process takes beyond that is garbage that Node has had no need to collect, as the row with a heap of 128 MB shows. \`NODE_OPTIONS=--max-old-space-size=128\` does the same for you.
- The work of one file depends on that file and its nearest configuration only: in a pipeline, split it by folders, or run it on what has changed with \`--since\`.
`,
  );
}
