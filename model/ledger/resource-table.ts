import type { ResourceKind } from './ledger.ts';

/** One way to acquire something that has to be ended. */
export interface ResourceApi {
  readonly kind: ResourceKind;
  /** The function or method that is called, or `new` and the class: `createServer`, `new Worker`. */
  readonly acquire: string;
  /** The methods, or functions, by which it ends. Where there are none, any method named for an end will do. */
  readonly release: readonly string[];
}

function apis(kind: ResourceKind, acquire: readonly string[], release: readonly string[] = []): ResourceApi[] {
  return acquire.map((name) => ({ kind, acquire: name, release }));
}

/** What Node, browsers and well-known libraries give. `settings.lifecycle.resources` adds to it. */
export const RESOURCES: readonly ResourceApi[] = Object.freeze([
  ...apis('listener', ['addEventListener'], ['removeEventListener']),
  ...apis('listener', ['on', 'addListener', 'prependListener'], ['off', 'removeListener', 'removeAllListeners']),
  ...apis('subscription', ['subscribe', 'observe'], ['unsubscribe', 'unobserve', 'disconnect', 'close', 'dispose', 'return', 'end', 'stop', 'cancel', 'remove']),
  ...apis('subscription', ['register'], ['unregister', 'deregister', 'dispose', 'remove', 'cancel']),
  ...apis('server', ['createServer', 'createSecureServer', 'new Server', 'new WebSocketServer', 'serve']),
  ...apis('socket', ['createConnection', 'createSocket', 'new Socket', 'new WebSocket', 'new EventSource']),
  ...apis('watcher', ['watch', 'watchFile', 'new MutationObserver', 'new PerformanceObserver']),
  ...apis('worker', ['new Worker', 'new SharedWorker', 'new BroadcastChannel', 'new MessageChannel']),
  ...apis('child', ['spawn', 'fork', 'execFile']),
  ...apis('abort', ['new AbortController']),
  ...apis('service', ['start', 'connect', 'listen', 'open']),
]);
