import { isDeepStrictEqual } from 'node:util';
import { attempt, trialsOf } from '../../test/services/worker-trial.ts';
import { workers } from '../../test/services/workers.ts';

/** Usage: try-workers.js after|before every|last [worker…]. Tries the main() of these fixtures as their tests do, in whatever Node this runs. */
const [, , file, told, ...names] = process.argv;
let trials = 0;
let failed = 0;

for (const { name, services, ...main } of workers) {
  if (names.length > 0 && !names.includes(name)) continue;
  for (const trial of trialsOf(services, told === 'last' ? 'the last failure' : 'every failure')) {
    trials++;
    const seen = await attempt(file === 'before' ? main.before : main.after, trial);
    if (isDeepStrictEqual(seen, trial.expected)) continue;
    failed++;
    console.error(`${name}: ${trial.name}\n  expected ${JSON.stringify(trial.expected)}\n  seen     ${JSON.stringify(seen)}`);
  }
}

console.log(`${trials - failed} of ${trials}`);
process.exitCode = failed === 0 ? 0 : 1;
