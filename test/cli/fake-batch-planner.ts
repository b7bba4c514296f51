import { workerData } from 'node:worker_threads';
import { batchPlanner, type Job } from '../../cli/planning/batch-planner.ts';
import { fakeEngine } from './fake-engine.ts';

/** A file called `exhausting` takes all the memory there is, one that is `leaving` ends its thread, and a `slow` one takes some time after it has said that it begins. */
function meanwhile(fileName: string): void {
  if (fileName.includes('exhausting')) for (const taken: unknown[] = []; ; ) taken.push(new Array(1_000_000).fill({}));
  if (fileName.includes('leaving')) process.exit(3);
  if (!fileName.includes('slow')) return;
  process.stdout.write('planning\n');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
}

export default batchPlanner(fakeEngine(meanwhile), workerData as Job);
