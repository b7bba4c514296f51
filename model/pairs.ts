/** One way in which classes name the two sides of their life. */
export interface Pair {
  readonly start: string;
  readonly stop: string;
  /** `always` checked; `evidence`, only where the class also spawns work, sets timers or keeps a running flag; `host`, called by a framework. */
  readonly level: 'always' | 'evidence' | 'host';
}

function pairs(level: Pair['level'], starts: readonly string[], stops: readonly string[]): Pair[] {
  return starts.flatMap((start) => stops.map((stop) => ({ start, stop, level })));
}

/** The names that real services use, most usual first; the first pair that a class has is the one that messages name. */
export const PAIRS: readonly Pair[] = Object.freeze([
  ...pairs('always', ['start'], ['stop', 'shutdown', 'close', 'disconnect', 'teardown', 'destroy', 'dispose', 'terminate', 'cleanup', 'end', 'kill']),
  ...pairs('always', ['run'], ['stop', 'shutdown', 'close']),
  ...pairs('always', ['connect'], ['disconnect', 'close']),
  ...pairs('always', ['open'], ['close']),
  ...pairs('always', ['listen'], ['close', 'stop']),
  ...pairs('always', ['startup'], ['shutdown']),
  ...pairs('always', ['start'], ['[Symbol.asyncDispose]']),
  ...pairs('evidence', ['initialize', 'init'], ['destroy', 'dispose', 'close', 'shutdown', 'stop']),
  ...pairs('evidence', ['setup'], ['teardown']),
  ...pairs('evidence', ['activate'], ['deactivate']),
  ...pairs('evidence', ['enable'], ['disable']),
  ...pairs('evidence', ['subscribe'], ['unsubscribe']),
  ...pairs('evidence', ['mount'], ['unmount']),
  ...pairs('evidence', ['begin'], ['end']),
  ...pairs(
    'host',
    ['onModuleInit', 'onApplicationBootstrap'],
    ['onModuleDestroy', 'beforeApplicationShutdown', 'onApplicationShutdown'],
  ),
]);

/** Names that begin the life of an object. */
export const START_NAMES: ReadonlySet<string> = new Set(PAIRS.map(({ start }) => start));

/** Names that begin the life of the whole object, so that a class which has several of them has one start side. */
export const LIFE_STARTS: ReadonlySet<string> = new Set(['connect', 'init', 'initialize', 'listen', 'open', 'run', 'setup', 'start', 'startup']);

/** Names that end the life of an object, also where nothing of the class starts it. */
export const STOP_NAMES: ReadonlySet<string> = new Set(PAIRS.map(({ stop }) => stop));
