/** Methods that call their callback at once, for each of what they are called on. */
export const ITERATORS: ReadonlySet<string> = new Set([
  'every',
  'filter',
  'find',
  'findIndex',
  'flatMap',
  'forEach',
  'map',
  'reduce',
  'reduceRight',
  'some',
  'sort',
]);

/** Methods that call their callback once a promise has settled. */
export const CHAINS: ReadonlySet<string> = new Set(['catch', 'finally', 'then']);

/** Methods of `Promise` that make one promise of several. */
export const COMBINATORS: ReadonlySet<string> = new Set(['all', 'allSettled', 'any', 'race']);

/** Methods that put one more into an array, a set or a map. */
export const ADDERS: ReadonlySet<string> = new Set(['add', 'push', 'set', 'unshift']);

/** Methods of an emitter that register a listener. */
export const LISTENS: ReadonlySet<string> = new Set(['addListener', 'on', 'once', 'prependListener', 'prependOnceListener']);

/** Methods that run their callback within the call and hand back its promise: locks, transactions, contexts. */
export const RUNNERS: ReadonlySet<string> = new Set([
  'acquire',
  'execute',
  'lock',
  'queue',
  'run',
  'runExclusive',
  'runWith',
  'transaction',
  'withLock',
]);

export const TIMERS: ReadonlySet<string> = new Set(['setImmediate', 'setInterval', 'setTimeout']);
