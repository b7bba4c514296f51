import { expect, test } from 'vitest';
import { locksOf, summaryOf } from './locks-of.ts';

test('Effect semaphores, curried and piped', () => {
  expect(
    summaryOf(
      locksOf(`
    import { Effect } from 'effect';
    class Poller {
      #one = Effect.unsafeMakeSemaphore(1);
      start() { return Effect.runPromise(this.#one.withPermits(1)(this.open())); }
      stop() { return Effect.runPromise(this.shut().pipe(this.#one.withPermits(1))); }
    }
  `),
    ),
  ).toBe('#one yes/yes');
  expect(
    summaryOf(
      locksOf(`
    import { Semaphore } from 'effect';
    class Poller {
      #one = Semaphore.makeUnsafe(1);
      start() { return this.#one.withPermit(Effect.gen(function* () { yield* open; })); }
      stop() { return this.#one.withPermit(shut); }
    }
  `),
    ),
  ).toBe('#one yes/yes');
});

test('web locks are global', () => {
  const facts = locksOf(`
    class Poller {
      start() { return navigator.locks.request('poller', async () => { await this.a(); }); }
      async stop() { await navigator.locks.request('poller', { mode: 'exclusive' }, async () => { await this.b(); }); }
    }
  `);
  expect(facts).toMatchObject({ lifecycle: { key: 'navigator.locks("poller")', scope: 'global' }, start: 'yes', stop: 'yes' });
});

test('web locks which may not wait', () => {
  expect(
    summaryOf(
      locksOf(`
    class Poller {
      start() { return navigator.locks.request('poller', { ifAvailable: true }, async () => { await this.a(); }); }
      stop() { return navigator.locks.request('poller', async () => { await this.b(); }); }
    }
  `),
    ),
  ).toBe('navigator.locks("poller") unknown/yes');
});

test('the sequencers of VS Code', () => {
  const withField = (init: string, key = ''): string =>
    summaryOf(
      locksOf(`
    import { Limiter, Queue, Sequencer, SequencerByKey } from 'vs/base/common/async';
    class Poller {
      private readonly sequencer = ${init};
      start() { return this.sequencer.queue(${key}async () => { await this.a(); }); }
      stop() { return this.sequencer.queue(${key}() => this.b()); }
    }
  `),
    );
  expect(withField('new Sequencer()')).toBe('sequencer yes/yes');
  expect(withField('new Queue<void>()')).toBe('sequencer yes/yes');
  expect(withField('new Limiter(1)')).toBe('sequencer yes/yes');
  expect(withField('new Limiter(4)')).toBe('- no/no');
  expect(withField('new SequencerByKey<string>()', `'self', `)).toBe('sequencer("self") yes/yes');
});

test('guards of puppeteer and @core/asyncutil', () => {
  expect(
    summaryOf(
      locksOf(`
    import { Mutex } from '../util/Mutex.js';
    class Browser {
      #mutex = new Mutex();
      async start() { using _ = await this.#mutex.acquire(); await this.a(); }
      async stop() { using _ = await this.#mutex.acquire(); await this.b(); }
    }
  `),
    ),
  ).toBe('#mutex yes/yes');
  expect(
    locksOf(`
    import { Mutex } from 'jsr:@core/asyncutil/mutex';
    class Browser {
      #mutex = new Mutex();
      async start() { using _ = await this.#mutex.acquire(); await this.a(); }
      async stop() { using _ = await this.#mutex.acquire(); await this.b(); }
    }
  `),
  ).toMatchObject({ lifecycle: { from: '@core/asyncutil' }, start: 'yes', stop: 'yes' });
});

test('leases between processes are no lifecycle lock', () => {
  expect(
    summaryOf(
      locksOf(`
    import Redlock from 'redlock';
    class Poller {
      redlock = new Redlock([client]);
      async start() { await this.redlock.using(['poller'], 5000, async () => { await this.a(); }); }
      async stop() { await this.redlock.using(['poller'], 5000, async () => { await this.b(); }); }
    }
  `),
    ),
  ).toBe('- no/no');
  expect(
    summaryOf(
      locksOf(`
    import { Lock } from '@upstash/lock';
    class Poller {
      lock = new Lock({ id: 'poller' });
      async start() { await this.lock.acquire(); try { await this.a(); } finally { await this.lock.release(); } }
      async stop() { await this.lock.acquire(); try { await this.b(); } finally { await this.lock.release(); } }
    }
  `),
    ),
  ).toBe('- no/no');
});
