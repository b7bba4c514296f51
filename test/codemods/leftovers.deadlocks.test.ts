import { expect, test } from 'vitest';
import addLifecycleLock from '../../codemods/add-lifecycle-lock.ts';
import type { CodemodOptions } from '../../codemods/codemod.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';

/** A service with a late guard, whose start and stop go on with these lines. */
function service({ fields = '', start = '', stop = '', more = '' }): string {
  return `class A {
  up = false;
  ${fields}
  async start() {
    if (this.up) return;
    ${start}
    await warmUp();
    this.up = true;
  }
  async stop() {
    ${stop}
    this.up = false;
    await coolDown();
  }
  ${more}
}
`;
}

function outcome(text: string, options: CodemodOptions = {}): readonly string[] {
  const result = runCodemods([addLifecycleLock], { fileName: 'a.ts', text }, options);
  return result.services.flatMap(({ added, left }) => [...added.map(({ what }) => what), ...left.map(({ why }) => why)]);
}

const GIVES_UP = 'stop() makes a start() that is under way give up, which it could not do while that holds the lock';
const UNSURE = 'start() names this.stop where it cannot be told whether the lock is held by then';

test.each([
  [
    'destroys what start waits for',
    { start: 'this.socket = connect(); await once(this.socket, "open");', stop: 'this.socket?.destroy();' },
    `${GIVES_UP} (this.socket)`,
  ],
  [
    'kills a child that start knows by another name',
    { start: 'const child = spawn("x"); this.child = child; await new Promise((up) => child.once("spawn", up));', stop: 'await this.flush(); this.child?.kill();', more: 'async flush() {}' },
    `${GIVES_UP} (this.child)`,
  ],
  [
    'rejects a promise with handles',
    { start: 'this.ready = Promise.withResolvers(); ask(this.ready.resolve); await this.ready.promise;', stop: 'this.ready?.reject(new Error("stopped"));' },
    `${GIVES_UP} (this.ready)`,
  ],
  [
    'aborts what a helper of a helper waits for',
    { start: 'await this.open();', stop: 'if (this.up) log(); this.ac?.abort();', more: 'async open() { await this.dial(); } async dial() { this.ac = new AbortController(); await connect(this.ac.signal); }' },
    `${GIVES_UP} (this.ac)`,
  ],
  [
    'settles what is kept on a list',
    { fields: 'waiters = [];', start: 'await new Promise((resolve) => { this.waiters.push(resolve); });', stop: 'for (const wake of this.waiters) wake();' },
    'start() waits until stop() calls this.waiters, which it could not do while the lock is held',
  ],
  [
    'settles what a helper keeps in an object',
    {
      fields: 'pending = {};',
      start: 'await this.open();',
      stop: 'this.wake();',
      more: 'async open() { await new Promise((resolve) => { this.pending.end = () => resolve(); }); } wake() { this.pending.end?.(); }',
    },
    'start() waits until stop() calls this.pending, which it could not do while the lock is held',
  ],
])('leaves a lock out where stop %s', (_name, parts, why) => {
  expect(outcome(service(parts))).toEqual([why]);
});

test.each([
  ['a list that it empties itself', { fields: 'undo = [];', start: 'this.undo.push(() => this.stop()); try { await open(); } catch { for (const one of this.undo) await one(); }' }, UNSURE],
  ['a list that a helper empties', { fields: 'undo = [];', start: 'this.undo.push(() => this.stop()); if (bad()) await this.back();', more: 'async back() { while (this.undo.length) await this.undo.pop()(); }' }, UNSURE],
  ['a promise that it awaits by other means', { start: 'let done; const over = new Promise((resolve) => { done = resolve; }); void this.stop().then(done); await over;' }, UNSURE],
  ['a promise that it awaited before', { start: 'await this.stopped; try { await open(); } catch (error) { this.stopped = this.stop(); throw error; }' }, UNSURE],
  [
    'nobody where it fails',
    { start: 'try { await open(); } catch (error) { void this.stop(); throw error; }' },
    'start() fails and calls this.stop() without waiting for it, which would then also end what a later start has begun',
  ],
  [
    'a field that the next start awaits',
    { start: 'await this.stopping; on("down", () => { this.stopping = this.stop(); });' },
    'start() keeps the promise of this.stop() in this.stopping, for which code under the lock waits',
  ],
])('leaves a lock out where start gives its stop to %s', (_name, parts, why) => {
  expect(outcome(service(parts))).toEqual([why]);
});

test.each([
  ['polls a counter of', { fields: 'active = 0;', start: 'on("item", () => void this.onItem());', stop: 'while (this.active > 0) await rest();' }],
  ['ends a pool of', { start: 'on("item", () => this.pool.run(() => this.onItem()));', stop: 'await this.pool.end();' }],
  ['ends a pool, with another name, of', { start: 'const pool = makePool(); this.pool = pool; on("item", () => pool.run(() => this.onItem()));', stop: 'await this.pool.end();' }],
  ['ends a client with handlers for', { start: 'this.client = new Client({ handle: async () => { await this.onItem(); } });', stop: 'await this.client.end();' }],
])('leaves a lock out where stop %s work that waits for stop', (_name, parts) => {
  const more = 'async onItem() { if (bad()) await this.stop(); }';
  expect(outcome(service({ ...parts, more }))).toEqual(['onItem() runs in the background and waits for this.stop(), which may be waiting for it']);
});

test.each([
  ['the event that it causes', 'this.socket.on("close", () => void this.stop());'],
  ['the method itself', 'this.socket.once("end", this.stop);'],
  ['a method for that event, on another name', 'const socket = dial(); this.socket = socket; socket.onClose(() => this.stop());'],
])('leaves a lock out where stop closes what calls it by %s', (_name, start) => {
  expect(outcome(service({ start, stop: 'await this.socket.close();' }))).toEqual([
    'stop() closes this.socket, whose handler calls this.stop() again: that call would wait for the lock, and end what a later start has begun',
  ]);
});

test('leaves the inline lock out where a handler may call stop before start is done', () => {
  const text = service({ start: 'emitter.on("down", () => void this.stop());' });
  expect(outcome(text)).toEqual(['lifecycle lock']);
  expect(outcome(text, { lock: 'inline' })).toEqual([
    'start() hands out this.stop(), which the inline lock would take for a deadlock if it were called before start() is done',
  ]);
});

test.each([
  ['a server that is given what settles the promise', { start: 'await new Promise((resolve) => { this.server = listen(80, resolve); });', stop: 'this.server?.unref();' }],
  ['what its source tells', { start: 'await new Promise((resolve, reject) => { this.source = open(); this.source.onopen = () => resolve(); this.source.onerror = reject; });', stop: 'this.source.close();' }],
  ['a destroy that takes its time', { start: 'this.registry = new Registry(); await this.registry.init();', stop: 'await this.registry.destroy();' }],
  ['a stream that is kept only once it is open', { start: 'const stream = dial(); await once(stream, "open"); this.stream = stream;', stop: 'this.stream?.destroy();' }],
  ['a timer that settles it', { start: 'await new Promise((resolve) => { this.timer = setTimeout(resolve, 9); });', stop: 'clearTimeout(this.timer);' }],
  ['a child that start does not wait for', { start: 'this.child = spawn("x"); await connect();', stop: 'this.child?.kill();' }],
  ['a stop that only logs when it is done', { start: 'if (bad()) this.stop().then(() => console.log("stopped"));' }],
  ['a handler that looks whether it is up', { start: 'this.socket.on("close", () => { if (this.up) void this.stop(); });', stop: 'this.socket.destroy();' }],
  ['a handler of something else', { start: 'this.socket.on("message", () => void this.stop());', stop: 'await this.socket.close();' }],
  ['a listener whose promise nobody has', { start: 'this.socket.on("message", async () => { await this.stop(); });', stop: 'await this.socket.close();' }],
])('adds a lock beside %s', (_name, parts) => {
  expect(outcome(service(parts))).toEqual(['lifecycle lock']);
});

test('adds a lock where stop aborts what start makes last, after all that it waits for', () => {
  const text = `class A {
  async start() { this.starting ??= this.open(); return this.starting; }
  async stop() { await this.starting; this.starting = undefined; this.ac?.abort(); await this.task; }
  async open() { await connect(); this.ac = new AbortController(); this.task = this.loop(this.ac.signal); }
  async loop(signal) { while (!signal.aborted) await step(signal); }
}
`;
  expect(outcome(text)).toEqual(['lifecycle lock']);
});

test('leaves a lock out for a handler of a client that stop ends and that may wait for it', () => {
  const start = 'this.client = new Client({ onDown: () => this.stop() });';
  expect(outcome(service({ start, stop: 'await this.client.end();' }))).toEqual([
    'start() runs in the background and waits for this.stop(), which may be waiting for it',
  ]);
});
