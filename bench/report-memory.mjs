/** Preloaded into a process: writes the most memory that it has held, in kB, to a file of its own when it exits. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

process.on('exit', () => writeFileSync(join(process.env.BENCH_MEMORY, String(process.pid)), String(process.resourceUsage().maxRSS)));
