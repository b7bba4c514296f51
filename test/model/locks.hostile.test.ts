import { describe, expect, test } from 'vitest';
import { locksOf, type ParserName, summaryOf } from './locks-of.ts';

describe.each<ParserName>(['ts', 'oxc', 'espree'])('with %s', (parser) => {
  test('fields of the constructor', () => {
    expect(
      summaryOf(
        locksOf(
          `
      import { Mutex } from 'async-mutex';
      export class Poller {
        constructor() { this.lock = new Mutex(); }
        async start() { return this.lock.runExclusive(async () => { await this.a(); }); }
        async stop() { const release = await this.lock.acquire(); try { await this.b(); } finally { release(); } }
      }
    `,
          { parser },
        ),
      ),
    ).toBe('lock yes/yes');
  });

  test('aliases and destructuring', () => {
    expect(
      summaryOf(
        locksOf(
          `
      class Poller {
        #lock = new Mutex();
        async start() { const lock = this.#lock; await lock.runExclusive(async () => { await this.a(); }); }
        async stop() { const held = this.#lock; const release = await held.acquire(); try { await this.b(); } finally { release(); } }
      }
    `,
          { parser },
        ),
      ),
    ).toBe('#lock yes/yes');
    expect(
      summaryOf(
        locksOf(
          `
      class Poller {
        mutex = new Mutex();
        async start() { const { mutex } = this; return mutex.runExclusive(async () => { await this.a(); }); }
        async stop() { const { mutex: m } = this; using _ = await m.acquire(); await this.b(); }
      }
    `,
          { parser },
        ),
      ),
    ).toBe('mutex yes/yes');
  });

  test('optional chains, computed names and parentheses', () => {
    expect(
      summaryOf(
        locksOf(
          `
      class Poller {
        mutex = new Mutex();
        start = async () => (await (this.mutex)?.runExclusive(async () => { await this.a(); }));
        async ['stop']() { return this['mutex']['runExclusive'](async () => { await this.b(); }); }
      }
    `,
          { parser },
        ),
      ),
    ).toBe('mutex yes/yes');
  });

  test('a function that rebinds this holds nothing of the class', () => {
    expect(
      summaryOf(
        locksOf(
          `
      class Poller {
        mutex = new Mutex();
        async start() { await new Inner(function () { return this.mutex.runExclusive(() => this.a()); }).go(); }
        async stop() { class Other { go() { return this.mutex.runExclusive(() => this.b()); } } await new Other().go(); }
      }
    `,
          { parser },
        ),
      ),
    ).toBe('- no/no');
  });

  test('a nested class with a pair of its own', () => {
    const code = `
      class Outer {
        mutex = new Mutex();
        async start() {
          this.inner = class Inner { async start() { await this.a(); } async stop() { await this.b(); } };
          await this.c();
        }
        async stop() { return this.mutex.runExclusive(async () => { await this.d(); }); }
      }
    `;
    expect(summaryOf(locksOf(code, { parser, of: 'Outer' }))).toBe('mutex no/yes');
    expect(summaryOf(locksOf(code, { parser, of: 'Inner' }))).toBe('- no/no');
  });

  test('module, static and local locks', () => {
    const scoped = (lock: string, more = ''): unknown =>
      locksOf(
        `
      const shared = new Mutex();
      export class Poller {
        static lock = new Mutex();
        ${more}
        async start() { ${more === '' ? '' : 'this.own = new Mutex();'} return ${lock}.runExclusive(async () => { await this.a(); }); }
        async stop() { return ${lock}.runExclusive(async () => { await this.b(); }); }
      }
    `,
        { parser },
      ).lifecycle;
    expect(scoped('shared')).toMatchObject({ key: 'shared', scope: 'module' });
    expect(scoped('Poller.lock')).toMatchObject({ key: 'Poller.lock', scope: 'static' });
    expect(scoped('this.constructor.lock')).toMatchObject({ key: 'Poller.lock', scope: 'static' });
    expect(scoped('this.own', 'own = new Mutex();')).toMatchObject({ key: 'own', scope: 'local' });
  });

  test('a lock made inside the method', () => {
    expect(
      locksOf(
        `
      class Poller {
        async start() { const lock = new Mutex(); await lock.runExclusive(async () => { await this.a(); }); }
        async stop() { await this.b(); }
      }
    `,
        { parser },
      ),
    ).toMatchObject({ lifecycle: { key: 'lock', scope: 'local' }, start: 'yes', stop: 'no' });
  });

  test('a lock behind a getter', () => {
    expect(
      summaryOf(
        locksOf(
          `
      class Poller {
        #mutex = new Mutex();
        get mutex() { return this.#mutex; }
        async start() { return this.mutex.runExclusive(async () => { await this.a(); }); }
        async stop() { return this.#mutex.runExclusive(async () => { await this.b(); }); }
      }
    `,
          { parser },
        ),
      ),
    ).toBe('#mutex yes/yes');
  });

  test('comments, empty bodies and generators do no harm', () => {
    expect(
      summaryOf(
        locksOf(
          `
      class Poller {
        async start() { /* nothing */ }
        async stop() {}
        async *items() { yield* this.xs; }
        static { this.registry = new Map(); }
        accessorless;
      }
    `,
          { parser },
        ),
      ),
    ).toBe('- no/no');
  });
});

test('TypeScript syntax round the lock', () => {
  expect(
    summaryOf(
      locksOf(`
    abstract class Poller<T> {
      private readonly mutex!: Mutex;
      declare other: string;
      abstract open(): Promise<T>;
      start(): Promise<T>;
      async start(this: Poller<T>): Promise<T> { return (this.mutex as Mutex)!.runExclusive<T>(async (): Promise<T> => this.open()); }
      async stop(): Promise<void> { await (<Mutex>this.mutex).runExclusive(async () => { await this.shut(); }); }
    }
  `),
    ),
  ).toBe('mutex yes/yes');
});

test('a type alone tells a lock, and a type alone tells none', () => {
  const typed = (type: string): string =>
    summaryOf(
      locksOf(`
    class Poller {
      constructor(private readonly one: ${type}) {}
      async start() { await this.one.lock(async () => { await this.a(); }); }
      async stop() { await this.one.lock(async () => { await this.b(); }); }
    }
  `),
    );
  expect(typed('Mutex | undefined')).toBe('one yes/yes');
  expect(typed('locks.AsyncMutex')).toBe('one yes/yes');
  expect(typed('Semaphore')).toBe('one unknown/unknown');
});

test('the lock of a base class in the file', () => {
  const code = `
    class Base {
      #lock = new Mutex();
      async start() { return this.#lock.runExclusive(async () => { await this.onStart(); }); }
      async stop() { return this.#lock.runExclusive(async () => { await this.onStop(); }); }
    }
    class Forwarding extends Base {
      async start() { await super.start(); }
      async stop() { return super.stop(); }
    }
    class Adding extends Base {
      async start() { await super.start(); await this.more(); }
      async stop() { await this.less(); await super.stop(); }
    }
  `;
  expect(summaryOf(locksOf(code, { of: 'Base' }))).toBe('#lock yes/yes');
  expect(summaryOf(locksOf(code, { of: 'Forwarding' }))).toBe('#lock yes/yes');
  expect(locksOf(code, { of: 'Adding' })).toMatchObject({ start: 'no', stop: 'no' });
});

test('a base out of sight may hold its lock', () => {
  expect(
    summaryOf(
      locksOf(`
    class Poller extends Service {
      async start() { await super.start(); await this.a(); }
      async stop() { await this.b(); await super.stop(); }
    }
  `),
    ),
  ).toBe('- unknown/unknown');
  expect(
    summaryOf(
      locksOf(`
    class Poller extends Service {
      async start() { await this.a(); this.x = 1; }
      async stop() { return this.exclusive(async () => { await this.b(); }); }
    }
  `),
    ),
  ).toBe('- no/unknown');
  expect(
    summaryOf(
      locksOf(`
    class Poller extends Service {
      async start() { return this.withLock(async () => { await this.a(); }); }
      async stop() { return this.withLock(async () => { await this.b(); }); }
    }
  `),
    ),
  ).toBe('withLock() yes/yes');
});

test('a body that hands everything on', () => {
  expect(
    summaryOf(
      locksOf(`
    class Poller {
      start() { return this.runner.start(); }
      stop() { return serialise(this, async () => { await this.b(); }); }
    }
  `),
    ),
  ).toBe('- unknown/unknown');
  expect(
    summaryOf(
      locksOf(`
    class Poller {
      async start() { await Promise.all(this.parts.map(async (part) => { await part.start(); })); }
      async stop() { await new Promise((resolve) => { this.server.close(resolve); }); }
    }
  `),
    ),
  ).toBe('- no/no');
});

test('a lock that is taken in a memo or an IIFE is unknown', () => {
  expect(
    summaryOf(
      locksOf(`
    class Poller {
      lock = new Mutex();
      start() { return (this.starting ??= (async () => { await this.lock.runExclusive(() => this.a()); })()); }
      async stop() { setTimeout(() => { void this.lock.runExclusive(() => this.tick()); }, 5); await this.b(); }
    }
  `),
    ),
  ).toBe('- unknown/no');
});

test('a lock in the executor of a promise is unknown, behind self it is read', () => {
  expect(
    summaryOf(
      locksOf(`
    class Poller {
      lock = new Mutex();
      start() { return new Promise((resolve, reject) => { this.lock.runExclusive(() => this.a()).then(resolve, reject); }); }
      stop() { const self = this; return self.lock.runExclusive(async () => { await self.b(); }); }
    }
  `),
    ),
  ).toBe('lock unknown/yes');
});

test('lock decorators on lifecycle methods', () => {
  const facts = locksOf(`
    class Poller {
      @Mutex() async start() { await this.a(); }
      @withLock async stop() { await this.b(); }
      @Trace() close() { return this.stop(); }
    }
  `);
  expect(summaryOf(facts)).toBe('- unknown/unknown');
  expect(facts.decorators).toHaveLength(2);
});
