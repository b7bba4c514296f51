import { expect, test } from 'vitest';
import { locksOf, summaryOf } from './locks-of.ts';

test('async-mutex runExclusive', () => {
  const facts = locksOf(`
    import { Mutex } from 'async-mutex';
    class Poller {
      readonly #lock = new Mutex();
      async start() { return this.#lock.runExclusive(async () => { this.running = true; }); }
      async stop() { await this.#lock.runExclusive(async () => { this.running = false; }); }
    }
  `);
  expect(summaryOf(facts)).toBe('#lock yes/yes');
  expect(facts.lifecycle).toMatchObject({ key: '#lock', scope: 'instance', from: 'async-mutex' });
  expect(facts.holds.map(({ form, method }) => [method.name, form])).toEqual([
    ['start', 'callback'],
    ['stop', 'callback'],
  ]);
});

test('async-mutex acquire and finally', () => {
  const facts = locksOf(`
    import { Mutex } from 'async-mutex';
    class Poller {
      private readonly lock = new Mutex();
      async start() { const release = await this.lock.acquire(); try { await this.open(); } finally { release(); } }
      async stop() { await this.lock.acquire(); try { await this.close_(); } finally { this.lock.release(); } }
    }
  `);
  expect(summaryOf(facts)).toBe('lock yes/yes');
  expect(facts.holds.map(({ form }) => form)).toEqual(['acquire', 'acquire']);
});

test('async-mutex withTimeout wraps a mutex and is one', () => {
  expect(
    summaryOf(
      locksOf(`
    import { Mutex, withTimeout } from 'async-mutex';
    class Poller {
      lock = withTimeout(new Mutex(), 500);
      async start() { await this.lock.runExclusive(async () => { await this.a(); }); }
      async stop() { await withTimeout(this.lock, 10).runExclusive(async () => { await this.b(); }); }
    }
  `),
    ),
  ).toBe('lock yes/yes');
});

test('async-mutex Semaphore of one, with its pair of value and release', () => {
  expect(
    summaryOf(
      locksOf(`
    import { Semaphore } from 'async-mutex';
    class Poller {
      semaphore = new Semaphore(1);
      async start() { const [, release] = await this.semaphore.acquire(); try { await this.a(); } finally { release(); } }
      async stop() { return this.semaphore.runExclusive(async () => { await this.b(); }); }
    }
  `),
    ),
  ).toBe('semaphore yes/yes');
});

test('a Semaphore of three is no lock, one of an unknown size may be', () => {
  const withSize = (size: string): string =>
    summaryOf(
      locksOf(`
    import { Semaphore } from 'async-mutex';
    class Poller {
      semaphore = new Semaphore(${size});
      async start() { return this.semaphore.runExclusive(async () => { await this.a(); }); }
      async stop() { return this.semaphore.runExclusive(async () => { await this.b(); }); }
    }
  `),
    );
  expect(withSize('3')).toBe('- no/no');
  expect(withSize('size')).toBe('semaphore unknown/unknown');
});

test('es-toolkit', () => {
  expect(
    locksOf(`
    import { Mutex } from 'es-toolkit/promise';
    class Poller {
      mutex = new Mutex();
      async start() { await this.mutex.acquire(); try { await this.a(); } finally { this.mutex.release(); } }
      async stop() { await this.mutex.acquire(); try { await this.b(); } finally { this.mutex.release(); } }
    }
  `),
  ).toMatchObject({ lifecycle: { from: 'es-toolkit' }, start: 'yes', stop: 'yes' });
});

test('async-lock with a constant key', () => {
  const facts = locksOf(
    `
    const AsyncLock = require('async-lock');
    const KEY = 'lifecycle';
    class Poller {
      constructor() { this.lock = new AsyncLock(); }
      start() { return this.lock.acquire(KEY, async () => { await this.a(); }); }
      stop() { return this.lock.acquire('lifecycle', async () => { await this.b(); }); }
    }
    module.exports = Poller;
  `,
    { parser: 'espree' },
  );
  expect(summaryOf(facts)).toBe('lock("lifecycle") yes/yes');
  expect(facts.lifecycle?.from).toBe('async-lock');
});

test('async-lock with two keys is two locks, with a computed key unknown', () => {
  const withKeys = (start: string, stop: string): string =>
    summaryOf(
      locksOf(`
    import AsyncLock from 'async-lock';
    class Poller {
      lock = new AsyncLock();
      start() { return this.lock.acquire(${start}, async () => { await this.a(); }); }
      stop() { return this.lock.acquire(${stop}, async () => { await this.b(); }); }
    }
  `),
    );
  expect(withKeys(`'start'`, `'stop'`)).toBe('- no/no');
  expect(withKeys('this.id()', 'this.id()')).toBe('lock(…) unknown/unknown');
});

test('async-lock that gives up the lock while the body runs', () => {
  expect(
    summaryOf(
      locksOf(`
    import AsyncLock from 'async-lock';
    class Poller {
      lock = new AsyncLock({ maxExecutionTime: 100 });
      start() { return this.lock.acquire('k', async () => { await this.a(); }); }
      stop() { return this.lock.acquire('k', async () => { await this.b(); }); }
    }
  `),
    ),
  ).toBe('lock("k") unknown/unknown');
});

test('await-lock', () => {
  expect(
    summaryOf(
      locksOf(`
    import AwaitLock from 'await-lock';
    class Poller {
      #guard = new AwaitLock();
      async start() { await this.#guard.acquireAsync({ timeout: 5 }); try { await this.a(); } finally { this.#guard.release(); } }
      async stop() { await this.#guard.acquireAsync(); try { await this.b(); } finally { this.#guard.release(); } }
    }
  `),
    ),
  ).toBe('#guard yes/yes');
});

test('p-mutex', () => {
  expect(
    summaryOf(
      locksOf(`
    import Mutex from 'p-mutex';
    class Poller {
      #one = new Mutex();
      async start() { return this.#one.withLock(async () => { await this.a(); }); }
      async stop() { await this.#one.lock(); try { await this.b(); } finally { this.#one.unlock(); } }
    }
  `),
    ),
  ).toBe('#one yes/yes');
});

test('p-limit is a lock with a literal 1', () => {
  const withLimit = (limit: string): string =>
    summaryOf(
      locksOf(`
    import pLimit from 'p-limit';
    class Poller {
      #limit = pLimit(${limit});
      async start() { return this.#limit(async () => { await this.a(); }); }
      async stop() { await this.#limit(() => this.b()); }
    }
  `),
    );
  expect(withLimit('1')).toBe('#limit yes/yes');
  expect(withLimit('{ concurrency: 1 }')).toBe('#limit yes/yes');
  expect(withLimit('2')).toBe('- no/no');
});

test('p-limit limitFunction', () => {
  expect(
    summaryOf(
      locksOf(`
    import { limitFunction } from 'p-limit';
    class Poller {
      #exclusive = limitFunction(async (work) => work(), { concurrency: 1 });
      start() { return this.#exclusive(async () => { await this.a(); }); }
      stop() { return this.#exclusive(async () => { await this.b(); }); }
    }
  `),
    ),
  ).toBe('#exclusive yes/yes');
});

test('p-queue with one worker; its timeout frees the slot while the body runs', () => {
  const withOptions = (options: string): string =>
    summaryOf(
      locksOf(`
    import PQueue from 'p-queue';
    class Poller {
      private readonly queue = new PQueue(${options});
      async start() { await this.queue.add(async () => { await this.a(); }); }
      async stop() { await this.queue.add(async () => { await this.b(); }); }
    }
  `),
    );
  expect(withOptions('{ concurrency: 1 }')).toBe('queue yes/yes');
  expect(withOptions('{ concurrency: 1, timeout: 500 }')).toBe('queue unknown/unknown');
  expect(withOptions('{ concurrency: 4 }')).toBe('- no/no');
  expect(withOptions('')).toBe('- no/no');
});

test('@esfx/async-mutex hands out a handle', () => {
  expect(
    summaryOf(
      locksOf(`
    import { AsyncMutex } from '@esfx/async-mutex';
    class Poller {
      #lock = new AsyncMutex();
      async start() { const held = await this.#lock.lock(); try { await this.a(); } finally { held.unlock(); } }
      async stop() { using held = await this.#lock.lock(); await this.b(); }
    }
  `),
    ),
  ).toBe('#lock yes/yes');
});

test('@openally/mutex lets five in unless told otherwise', () => {
  const withOptions = (options: string): string =>
    summaryOf(
      locksOf(`
    import { Mutex } from '@openally/mutex';
    class Poller {
      #lock = new Mutex(${options});
      async start() { const free = await this.#lock.acquire(); try { await this.a(); } finally { free(); } }
      async stop() { using free = await this.#lock.acquire(); await this.b(); }
    }
  `),
    );
  expect(withOptions('')).toBe('- no/no');
  expect(withOptions('{ concurrency: 1 }')).toBe('#lock yes/yes');
});

test('mutex-ts', () => {
  expect(
    summaryOf(
      locksOf(`
    import { Mutex } from 'mutex-ts';
    class Poller {
      #lock = new Mutex();
      async start() { const r = await this.#lock.obtain(); try { await this.a(); } finally { r(); } }
      async stop() { using _ = await this.#lock.lock(); await this.b(); }
    }
  `),
    ),
  ).toBe('#lock yes/yes');
});

test('@sapphire/async-queue', () => {
  expect(
    summaryOf(
      locksOf(`
    import { AsyncQueue } from '@sapphire/async-queue';
    class Poller {
      #queue = new AsyncQueue();
      async start() { await this.#queue.wait(); try { await this.a(); } finally { this.#queue.shift(); } }
      async stop() { await this.#queue.wait({ signal }); try { await this.b(); } finally { this.#queue.shift(); } }
    }
  `),
    ),
  ).toBe('#queue yes/yes');
});

test('semaphore-async-await', () => {
  expect(
    summaryOf(
      locksOf(`
    import { Lock } from 'semaphore-async-await';
    class Poller {
      #lock = new Lock();
      async start() { return this.#lock.execute(async () => { await this.a(); }); }
      async stop() { await this.#lock.wait(); try { await this.b(); } finally { this.#lock.signal(); } }
    }
  `),
    ),
  ).toBe('#lock yes/yes');
});

test('async-sema', () => {
  expect(
    summaryOf(
      locksOf(`
    import { Sema } from 'async-sema';
    class Poller {
      #one = new Sema(1);
      async start() { const token = await this.#one.acquire(); try { await this.a(); } finally { this.#one.release(token); } }
      async stop() { await this.#one.acquire(); try { await this.b(); } finally { this.#one.release(); } }
    }
  `),
    ),
  ).toBe('#one yes/yes');
});
