import { wordsOf } from '../ast/words-of.ts';

/** What ends a whole object, by the first word of the method: `close`, `closeAll`, `shutdownNow`. */
const ENDS = ['cleanup', 'close', 'destroy', 'disconnect', 'dispose', 'end', 'halt', 'kill', 'quit', 'shutdown', 'shut', 'stop', 'teardown', 'tear', 'terminate'];

/** What takes back what a method has done to an object, by the first words of both. */
const OPPOSITES: Readonly<Record<string, readonly string[]>> = {
  activate: ['deactivate', ...ENDS],
  attach: ['detach', ...ENDS],
  bind: ['unbind', ...ENDS],
  boot: ENDS,
  connect: ENDS,
  enable: ['disable', ...ENDS],
  handle: ['unhandle'],
  init: ENDS,
  initialise: ENDS,
  initialize: ENDS,
  join: ['leave', ...ENDS],
  launch: ENDS,
  listen: ENDS,
  login: ['logout', ...ENDS],
  mount: ['unmount', ...ENDS],
  open: ENDS,
  register: ['deregister', 'unhandle', 'unregister'],
  setup: ENDS,
  start: ENDS,
  subscribe: ['unsubscribe', ...ENDS],
  watch: ['unwatch', ...ENDS],
};

/** The first words of the methods that take back what one does; none for a method that opens nothing. */
export function oppositesOf(name: string): readonly string[] {
  if (/^(?:acquire|get)Connection$/.test(name)) return ENDS;
  const [first = '', second] = wordsOf(name);
  if (first === 'bind' && second !== undefined) return [];
  return Object.hasOwn(OPPOSITES, first) ? (OPPOSITES[first] ?? []) : [];
}

/** Whether a method ends the whole of what it is called on. */
export function isEnd(name: string): boolean {
  return ENDS.includes(wordsOf(name)[0] ?? '') || name === '[Symbol.asyncDispose]' || name === '[Symbol.dispose]';
}
