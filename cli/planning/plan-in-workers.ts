import { Piscina } from 'piscina';
import { CliError } from '../cli-error.ts';
import type { FoundFile } from '../files/discover-files.ts';
import type { BatchResult, Job } from './batch-planner.ts';
import { mergeOutcomes } from './merge-outcomes.ts';
import type { Plan, PlanRequest } from './plan.ts';

/** Enough that handing them over costs nothing, and few enough that no thread is long busy when the others are done. */
const MOST_IN_BATCH = 250;
const BATCHES_PER_WORKER = 4;

export interface WorkersRequest extends PlanRequest {
  readonly workers: number;
  /** The module that each of them runs: its default export is a `batchPlanner`. */
  readonly workerFile: string;
}

/** The same as `planFiles`, in several threads. Throws a CliError where one of them runs out of memory, too, and an Error where one ends. */
export async function planInWorkers({ files, context: { cwd, codemods, options, texts }, workers, workerFile, onProgress }: WorkersRequest): Promise<Plan> {
  const batches = inBatches(files, Math.min(MOST_IN_BATCH, Math.ceil(files.length / (workers * BATCHES_PER_WORKER))));
  const job: Job = { cwd, codemods: codemods.map(({ name }) => name), options, ...(texts !== undefined && { texts }) };
  const threads = Math.min(workers, batches.length);
  const pool = new Piscina({ filename: workerFile, minThreads: threads, maxThreads: threads, workerData: job });
  const broken = new Promise<never>((_, reject) => pool.on('error', reject)); // a thread that ends while it has nothing to do
  let done = 0;
  const plan = async (batch: readonly FoundFile[]): Promise<BatchResult> => {
    const result = (await pool.run(batch)) as BatchResult;
    done += batch.length;
    await onProgress(done);
    return result;
  };
  try {
    const results = await Promise.race([broken, Promise.all(batches.map(plan))]);
    return mergeOutcomes(results.flatMap(outcomesOf), files.length);
  } catch (error) {
    throw error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new CliError(OUT_OF_MEMORY) : error;
  } finally {
    await pool.destroy();
  }
}

const OUT_OF_MEMORY = 'a worker ran out of memory, and nothing was written: use fewer --workers, or give each more with NODE_OPTIONS=--max-old-space-size=4096';

function inBatches(files: readonly FoundFile[], size: number): readonly (readonly FoundFile[])[] {
  return Array.from({ length: Math.ceil(files.length / size) }, (_, index) => files.slice(index * size, (index + 1) * size));
}

function outcomesOf(result: BatchResult): Extract<BatchResult, { kind: 'planned' }>['outcomes'] {
  if (result.kind === 'failed') throw new CliError(result.message, result.exitCode);
  return result.outcomes;
}
