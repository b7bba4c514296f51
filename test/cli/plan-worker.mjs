/** What a worker thread of the real engine runs, in the sources. */
import { register } from 'tsx/esm/api';

register();
export default (await import('../../cli/planning/plan-worker.ts')).default;
