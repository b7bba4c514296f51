/** Methods that end what they are called on. */
export const ENDS: ReadonlySet<string> = new Set([
  'close',
  'closeAsync',
  'destroy',
  'disconnect',
  'dispose',
  'end',
  'endAsync',
  'kill',
  'quit',
  'shutdown',
  'stop',
  'teardown',
  'terminate',
  '[Symbol.asyncDispose]',
  '[Symbol.dispose]',
]);

/** Methods that release what they are called on, or a part of it. */
export const RELEASES: ReadonlySet<string> = new Set([
  ...ENDS,
  'abort',
  'cancel',
  'cleanup',
  'clearImmediate',
  'clearInterval',
  'clearTimeout',
  'off',
  'release',
  'removeAllListeners',
  'removeEventListener',
  'removeListener',
  'unregister',
  'unsubscribe',
  'unwatch',
]);
