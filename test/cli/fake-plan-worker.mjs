/** What a worker thread of the fake engine runs. */
import { register } from 'tsx/esm/api';

register();
export default (await import('./fake-batch-planner.ts')).default;
