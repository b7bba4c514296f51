import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import { drainsOf, outlineDrains } from './drains-of.ts';
import { codeOf, serviceIn } from './parse.ts';

describe('what stop waits for', () => {
  test.each([
    ['the task that start left running', 'await this.task;', 'this.task'],
    ['also when its failure is not of interest', 'await this.task.catch(() => {});', 'this.task.catch(() => {})'],
    ['a server that closes', 'await this.server.close();', 'this.server.close()'],
    ['optional, and only now and then', 'if (this.server) await this.server?.close();', 'this.server?.close()'],
    ['one of two', 'await (this.soft ? this.server.drain() : this.server.destroy());', 'this.soft ? this.server.drain() : this.server.destroy()'],
    ['all of several', 'await Promise.all([this.a.stop(), this.b.stop()]);', 'Promise.all([this.a.stop(), this.b.stop()])'],
    ['each of a list', 'await Promise.allSettled([...this.workers].map(async (w) => { await w.stop(); }));', 'Promise.allSettled([...this.workers].map(async (w) => { await w.stop(); }))'],
    ['a list that was filled before', 'const all = []; for (const w of this.workers) all.push(w.stop()); await Promise.all(all);', 'Promise.all(all)'],
    ['a promise from a local', 'const task = this.task; this.task = undefined; await task;', 'task'],
    ['a promise taken out of this', 'const { task } = this; await task;', 'task'],
    ['a promise begun earlier', 'let closing; if (this.server) closing = this.server.close(); await closing;', 'closing'],
    ['a callback', 'await new Promise((resolve) => this.server.close(resolve));', 'new Promise((resolve) => this.server.close(resolve))'],
    ['an event', "await new Promise((resolve) => this.child.once('exit', resolve));", "new Promise((resolve) => this.child.once('exit', resolve))"],
    ['somebody who will call back', 'await new Promise((resolve) => { this.onDrained = resolve; });', 'new Promise((resolve) => { this.onDrained = resolve; })'],
    ['a flag, by polling', 'while (this.busy) await sleep(10);', 'while (this.busy) await sleep(10);'],
    ['a flag, by ticks', 'do { await new Promise(setImmediate); } while (this.busy);', 'do { await new Promise(setImmediate); } while (this.busy);'],
    ['a stream', 'for await (const item of this.stream) this.handle(item);', 'for await (const item of this.stream) this.handle(item);'],
    ['a function kept in a field', 'await this.unsubscribe?.();', 'this.unsubscribe?.()'],
    ['the functions kept in a field', 'for (const dispose of this.disposers) await dispose();', 'dispose()'],
    ['what is returned', 'return this.server.close();', 'this.server.close()'],
    ['a chain: one wait for all of it', 'return this.server.close().then(() => this.task);', 'this.server.close().then(() => this.task)'],
  ])('%s', (_name, stop, work) => {
    expect(drainsOf(stop)).toEqual([`stop: no ${work}`]);
  });

  test('an event, by the functions of Node and of p-event', () => {
    expect(drainsOf("await once(this.server, 'close');", { top: "import { once } from 'node:events';" })).toEqual(["stop: no once(this.server, 'close')"]);
    expect(drainsOf("await pEvent(this.server, 'close');", { top: "import { pEvent } from 'p-event';" })).toEqual(["stop: no pEvent(this.server, 'close')"]);
  });

  test('every step of a chain that begins with nothing', () => {
    expect(drainsOf('return Promise.resolve().then(() => this.a.stop()).then(() => { return this.b.stop(); });')).toEqual([
      'stop: no this.a.stop()',
      'stop: no this.b.stop()',
    ]);
  });

  test('a lock that only the working methods hold otherwise: taking it waits for their work', () => {
    const members = 'lock = new Mutex(); tick() { return this.lock.runExclusive(() => this.step()); }';
    expect(drainsOf('await this.lock.acquire();', { top: "import { Mutex } from 'async-mutex';", members })).toEqual(['stop: no this.lock.acquire()']);
  });
});

describe('what is no drain', () => {
  test.each([
    ['a sleep', 'await sleep(10); await new Promise((resolve) => setTimeout(resolve, 10));'],
    ['data', 'await this.store.save(this.state); await this.redis.del(this.key); await this.cache.clear();'],
    ['a log', 'await this.logger.close(); this.logger.info(await this.name);'],
    ['a start that is under way', 'await this.starting; await this.ready; await this.connectPromise;'],
    ['another stop that is under way', "if (this.state === 'stopping') return this.stopped.promise;"],
    ['what stop itself opened', "const file = await fs.open('state'); await file.close();"],
    ['a client of the module', 'await prisma.$disconnect();'],
    ['what nobody waits for', 'void this.server.close(); this.task.then(() => this.server.close());'],
    ['a value that is wanted', 'const client = await this.client; client.end(); (await this.config).drop();'],
    ['a callback that runs later', "this.server.on('close', async () => { await this.task; });"],
    ['a value that was awaited before', 'const ended = await this.store.read(); await ended;'],
  ])('%s', (_name, stop) => {
    expect(drainsOf(stop, { top: "import fs from 'node:fs/promises'; import { prisma } from './db.ts';" })).toEqual([]);
  });

  test('the hold of the lifecycle lock', () => {
    const top = "import { Mutex } from 'async-mutex';";
    expect(drainsOf('const release = await this.m.acquire(); try { clearInterval(this.timer); } finally { release(); }', { top, members: 'm = new Mutex();' })).toEqual([]);
  });

  test('a start that others await, by the promise it keeps', () => {
    const text = dedent`
      class A {
        start() { return (this.up ??= this.boot()); }
        async boot() { this.timer = setInterval(f, 10); await this.db.migrate(); }
        async stop() { await this.up; clearInterval(this.timer); await this.server.close(); }
      }
    `;
    expect(outlineDrains(text)).toEqual(['stop: no this.server.close()']);
  });
});

describe('what stop begins and remembers', () => {
  test.each([
    ['kept, then returned', 'if (this.ending) return this.ending; this.ending = this.#end(); return this.ending;'],
    ['kept and returned at once', 'return (this.ending ??= this.#end());'],
    ['kept, then awaited', 'this.ending = this.#end(); try { await this.ending; } finally { this.ending = undefined; }'],
  ])('%s: one drain, where it is', (_name, stop) => {
    expect(drainsOf(stop, { members: 'async #end() { await this.task; }' })).toEqual(['#end: no this.task']);
  });
});

describe('which services', () => {
  const stop = 'async stop() { await this.task; await this.client.close(); }';

  test('background services', () => {
    expect(outlineDrains(`class A { async start() { this.task = this.run(); } async run() { await step(); } ${stop} }`)).toHaveLength(2);
  });

  test('also where the work is another way to start, or is told of by a callback', () => {
    expect(serviceIn(`class A { async start() { this.task = this.run(); } async run() { await step(); } async stop() { await this.task; } }`).kind).toBe('background');
    expect(serviceIn(`class A { async start() { this.off = this.gate.onMessage((m) => this.handle(m)); await this.gate.load(); } ${stop} }`).kind).toBe('background');
  });

  test('an in-place runner: what stop awaits is the loop that start awaits', () => {
    const text = dedent`
      class A {
        async start() { this.running = true; this.loop = this.run(); await this.loop; }
        async run() { while (this.running) await this.step(); }
        async stop() { this.running = false; await this.loop; }
      }
    `;
    expect(outlineDrains(text)).toEqual(['stop: no this.loop']);
  });

  test('hooks of a host, if they began work', () => {
    const hooks = (init: string): string => `class A { async onModuleInit() { ${init} } async onModuleDestroy() { await this.client.close(); } }`;
    expect(outlineDrains(hooks('this.timer = setInterval(f, 10); await this.client.connect();'))).toEqual(['onModuleDestroy: no this.client.close()']);
    expect(outlineDrains(hooks('await this.client.connect();'))).toEqual([]);
  });

  test('never an adapter, even one that listens for errors of its connection', () => {
    const adapter = (start: string): string => `class A { async start() { if (this.client) return; ${start} } async stop() { await this.client.close(); this.client = undefined; } }`;
    expect(outlineDrains(adapter('this.client = await connect();'))).toEqual([]);
    expect(outlineDrains(adapter("this.client = await connect(); this.client.on('error', (error) => this.logger.warn(error));"))).toEqual([]);
    expect(outlineDrains(adapter("this.client = await connect(); this.client.on('message', (message) => this.handle(message));"))).toHaveLength(1);
  });

  test('never a synchronous one, or an abstract one that hands its close on', () => {
    expect(outlineDrains('class A { start() { this.timer = setInterval(f, 10); } stop() { clearInterval(this.timer); } }')).toEqual([]);
    expect(outlineDrains('abstract class A { async connect(t) { this.t = t; t.on("message", f); await t.start(); } async close() { await this.t?.close(); } }')).toEqual([]);
  });
});

test('says what is awaited, and where it stands', () => {
  const text = 'class A {\n  start() { this.task = this.run(); }\n  async run() { await step(); }\n  async stop() { await pTimeout(this.task, 50); }\n}';
  const [drain] = serviceIn(text).drains;
  expect(codeOf(text, drain?.node)).toBe('await pTimeout(this.task, 50)');
  expect(codeOf(text, drain?.deadline?.node)).toBe('pTimeout(this.task, 50)');
  expect(drain).toMatchObject({ name: 'this.task', method: 'stop', bounded: 'yes' });
});

test.each([
  ['new Promise((resolve) => this.server.close(() => resolve()))', 'this.server.close(…)'],
  ["new Promise((resolve) => this.child.once('exit', resolve))", 'this.child.once(…)'],
  ['this.task.catch(() => {})', 'this.task'],
  ['Promise.all([this.a.stop(), this.b.stop()])', 'Promise.all(…)'],
])('calls %s %s', (work, name) => {
  const text = `class A { start() { this.timer = setInterval(f, 10); } async stop() { await ${work}; } }`;
  expect(serviceIn(text).drains[0]?.name).toBe(name);
});
