import { expect, test } from 'vitest';
import { locksOf, summaryOf } from './locks-of.ts';

test('a home-made mutex whose acquire returns the release, in the same file', () => {
  const facts = locksOf(`
    class Mutex {
      async acquire() { return () => {}; }
      async runExclusive(worker) { const release = await this.acquire(); try { return await worker(); } finally { release(); } }
    }
    export class Application {
      constructor() { this._mutex = new Mutex(); }
      async run() { await this._mutex.runExclusive(async () => { await this.boot(); }); }
      async shutdown() { const release = await this._mutex.acquire(); try { await this.halt(); } finally { release(); } }
    }
  `);
  expect(facts).toMatchObject({ lifecycle: { key: '_mutex', from: 'Mutex' }, start: 'yes', stop: 'yes' });
});

test('home-made locks of other files, by their names', () => {
  expect(
    summaryOf(
      locksOf(`
    import { Mutex } from './mutex.js';
    class Runtime {
      #mutex = new Mutex();
      start() { return this.#mutex.runWith(() => this.open()); }
      stop() { return this.#mutex.runWith(this.#teardown); }
      #teardown = async () => { await this.shut(); };
    }
  `),
    ),
  ).toBe('#mutex yes/yes');
  expect(
    summaryOf(
      locksOf(
        `
    const Lock = require('../utils/lock');
    module.exports = class Broker {
      constructor() { this.lock = new Lock({ timeout: 1000 }); }
      async connect() { try { await this.lock.acquire(); await this.open(); } finally { await this.lock.release(); } }
      async disconnect() { await this.lock.acquire(); try { await this.shut(); } finally { await this.lock.release(); } }
    };
  `,
        { parser: 'espree' },
      ),
    ),
  ).toBe('lock yes/yes');
  expect(
    summaryOf(
      locksOf(
        `
    import { LifecycleLock } from './lifecycle-lock.ts';
    class Poller {
      readonly #lifecycleLock = new LifecycleLock();
      async start(): Promise<void> { return this.#lifecycleLock.runExclusive(async () => { await this.open(); }); }
      async stop(): Promise<void> { return this.#lifecycleLock.runExclusive(async () => { await this.shut(); }); }
    }
  `,
        { parser: 'oxc' },
      ),
    ),
  ).toBe('#lifecycleLock yes/yes');
});

test('a field of unknown type that is named and used like a lock', () => {
  expect(
    summaryOf(
      locksOf(`
    class Poller {
      constructor(private readonly lifecycleLock, private readonly gate) {}
      start() { return this.lifecycleLock.run(async () => { await this.a(); }); }
      stop() { return this.lifecycleLock.run(async () => { await this.b(); }); }
    }
  `),
    ),
  ).toBe('lifecycleLock yes/yes');
  expect(
    summaryOf(
      locksOf(`
    class Poller {
      start() { return this.gate.runExclusive(async () => { await this.a(); }); }
      stop() { return this.gate.runExclusive(async () => { await this.b(); }); }
    }
  `),
    ),
  ).toBe('gate yes/yes');
});

test('a lock that is used in a manner which nobody knows', () => {
  expect(
    summaryOf(
      locksOf(`
    class Poller {
      mutex = createMutex();
      async start() { await this.mutex.frobnicate(7); await this.a(); }
      async stop() { await useLock(this.mutex, async () => { await this.b(); }); }
    }
  `),
    ),
  ).toBe('- unknown/unknown');
  expect(
    summaryOf(
      locksOf(`
    class Poller {
      async start() { await Promise.race([this.lock.acquire(), late]); await this.a(); }
      async stop() { return this.lock.acquire().then(async (release) => { await this.b(); release(); }); }
    }
  `),
    ),
  ).toBe('- unknown/unknown');
});

test('flags, numbers and strings that are called locks', () => {
  const facts = locksOf(`
    class Poller {
      lock = false;
      mutex: number = 0;
      lockScript = 'return 1';
      async start() { if (this.lock) return; this.lock = true; await this.a(); this.lock = false; }
      async stop() { if (this.mutex) throw new Error('busy'); await this.b(this.lockScript); }
    }
  `);
  expect(summaryOf(facts)).toBe('- no/no');
  expect(facts.holds).toEqual([]);
});

test('a lock for something else is not the lifecycle lock of methods that do not hold it', () => {
  expect(
    summaryOf(
      locksOf(`
    class Poller {
      gcLock = new Mutex();
      async start() { await this.a(); }
      async stop() { await this.b(); }
      gc() { return this.gcLock.runExclusive(() => this.sweep()); }
    }
  `),
    ),
  ).toBe('- no/no');
});

test('promise tails, good and naive', () => {
  const facts = locksOf(`
    class Poller {
      #tail = Promise.resolve();
      start() {
        const run = this.#tail.then(async () => { await this.a(); });
        this.#tail = run.catch(() => {});
        return run;
      }
      async stop() { return (this.#tail = this.#tail.then(() => this.b())); }
    }
  `);
  expect(summaryOf(facts)).toBe('#tail yes/yes');
  expect(facts.holds.map(({ form }) => form)).toEqual(['chain', 'chain']);
  expect(
    summaryOf(
      locksOf(`
    class Poller {
      lock = Promise.resolve();
      async start() { this.lock = this.lock.catch(() => {}).then(() => this.a()); await this.lock; }
      stop() { const before = this.lock; const mine = before.then(() => this.b(), () => this.b()); this.lock = mine.then(noop, noop); return mine; }
    }
  `),
    ),
  ).toBe('lock yes/yes');
});

test('a promise memo or a stored task is no tail', () => {
  expect(
    summaryOf(
      locksOf(`
    class Poller {
      async start() { if (this.starting) return this.starting; this.starting = this.open(); return this.starting; }
      async stop() { this.task = this.task.then(() => this.flush()); await this.shut(); }
    }
  `),
    ),
  ).toBe('- no/no');
});

test('a gate of promises by hand', () => {
  expect(
    summaryOf(
      locksOf(`
    class Poller {
      #tail = Promise.resolve();
      async start() {
        const previous = this.#tail;
        let release = () => {};
        this.#tail = new Promise((resolve) => { release = resolve; });
        await previous;
        try { await this.a(); } finally { release(); }
      }
      async stop() { const run = this.#tail.then(() => this.b()); this.#tail = run.catch(noop); await run; }
    }
  `),
    ),
  ).toBe('#tail yes/yes');
});

test('a private delegate that gets the work', () => {
  const facts = locksOf(`
    class Poller {
      #lock = new Mutex();
      start() { return this.#exclusive(async () => { await this.a(); }); }
      async stop() { await this.#exclusive(() => this.b()); }
      async #exclusive(work) { const release = await this.#lock.acquire(); try { return await work(); } finally { release(); } }
    }
  `);
  expect(summaryOf(facts)).toBe('#lock yes/yes');
  expect(facts.holds.map(({ method }) => method.name)).toEqual(['start', 'stop']);
  expect(facts.hotUses).toEqual([]);
});

test('a delegate that is handed the lock', () => {
  expect(
    summaryOf(
      locksOf(`
    class Poller {
      #lock = new Mutex();
      start() { return this.#under(this.#lock, async () => { await this.a(); }); }
      stop() { return this.#under(this.#lock, () => this.b()); }
      async #under(mutex, work) { const release = await mutex.acquire(); try { return await work(); } finally { release(); } }
    }
  `),
    ),
  ).toBe('#lock yes/yes');
});

test('a lock that the caller brings is not of the instance', () => {
  expect(
    locksOf(`
    class Poller {
      start(lock) { return lock.runExclusive(async () => { await this.a(); }); }
      stop(lock) { return lock.runExclusive(async () => { await this.b(); }); }
    }
  `).holds.map(({ lock }) => lock.scope),
  ).toEqual(['local', 'local']);
});

test('private delegates over a tail, and by reference', () => {
  expect(
    summaryOf(
      locksOf(`
    class Poller {
      tail = Promise.resolve();
      start() { return this.serialize(this.open); }
      stop() { return this.serialize(this.shut.bind(this)); }
      private serialize(work: () => Promise<void>) { const run = this.tail.then(work); this.tail = run.catch(() => {}); return run; }
      open = async () => {};
      async shut() {}
    }
  `),
    ),
  ).toBe('tail yes/yes');
});

test('what a delegate does badly is bad for its callers', () => {
  const facts = locksOf(`
    class Poller {
      #lock = new Mutex();
      start() { return this.#exclusive(async () => { await this.a(); }); }
      stop() { return this.#lock.runExclusive(async () => { await this.b(); }); }
      async #exclusive(work) { const release = await this.#lock.acquire(); try { return work(); } finally { release(); } }
    }
  `);
  expect(summaryOf(facts)).toBe('#lock no/yes');
  expect(facts.holds[0]?.gap?.kind).toBe('return-unawaited');
});

test('a delegate without a callback is a forwarder', () => {
  const facts = locksOf(`
    class Poller {
      #lock = new Mutex();
      start() { return this.#startUnderLock(); }
      async stop() { await this.#stopUnderLock(); }
      #startUnderLock() { return this.#lock.runExclusive(async () => { await this.a(); }); }
      async #stopUnderLock() { using _ = await hold(this.#lock); await this.b(); }
    }
  `);
  expect(summaryOf(facts)).toBe('#lock yes/yes');
  expect(facts.holds.map(({ method }) => method.name)).toEqual(['#startUnderLock', '#stopUnderLock']);
});

test('a locked helper among other work is a partial hold', () => {
  const facts = locksOf(`
    class Poller {
      #lock = new Mutex();
      async start() { await this.#openLocked(); await this.a(); }
      async stop() { await this.#lock.runExclusive(async () => { await this.b(); }); }
      #openLocked() { return this.#lock.runExclusive(async () => { await this.c(); }); }
    }
  `);
  expect(summaryOf(facts)).toBe('#lock no/yes');
  expect(facts.holds[0]?.gap?.kind).toBe('work-after');
});

test('a lock on another object of the class, with a bound method and a fast path', () => {
  expect(
    summaryOf(
      locksOf(`
    class Service {
      lifecycle = { mutex: new Mutex(), state: 'idle' };
      start() { if (this.running) return Promise.resolve(); return this.lifecycle.mutex.run(this.startLocked.bind(this)); }
      stop() { return this.lifecycle.mutex.run(this.stopLocked.bind(this)); }
      async startLocked() { if (this.running) return; await this.a(); }
      async stopLocked() { await this.b(); }
    }
  `),
    ),
  ).toBe('lifecycle.mutex yes/yes');
});

test('settings name methods, classes and decorators', () => {
  expect(
    summaryOf(
      locksOf(
        `
    class Poller extends Base {
      start() { return this.oneAtATime(async () => { await this.a(); }); }
      async stop() { await this.oneAtATime(async () => { await this.b(); }); }
    }
  `,
        { settings: { lockMethods: ['oneAtATime'] } },
      ),
    ),
  ).toBe('oneAtATime() yes/yes');
  expect(
    summaryOf(
      locksOf(
        `
    class Poller {
      gate = new Baton();
      async start() { const pass = await this.gate.take(); try { await this.a(); } finally { pass(); } }
      async stop() { await this.gate.with(async () => { await this.b(); }); }
    }
  `,
        { settings: { lockClasses: ['Baton'] } },
      ),
    ),
  ).toBe('gate yes/yes');
  expect(
    locksOf(
      `
    class Poller {
      mutex = new Mutex();
      @Serial() async start() { await this.a(); }
      @Serial() async stop() { await this.b(); }
    }
  `,
      { settings: { lockDecorators: [{ decorator: 'Serial', lockProperty: 'mutex' }] } },
    ),
  ).toMatchObject({
    lifecycle: { key: 'mutex', scope: 'instance' },
    start: 'yes',
    stop: 'yes',
    decorators: [],
  });
});

test('without the program, names stand for what they usually mean', () => {
  expect(
    summaryOf(
      locksOf(
        `
    class Poller {
      #lock = new Mutex();
      #queue = new PQueue({ concurrency: 1 });
      start() { return this.#lock.runExclusive(async () => { await this.a(); }); }
      stop() { return this.#lock.runExclusive(async () => { await this.b(); }); }
    }
  `,
        { withoutProgram: true },
      ),
    ),
  ).toBe('#lock yes/yes');
});
