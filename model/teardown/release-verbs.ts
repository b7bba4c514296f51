import { wordsOf } from '../ast/words-of.ts';
import { RELEASES } from '../flow/release-names.ts';

const VERBS: ReadonlySet<string> = new Set([
  'abort',
  'cancel',
  'cleanup',
  'clear',
  'close',
  'destroy',
  'detach',
  'disconnect',
  'dispose',
  'end',
  'halt',
  'kill',
  'leave',
  'off',
  'quit',
  'release',
  'shutdown',
  'stop',
  'teardown',
  'terminate',
  'unbind',
  'unhandle',
  'unload',
  'unregister',
  'unsubscribe',
  'unwatch',
]);

/** Whether a function releases something, told by its name: `close`, `unhandle`, `stopConsumer`, `removeListener`. */
export function isReleaseName(name: string): boolean {
  if (RELEASES.has(name)) return true;
  const [first = '', second = ''] = wordsOf(name);
  return VERBS.has(first) || (first === 'shut' && second === 'down') || (first === 'tear' && second === 'down');
}
