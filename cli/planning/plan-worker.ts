/** What a worker thread runs: `planInWorkers` starts it. */
import { workerData } from 'node:worker_threads';
import { defaultEngine } from '../default-engine.ts';
import { batchPlanner, type Job } from './batch-planner.ts';

export default batchPlanner(defaultEngine, workerData as Job);
