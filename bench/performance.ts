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

- The command runs in one thread. Most files are read and left alone, without being parsed; the time goes into the few that hold a service.
- The texts of a changed file, before and after, are kept until all are planned, since nothing is written before that. All else about a file is forgotten when the next one is read.
- The work of one file depends on that file and its nearest configuration only: in a pipeline, split it by folders, or run it on what has changed with \`--since\`.
`,
  );
}
