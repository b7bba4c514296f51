import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import { servicesIn } from './parse.ts';

function serviceNames(text: string): string[] {
  return servicesIn(text).map(({ name }) => name);
}

describe('what makes a pair asynchronous', () => {
  test('async on one side is enough', () => {
    expect(serviceNames('class A { async start() { await a(); } stop() { b(); } }')).toEqual(['A']);
    expect(serviceNames('class A { start() { a(); } async stop() { await b(); } }')).toEqual(['A']);
  });

  test('nothing asynchronous on either side', () => {
    expect(serviceNames('class A { start() { this.t = setInterval(f, 1); } stop() { clearInterval(this.t); } }')).toEqual([]);
  });

  test('a declared promise', () => {
    expect(serviceNames('class A { start(): Promise<void> { return this.open(); } stop(): void { b(); } }')).toEqual(['A']);
    expect(serviceNames('class A { start(): Promise<void> | undefined { return this.open(); } stop(): void { b(); } }')).toEqual(['A']);
    expect(serviceNames('class A { start(): PromiseLike<void> { return this.open(); } stop(): void { b(); } }')).toEqual(['A']);
  });

  test('a declared result that is no promise', () => {
    expect(serviceNames('class A { start(): void { a.then(b); } stop(): string[] { return b(); } }')).toEqual([]);
  });

  test('a returned promise chain, constructor or combinator', () => {
    expect(serviceNames('class A { start() { return a().then(b); } stop() { b(); } }')).toEqual(['A']);
    expect(serviceNames('class A { start() { return new Promise((resolve) => a(resolve)); } stop() { b(); } }')).toEqual(['A']);
    expect(serviceNames('class A { start() { a(); } stop() { return Promise.all([b(), c()]); } }')).toEqual(['A']);
    expect(serviceNames('class A { start() { a(); } stop() { return b().finally(() => { this.on = false; }); } }')).toEqual(['A']);
  });

  test('a returned call of an async method', () => {
    expect(serviceNames('class A { start() { return this.#open(); } stop() { b(); } async #open() { await a(); } }')).toEqual(['A']);
    expect(serviceNames('class A { start() { return this.open(); } stop() { b(); } open() { return 1; } }')).toEqual([]);
  });

  test('a returned call that is given an async callback', () => {
    expect(serviceNames('class A { start() { return this.lock.runExclusive(async () => { await a(); }); } stop() { b(); } }')).toEqual(['A']);
    expect(serviceNames('class A { start() { return this.q.add(() => this.open()); } stop() { b(); } async open() { await a(); } }')).toEqual(['A']);
    expect(serviceNames('class A { start() { return this.items.map((item) => item.id); } stop() { b(); } }')).toEqual([]);
  });

  test('a promise that is kept and returned, or returned in one case only', () => {
    expect(serviceNames('class A { start() { return (this.p ??= this.open()); } stop() { b(); } async open() { await a(); } }')).toEqual(['A']);
    expect(serviceNames('class A { start() { if (x) return; return on ? a().then(b) : undefined; } stop() { b(); } }')).toEqual(['A']);
  });

  test('a promise that only a nested function returns', () => {
    expect(serviceNames('class A { start() { this.on("x", () => a().then(b)); } stop() { b(); } }')).toEqual([]);
  });
});

describe('not services, although the names match', () => {
  test('null objects: both bodies empty', () => {
    expect(serviceNames('class NullServer { async start() {} async stop() {} }')).toEqual([]);
  });

  test('mocks: both bodies throw', () => {
    expect(serviceNames('class Stub { async start() { throw new Error("not implemented"); } async stop() { throw new Error("not implemented"); } }')).toEqual([]);
  });

  test('one empty side is no null object', () => {
    expect(serviceNames('class A { async start() { await a(); } async stop() {} }')).toEqual(['A']);
  });

  test('overrides that only call super', () => {
    const text = dedent`
      class Child extends Base {
        override async start() { await super.start(); }
        override async stop() { return super.stop(); }
      }
    `;
    expect(serviceNames(text)).toEqual([]);
  });

  test('an override that does something of its own', () => {
    expect(serviceNames('class Child extends Base { async start() { await super.start(); this.t = a(); } async stop() { await super.stop(); } }')).toEqual(['Child']);
  });

  test('abstract templates and declared classes', () => {
    expect(serviceNames('abstract class Plugin { abstract start(): Promise<void>; abstract stop(): Promise<void>; }')).toEqual([]);
    expect(serviceNames('declare class Client { connect(): Promise<void>; close(): Promise<void>; }')).toEqual([]);
    expect(serviceNames('interface Service { start(): Promise<void>; stop(): Promise<void>; }\nclass Other {}')).toEqual([]);
  });

  test('keyed operations on one of many things', () => {
    const text = dedent`
      class Jobs {
        async start(id: string) { await this.jobs.get(id).run(); }
        async stop(id: string) { await this.jobs.get(id).end(); }
      }
    `;
    expect(serviceNames(text)).toEqual([]);
  });

  test('arguments that are no key: options, or on one side only', () => {
    expect(serviceNames('class A { async start(port: number) { await a(port); } async stop() { await b(); } }')).toEqual(['A']);
    expect(serviceNames('class A { async start(options = {}) { await a(options); } async stop(options = {}) { await b(options); } }')).toEqual(['A']);
    expect(serviceNames('class A { async start(signal?: AbortSignal) { await a(); } async stop(signal?: AbortSignal) { await b(); } }')).toEqual(['A']);
  });

  test('a factory: connect that gives a new client, open that gives a handle', () => {
    const text = dedent`
      class Pool {
        async connect() { const client = await this.pool.take(); return client; }
        async close() { await this.pool.end(); }
      }
    `;
    expect(serviceNames(text)).toEqual([]);
    expect(serviceNames('class Files { async open() { const file = await fs.open(this.path); return { file }; } async close() { await end(); } }')).toEqual([]);
  });

  test('connect that keeps what it makes is no factory', () => {
    expect(serviceNames('class A { async connect() { this.client = await a(); return this.client; } async close() { await b(); } }')).toEqual(['A']);
  });

  test('private start called by a static factory', () => {
    const text = dedent`
      class Client {
        static async create() { const client = new Client(); await client.start(); return client; }
        private async start() { await this.open(); }
        async stop() { await this.shut(); }
      }
    `;
    expect(serviceNames(text)).toEqual([]);
  });
});

describe('pairs that need evidence', () => {
  test('init that prepares and destroy that deletes: a domain verb', () => {
    expect(serviceNames('class Token { async init(config) { this.config = config; } async destroy(id) { await this.store.delete(id); } }')).toEqual([]);
  });

  test('activate and deactivate of a record', () => {
    expect(serviceNames('class Promotion { async activate() { await this.save({ active: true }); } async deactivate() { await this.save({ active: false }); } }')).toEqual([]);
  });

  test('a timer is evidence', () => {
    expect(serviceNames('class A { async init() { this.t = setInterval(f, 1); } async destroy() { clearInterval(this.t); } }')).toEqual(['A']);
  });

  test('spawned work is evidence', () => {
    expect(serviceNames('class A { async setup() { void this.loop(); } async teardown() { await a(); } async loop() { await b(); } }')).toEqual(['A']);
  });

  test('a running flag is evidence', () => {
    const text = dedent`
      class DataSource {
        async initialize() { if (this.isInitialized) throw new Error('twice'); await a(); this.isInitialized = true; }
        async destroy() { await b(); this.isInitialized = false; }
      }
    `;
    expect(serviceNames(text)).toEqual(['DataSource']);
  });

  test('hooks of a framework need none, not even an await', () => {
    expect(serviceNames('@Injectable() class Jobs { onModuleInit() { this.queue.resume(); } onModuleDestroy() { this.queue.pause(); } }')).toEqual(['Jobs']);
  });
});

test('several services in one file, in the order of their classes, once for each program', () => {
  const text = dedent`
    class First { async start() { await a(); } async stop() { await b(); } }
    class None { async start() { await a(); } }
    const Second = class { async open() { await a(this.x); } async close() { await b(); } };
  `;
  expect(serviceNames(text)).toEqual(['First', 'Second']);
});
