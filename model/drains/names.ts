import { wordsOf } from '../ast/words-of.ts';
import { RELEASES } from '../flow/release-names.ts';

/** The first word of methods that end something, or wait until it has ended. */
const ENDS = new Set([
  'await', 'cancel', 'clean', 'cleanup', 'close', 'deactivate', 'deregister', 'destroy', 'detach', 'disable', 'disconnect', 'dispose', 'drain',
  'end', 'finalize', 'finish', 'halt', 'join', 'kill', 'leave', 'quit', 'release', 'shut', 'shutdown', 'stop', 'teardown', 'terminate', 'unhandle',
  'uninstall', 'unlisten', 'unload', 'unmount', 'unregister', 'unsubscribe', 'unwatch', 'until', 'wait', 'when',
]);
/** Methods of queues and iterators whose first word says nothing. */
const END_NAMES = new Set(['onEmpty', 'onIdle', 'onSizeLessThan', 'return']);

/** `closeAsync`, `stopWorkers`, `$disconnect`, `onIdle`. */
export function endsWork(name: string): boolean {
  return RELEASES.has(name) || END_NAMES.has(name) || ENDS.has(wordsOf(name)[0] ?? '') || wordsOf(name).includes('teardown');
}

const SLEEPS = new Set(['delay', 'nextTick', 'pause', 'setImmediate', 'setTimeout', 'sleep', 'timeout', 'wait']);

/** `delay(10)`, `this.clock.sleep(ms)`, `scheduler.wait(10)`. */
export function isSleepName(name: string): boolean {
  return SLEEPS.has(name);
}

const TIMEOUT_WORDS = new Set(['deadline', 'expire', 'grace', 'timed', 'timeout', 'timeouts', 'within']);

/** `withTimeout`, `drainTimeoutMs`, `gracePeriod`. */
export function tellsTimeout(name: string): boolean {
  return wordsOf(name.replaceAll(/time[dD]?[oO]ut/g, 'timeout')).some((word) => TIMEOUT_WORDS.has(word)) || /timeout/i.test(name);
}

const START_WORDS = new Set([
  'barrier', 'boot', 'bootstrap', 'bootstrapping', 'connect', 'connecting', 'init', 'initialisation', 'initialise', 'initialising', 'initialization',
  'initialize', 'initializing', 'loading', 'open', 'opening', 'ready', 'setup', 'start', 'starting', 'startup',
]);

/** A promise by which others wait for start: `startingPromise`, `ready`. */
export function awaitsStart(name: string): boolean {
  return wordsOf(name).some((word) => START_WORDS.has(word));
}

const WORK_WORDS = new Set([
  'active', 'close', 'closed', 'closing', 'completed', 'completion', 'done', 'drained', 'ended', 'exit', 'exited', 'finished', 'flight', 'idle',
  'inflight', 'job', 'jobs', 'loop', 'pending', 'processing', 'promise', 'promises', 'request', 'requests', 'run', 'running', 'settled', 'shutdown',
  'stopped', 'task', 'tasks', 'terminated', 'work', 'worker',
]);

/** A promise that settles when something has ended: `done`, `exited`, `pending`. */
export function namesWork(name: string): boolean {
  return wordsOf(name).some((word) => WORK_WORDS.has(word)) && !awaitsStart(name);
}
