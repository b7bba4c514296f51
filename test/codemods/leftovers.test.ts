import { expect, test } from 'vitest';
import { runCodemods } from '../../codemods/run-codemod.ts';
import addAsyncDispose from '../../codemods/add-async-dispose.ts';
import addLifecycleLock from '../../codemods/add-lifecycle-lock.ts';
import type { Codemod, CodemodOptions } from '../../codemods/codemod.ts';

function reasons(codemod: Codemod, text: string, options: CodemodOptions = {}, fileName = 'a.ts'): readonly string[] {
  const result = runCodemods([codemod], { fileName, text }, options);
  expect(result.text).toBe(text);
  return result.services.flatMap(({ left }) => left.map(({ why }) => why));
}

/** A service whose start and stop have race windows, with other members and other bodies put in. */
function connection({
  head = 'class A',
  fields = '',
  start = '',
  startHead = 'async start()',
  stop = '',
  stopHead = 'async stop()',
  more = '',
}): string {
  return `${head} {
  open = false;
  ${fields}
  ${startHead} {
    if (this.open) return;
    await connect();
    this.open = true;
    ${start}
  }
  ${stopHead} {
    this.open = false;
    await disconnect();
    ${stop}
  }
  ${more}
}
`;
}

test.each([
  [
    'a synchronous stop',
    connection({ stopHead: 'stop(): void', stop: '' }).replace('await disconnect()', 'disconnect()'),
    'stop() is synchronous, and holding a lock would make it return a promise',
  ],
  [
    'an override',
    connection({ head: 'class A extends B', startHead: 'override async start()' }),
    'start() overrides a method of a base class which cannot be seen from here',
  ],
  [
    'a base in the same file',
    `class B { async start() { await 1; } }\n${connection({ head: 'class A extends B' })}`,
    'start() overrides that of its base class B',
  ],
  ['a subclass in the same file', `${connection({})}class C extends A { async stop() { await 1; } }\n`, 'its subclass C overrides stop()'],
  [
    'a default that reads state',
    connection({ stopHead: 'async stop(force = this.open)' }),
    'a parameter default of stop() reads the object before the lock would be held',
  ],
  [
    'a proxy',
    connection({ more: 'constructor() { return new Proxy(this, {}); }' }),
    'its constructor returns another object, perhaps a proxy, which would not have the lock',
  ],
  [
    'a self-call in a callback that may be waited for',
    connection({ start: 'await retry(() => this.stop());' }),
    'start() names this.stop where it cannot be told whether the lock is held by then',
  ],
  [
    'a method handed on and waited for',
    connection({ start: 'await retry(this.stop);' }),
    'start() hands on this.stop and waits for what is done with it',
  ],
  [
    'a self-call that leads to the end of an awaited promise',
    connection({ start: 'await new Promise((resolve) => { on("end", () => this.stop().then(resolve)); });' }),
    'start() names this.stop where it cannot be told whether the lock is held by then',
  ],
  [
    'a helper that others use too',
    connection({ start: 'await this.reset();', more: 'async reset() { await this.stop(); }' }),
    'reset() calls this.stop() and is used both under the lock and without it',
  ],
  [
    'another name for this',
    connection({ start: 'const self = this; on("end", function () { self.stop(); });' }),
    'calls its own lifecycle methods through another name for this',
  ],
  [
    'a self-call that a subclass may take over',
    connection({ head: 'abstract class A', start: 'if (this.bad()) await this.stop();', more: 'abstract bad(): boolean;' }),
    'start() calls this.stop() under the lock, and a subclass may have its own',
  ],
  [
    'a self-call that relies on a default',
    connection({ start: 'if (bad()) await this.stop();', stopHead: 'async stop(force = true)' }),
    'start() calls this.stop() under the lock and relies on the default of a parameter',
  ],
  [
    'a self-call of a method with a pattern',
    connection({ start: 'if (bad()) await this.stop({});', stopHead: 'async stop({ force }: Force)' }),
    'stop() is called under the lock, and its parameters cannot be handed on to a half without it',
  ],
  [
    'a background task that waits for its own stop',
    connection({
      fields: 'task: Promise<void> | undefined;',
      start: 'this.task = this.loop();',
      stop: 'await this.task;',
      more: 'async loop() { await this.stop(); }',
    }),
    'loop() runs in the background and waits for this.stop(), which may be waiting for it',
  ],
  ...[
    'await this.task.catch(() => {});',
    'const { task } = this; await task;',
    'for (const task of [this.task]) await task;',
    'await this.tasks.values();',
    'await this.run.task;',
  ].map((stop): [string, string, string] => [
    `a task that is waited for by ${stop}`,
    connection({ start: 'this.task = this.loop();', stop, more: 'async loop() { await this.stop(); }' }),
    'loop() runs in the background and waits for this.stop(), which may be waiting for it',
  ]),
  [
    'a task whose end is told by another promise',
    connection({ start: 'void this.loop();', stop: 'await this.done;', more: 'async loop() { await this.stop(); this.end(); }' }),
    'loop() runs in the background and waits for this.stop(), which may be waiting for it',
  ],
  ...[
    'const self = this as A; await self.stop();',
    'let self; self = this; await self.stop();',
    'const end = async (self = this) => { await self.stop(); }; await end();',
    'const holder = { self: this }; await holder.self.stop();',
    'const { stop } = this; await stop.call(this);',
    'await A.prototype.stop.call(this);',
  ].map((start): [string, string, string] => [
    `another name in ${start}`,
    connection({ start }),
    'calls its own lifecycle methods through another name for this',
  ]),
  ...[
    ['this.end()', 'constructor() { this.end = this.stop.bind(this); }'],
    ['this.end', 'get end() { return this.stop(); }'],
    ['0; const undo = []; undo.push(() => this.stop()); await Promise.all(undo.map((one) => one()))', ''],
    ['0; await using undo = new AsyncDisposableStack(); undo.defer(() => this.stop())', ''],
    ['0; await using undo = { [Symbol.asyncDispose]: async () => { await this.stop(); } }', ''],
    ['new Promise(async (resolve) => { await this.stop(); resolve(); })', ''],
  ].map(([waited = '', more = '']): [string, string, string] => [
    `a self-call in ${waited}`,
    connection({ start: `await ${waited};`, more }),
    'start() names this.stop where it cannot be told whether the lock is held by then',
  ]),
  [
    'a hook that a subclass fills',
    `${connection({ start: 'await this.opened();', more: 'async opened() {}' })}class C extends A { async opened() { await this.stop(); } }\n`,
    'its subclass C calls its lifecycle methods in opened(), which overrides its own',
  ],
  [
    'a start that only stop ends',
    connection({
      fields: 'settle = () => {};',
      start: 'await new Promise<void>((resolve) => { this.settle = resolve; });',
      stop: 'this.settle();',
    }),
    'start() waits until stop() calls this.settle, which it could not do while the lock is held',
  ],
  [
    'a promise kept under a name',
    connection({
      fields: 'settle = () => {};',
      start: 'const ended = new Promise<void>((resolve) => { this.settle = resolve; }); await ended;',
      stop: 'this.settle();',
    }),
    'start() waits until stop() calls this.settle, which it could not do while the lock is held',
  ],
  [
    'a callback of the owner that start waits for',
    connection({ fields: 'constructor(private readonly onOpen: () => Promise<void>) {}', start: 'await this.onOpen();' }),
    'start() waits for this.onOpen(), which is not its own and may itself wait for stop()',
  ],
  [
    'a hook among the options that stop waits for',
    connection({ fields: 'constructor(private readonly options: Options) {}', stop: 'return this.options.onClose();' }),
    'stop() waits for this.options.onClose(), which is not its own and may itself wait for start()',
  ],
  [
    'a promise that settles only where there is a server',
    connection({ stop: 'await new Promise((resolve) => this.server?.close(resolve));' }),
    'stop() makes a promise that may never settle, and would then keep the lock for ever',
  ],
  [
    'a function that is given the object',
    connection({ start: 'await warmUp(this);' }),
    'start() waits for warmUp(), which is not its own and may itself wait for stop()',
  ],
  [
    'an abort behind a guard, by which stop ends what start waits for',
    connection({ start: 'this.ac = new AbortController(); await dial(this.ac.signal);', stopHead: 'async stop() { if (!this.open) return; this.ac?.abort(); await this.end(); } async end()' }),
    'stop() makes a start() that is under way give up, which it could not do while that holds the lock (this.ac)',
  ],
  [
    'a flag by which stop ends the retries of start',
    connection({ start: 'while (!this.stopping) { try { return await dial(); } catch { await rest(); } }', stopHead: 'async stop() { this.stopping = true; await this.end(); } async end()' }),
    'stop() makes a start() that is under way give up, which it could not do while that holds the lock (this.stopping)',
  ],
])('leaves a lock out for %s', (_name, text, why) => {
  expect(reasons(addLifecycleLock, text)).toEqual([why]);
});

test('leaves a call that nobody waits for to the lock, unless the lock takes it for a deadlock', () => {
  const text = connection({ start: 'if (bad()) void this.stop();' });
  expect(runCodemods([addLifecycleLock], { fileName: 'a.ts', text }).text).toContain('void this.stop()');
  expect(reasons(addLifecycleLock, text, { lock: 'inline' })).toEqual([
    'start() calls this.stop() without waiting for it, which the inline lock may take for a deadlock',
  ]);
});

test.each([
  ['setTimeout(() => this.stop(), 10);'],
  ['process.once("SIGTERM", this.stop);'],
  ['await listen({ onClose: () => this.stop() });'],
  ['this.onEnd = async () => { await this.stop(); };'],
  ['const handler = async () => { await this.stop(); }; process.on("SIGINT", handler);'],
  ['await new Promise((resolve) => { on("up", resolve); on("down", () => { void this.stop(); }); });'],
])('takes %s for a call in its own time', (start) => {
  const text = connection({ fields: 'onEnd = async () => {};', start });
  const result = runCodemods([addLifecycleLock], { fileName: 'a.ts', text });
  expect(result.services[0]?.left).toEqual([]);
  expect(result.text).toContain(start);
});

test.each([
  ['await this.stop();', 'await this.#stopLocked();'],
  ['await Promise.all([this.stop(), other()]);', 'await Promise.all([this.#stopLocked(), other()]);'],
  ['await other().catch(() => this.stop());', 'await other().catch(() => this.#stopLocked());'],
  [
    'await Promise.all([1].map(async () => { await this.stop(); }));',
    'await Promise.all([1].map(async () => { await this.#stopLocked(); }));',
  ],
  ['const stopped = this.stop(); await stopped;', 'const stopped = this.#stopLocked(); await stopped;'],
  ["await this['stop']();", 'await this.#stopLocked();'],
  ['return this.stop();', 'return this.#stopLocked();'],
  ['const all = []; all.push(this.stop()); await Promise.all(all);', 'const all = []; all.push(this.#stopLocked()); await Promise.all(all);'],
  ['const all = []; all[0] = this.stop(); await all[0];', 'const all = []; all[0] = this.#stopLocked(); await all[0];'],
  ['for (const one of [this.stop()]) await one;', 'for (const one of [this.#stopLocked()]) await one;'],
])('calls the locked half in %s', (start, expected) => {
  const result = runCodemods([addLifecycleLock], { fileName: 'a.ts', text: connection({ start: `if (bad()) { ${start} }` }) });
  expect(result.services[0]?.left).toEqual([]);
  expect(result.text).toContain(expected);
});

test.each([
  [
    'a base out of sight',
    connection({ head: 'class A extends B' }),
    'its base class, which cannot be seen from here, may have a [Symbol.asyncDispose]() of its own',
  ],
  [
    'a required argument',
    connection({ stopHead: 'async stop(why: string)' }),
    'stop() needs an argument, which [Symbol.asyncDispose]() does not get',
  ],
  [
    'a synchronous dispose',
    connection({ more: '[Symbol.dispose]() { void this.stop(); }' }),
    'its [Symbol.dispose]() calls stop() without waiting; those who rely on it have to change',
  ],
  [
    'an abstract dispose',
    connection({ head: 'abstract class A', more: 'abstract [Symbol.asyncDispose](): Promise<void>;' }),
    'leaves [Symbol.asyncDispose]() to its subclasses',
  ],
  [
    'a dispose that does something else',
    connection({ more: 'async [Symbol.asyncDispose]() {}' }),
    'its [Symbol.asyncDispose]() does not call stop()',
  ],
])('leaves dispose out for %s', (_name, text, why) => {
  expect(reasons(addAsyncDispose, text)).toEqual([why]);
});

test('leaves dispose out where Node has no symbol for it', () => {
  expect(reasons(addAsyncDispose, connection({}), { nodeMajor: 16 })).toEqual(['runs on Node 16, which has no Symbol.asyncDispose']);
});

test.each([
  [
    'a base whose constructor starts it',
    `abstract class B { abstract start(): Promise<void>; constructor() { void this.start(); } }\n${connection({ head: 'class A extends B' })}`,
    'its base class B starts it while it is being constructed, before it has a lock',
  ],
  [
    'a lock of the module',
    `const m = new Mutex();\n${connection({})}`.replace(
      /async stop\(\) \{([^}]*)\}/,
      (_all, body: string) => `async stop() { return m.runExclusive(async () => {${body}}); }`,
    ),
    'takes the module lock m, which is not one for each instance',
  ],
])('leaves a lock out for %s', (_name, text, why) => {
  expect(reasons(addLifecycleLock, text)).toEqual([why]);
});
