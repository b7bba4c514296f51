import { expect, test } from 'vitest';
import { locksOf, summaryOf, textOf } from './locks-of.ts';

/** What the model says of `start`, in a class whose `stop` holds the lock well: fact, gap, and the text of the gap's node. */
function startOf(start: string, more = ''): readonly [fact: string, gap?: string, node?: string] {
  const code = `
    import { Mutex } from 'async-mutex';
    class Poller extends Object {
      #lock = new Mutex();
      #tail = Promise.resolve();
      name = 'poller';
      ${start}
      async stop() { return this.#lock.runExclusive(async () => { await this.shut(); }); }
      ${more}
    }
  `;
  const facts = locksOf(code);
  expect(facts.lifecycle?.key).toBe('#lock');
  const gap = facts.holds.find((hold) => hold.method.name === 'start' && hold.gap !== undefined)?.gap;
  return gap === undefined ? [facts.start] : [facts.start, gap.kind, textOf(code, gap.node) ?? ''];
}

test('expression-bodied arrows', () => {
  expect(startOf('start = async () => this.#lock.runExclusive(async () => { await this.open(); });')).toEqual(['yes']);
  expect(startOf('start = () => this.#lock.runExclusive(() => this.open());')).toEqual(['yes']);
});

test('the result of the hold is handed out', () => {
  expect(startOf('async start() { const r = await this.#lock.runExclusive(async () => 1); return r; }')).toEqual(['yes']);
  expect(startOf('start() { const p = this.#lock.runExclusive(async () => 1); return p; }')).toEqual(['yes']);
  expect(startOf('async start() { if (!(await this.#lock.runExclusive(async () => 1))) return; }')).toEqual(['yes']);
  expect(startOf('async start() { if (await this.#lock.runExclusive(async () => 1)) { return; } await this.open(); }')).toEqual(['no', 'work-after', 'await this.open();']);
  expect(startOf('async start() { if (await this.#lock.runExclusive(async () => 1)) return this.open(); }')[0]).toBe('unknown');
  expect(startOf('async start() { const p = this.#lock.runExclusive(async () => 1); await p; }')).toEqual(['yes']);
});

test('what may stand before the lock', () => {
  expect(
    startOf(
      `
    async start(port) {
      'use strict';
      const began = Date.now();
      const abort = new AbortController();
      let finish;
      this.logger.info('starting', port);
      console.log('starting');
      assert(port > 0);
      if (port === undefined) throw new TypeError('port');
      this.#abort?.abort();
      return this.#lock.runExclusive(async () => { await this.open(port); });
    }
  `,
      '#abort = undefined;',
    ),
  ).toEqual(['yes']);
});

test('a request to stop that comes from inside the work', () => {
  expect(
    startOf(`
    async start() {
      const own = this.abort;
      if (own && inside(own)) { own.abort(); return; }
      return this.#lock.runExclusive(async () => { await this.open(); });
    }
  `),
  ).toEqual(['yes']);
  expect(
    startOf(`
    async start() {
      if (context.getStore() === this) return;
      return this.#lock.runExclusive(async () => { await this.open(); });
    }
  `),
  ).toEqual(['yes']);
});

test('check-before', () => {
  expect(
    startOf('async start() { if (this.running) return; return this.#lock.runExclusive(async () => { await this.open(); }); }'),
  ).toEqual(['no', 'check-before', 'if (this.running) return;']);
  expect(
    startOf('async start() { if (this.#lock.isLocked()) return; return this.#lock.runExclusive(async () => { await this.open(); }); }'),
  ).toEqual(['no', 'check-before', 'if (this.#lock.isLocked()) return;']);
  expect(
    startOf('async start() { const was = this.running; if (was) { return; } await this.#lock.runExclusive(() => this.open()); }'),
  ).toEqual(['no', 'check-before', 'if (was) { return; }']);
  expect(startOf('start() { if (this.starting) return this.starting; return this.#lock.runExclusive(() => this.open()); }')).toEqual([
    'no',
    'check-before',
    'if (this.starting) return this.starting;',
  ]);
});

test('a fast path that is tested again under the lock', () => {
  expect(
    startOf(
      'async start() { if (this.running) return; return this.#lock.runExclusive(async () => { if (this.running) return; await this.open(); }); }',
    ),
  ).toEqual(['yes']);
  expect(
    startOf(
      'async start() { if (this.isRunning) return; return this.#lock.runExclusive(() => this.startLocked()); }',
      'get isRunning() { return this.running; } async startLocked() { if (this.running) return; await this.open(); }',
    ),
  ).toEqual(['yes']);
  expect(
    startOf(
      'start() { if (this.running) return Promise.resolve(); return this.#lock.runExclusive(this.startLocked.bind(this)); }',
      'async startLocked() { if (!this.running) { await this.open(); } }',
    ),
  ).toEqual(['yes']);
  expect(
    startOf('async start() { if (!this.conn) return; return this.#lock.runExclusive(async () => { await this.conn?.close(); }); }'),
  ).toEqual(['yes']);
});

test('work-before', () => {
  expect(startOf('async start() { await this.prepare(); await this.#lock.runExclusive(() => this.open()); }')).toEqual([
    'no',
    'work-before',
    'await this.prepare();',
  ]);
  expect(startOf('async start() { this.running = true; return this.#lock.runExclusive(() => this.open()); }')).toEqual([
    'no',
    'work-before',
    'this.running = true;',
  ]);
  expect(startOf('async start() { const c = await connect(); return this.#lock.runExclusive(() => this.open(c)); }')).toEqual([
    'no',
    'work-before',
    'const c = await connect();',
  ]);
});

test('a name that ends in log is no logger', () => {
  expect(startOf('async start() { this.changeLog.open(); return this.#lock.runExclusive(() => this.open()); }')).toEqual([
    'no',
    'work-before',
    'this.changeLog.open();',
  ]);
});

test('work-after', () => {
  expect(startOf('async start() { await this.#lock.runExclusive(() => this.open()); await this.announce(); }')).toEqual([
    'no',
    'work-after',
    'await this.announce();',
  ]);
  expect(
    startOf('async start() { await this.#lock.runExclusive(() => this.open()).then(async () => { await this.announce(); }); }'),
  ).toEqual(['no', 'work-after', 'async () => { await this.announce(); }']);
  expect(
    startOf('async start() { const r = await this.#lock.acquire(); try { await this.open(); } finally { r(); } this.running = true; }'),
  ).toEqual(['no', 'work-after', 'this.running = true;']);
  expect(startOf(`async start() { await this.#lock.runExclusive(() => this.open()); this.logger.info('up'); return this; }`)).toEqual([
    'yes',
  ]);
});

test('errors may be logged and rethrown round the hold', () => {
  expect(
    startOf(
      'async start() { try { await this.#lock.runExclusive(() => this.open()); } catch (error) { this.log.error(error); throw error; } }',
    ),
  ).toEqual(['yes']);
  expect(
    startOf('async start() { try { await this.#lock.runExclusive(() => this.open()); } catch (error) { await this.undo(); } }'),
  ).toEqual(['no', 'work-after', 'await this.undo();']);
  expect(startOf('async start() { return this.#lock.runExclusive(() => this.open()).catch((e) => { console.error(e); }); }')).toEqual([
    'yes',
  ]);
});

test('nested', () => {
  expect(startOf('async start() { if (!this.running) { await this.#lock.runExclusive(() => this.open()); } }')).toEqual([
    'no',
    'nested',
    'this.#lock.runExclusive(() => this.open())',
  ]);
  expect(startOf('async start() { { using _ = await hold(this.#lock); await this.open(); } await this.more(); }')).toEqual([
    'no',
    'nested',
    'hold(this.#lock)',
  ]);
  expect(
    startOf('async start() { for (const x of this.xs) { const r = await this.#lock.acquire(); try { await x(); } finally { r(); } } }'),
  ).toEqual(['no', 'nested', 'this.#lock.acquire()']);
});

test('not-awaited', () => {
  expect(startOf('start() { this.#lock.runExclusive(() => this.open()); }')).toEqual([
    'no',
    'not-awaited',
    'this.#lock.runExclusive(() => this.open())',
  ]);
  expect(startOf('async start() { void this.#lock.runExclusive(() => this.open()); }')).toEqual([
    'no',
    'not-awaited',
    'this.#lock.runExclusive(() => this.open())',
  ]);
  expect(startOf('async start() { this.#lock.runExclusive(() => this.open()).catch(log); }')).toEqual([
    'no',
    'not-awaited',
    'this.#lock.runExclusive(() => this.open())',
  ]);
  expect(startOf('async start() { await using _ = hold(this.#lock); await this.open(); }')).toEqual([
    'no',
    'not-awaited',
    'hold(this.#lock)',
  ]);
});

test('return-unawaited', () => {
  expect(startOf('async start() { const r = await this.#lock.acquire(); try { return this.open(); } finally { r(); } }')).toEqual([
    'no',
    'return-unawaited',
    'return this.open();',
  ]);
  expect(
    startOf(
      'async start() { using _ = await hold(this.#lock); if (this.up) return this.ready; await this.open(); }',
      'ready: Promise<void> | undefined;',
    ),
  ).toEqual(['no', 'return-unawaited', 'return this.ready;']);
  expect(startOf('async start() { using _ = await hold(this.#lock); const p = this.open(); return p; }')).toEqual([
    'no',
    'return-unawaited',
    'return p;',
  ]);
});

test('returns that are no promise, or that belong to a nested function', () => {
  expect(
    startOf(
      `
    async start() {
      using _ = await hold(this.#lock);
      if (this.a) return;
      if (this.b) return undefined;
      if (this.c) return true;
      if (this.d) return await this.open();
      if (this.e) return this.name;
      if (this.f) return String(this.g);
      this.task = (() => { return this.open(); })();
      return this.sync();
    }
  `,
      'sync(): boolean { return this.x.y(); }',
    ),
  ).toEqual(['yes']);
});

test('a field of unknown type that is returned leaves the hold unknown', () => {
  expect(startOf('async start() { using _ = await hold(this.#lock); await this.open(); return this.server; }')).toEqual(['unknown']);
});

test('never-released', () => {
  expect(startOf('async start() { await this.#lock.acquire(); await this.open(); }')).toEqual([
    'no',
    'never-released',
    'this.#lock.acquire()',
  ]);
  expect(startOf('async start() { const release = await this.#lock.acquire(); await this.open(); }')).toEqual([
    'no',
    'never-released',
    'this.#lock.acquire()',
  ]);
});

test('a release that is kept for somebody else is unknown', () => {
  expect(startOf('async start() { this.release = await this.#lock.acquire(); await this.open(); }')).toEqual(['unknown']);
  expect(startOf('async start() { const release = await this.#lock.acquire(); this.releases.push(release); }')).toEqual(['unknown']);
  expect(startOf('async start() { await this.#lock.acquire(); await this.open(); }', 'done() { this.#lock.release(); }')).toEqual([
    'unknown',
  ]);
});

test('unsafe-release', () => {
  expect(startOf('async start() { const r = await this.#lock.acquire(); await this.open(); r(); }')).toEqual([
    'no',
    'unsafe-release',
    'this.#lock.acquire()',
  ]);
  expect(
    startOf('async start() { const r = await this.#lock.acquire(); this.prepare(); try { await this.open(); } finally { r(); } }'),
  ).toEqual(['no', 'unsafe-release', 'this.prepare();']);
  expect(
    startOf('async start() { const r = await this.#lock.acquire(); try { await this.open(); r(); } catch (e) { r(); throw e; } }'),
  ).toEqual(['no', 'unsafe-release', 'this.#lock.acquire()']);
  expect(
    startOf(
      'async start() { const r = await this.#lock.acquire(); const n = 1; this.running = true; try { await this.open(n); } finally { r(); } }',
    ),
  ).toEqual(['yes']);
});

test('an acquire inside the try', () => {
  expect(startOf('async start() { let r; try { r = await this.#lock.acquire(); await this.open(); } finally { r?.(); } }')).toEqual([
    'yes',
  ]);
});

test('waiting for a lock, or looking at it, is no hold', () => {
  const facts = locksOf(`
    import { Mutex } from 'async-mutex';
    class Poller {
      lock = new Mutex();
      async start() { await this.lock.waitForUnlock(); await this.open(); }
      async stop() { if (this.lock.isLocked()) return; await this.shut(); }
    }
  `);
  expect(summaryOf(facts)).toBe('- no/no');
  expect(facts.holds).toEqual([]);
});

test('only one side holds it', () => {
  expect(
    summaryOf(
      locksOf(`
    class Poller {
      lock = new Mutex();
      async start() { return this.lock.runExclusive(async () => { await this.open(); }); }
      async stop() { await this.shut(); }
    }
  `),
    ),
  ).toBe('lock yes/no');
});

test('each side has its own', () => {
  const facts = locksOf(`
    class Poller {
      startLock = new Mutex();
      stopLock = new Mutex();
      async start() { return this.startLock.runExclusive(async () => { await this.open(); }); }
      async stop() { return this.stopLock.runExclusive(async () => { await this.shut(); }); }
    }
  `);
  expect(summaryOf(facts)).toBe('- no/no');
  expect(facts.holds.map(({ lock, covers }) => [lock.key, covers])).toEqual([
    ['startLock', 'yes'],
    ['stopLock', 'yes'],
  ]);
});

test('the lock that both hold, beside a lock for something else', () => {
  expect(
    summaryOf(
      locksOf(`
    class Poller {
      lock = new Mutex();
      tokenLock = new Mutex();
      async start() {
        return this.lock.runExclusive(async () => { await this.tokenLock.runExclusive(() => this.token()); await this.open(); });
      }
      async stop() { await this.lock.runExclusive(async () => { await this.shut(); }); }
    }
  `),
    ),
  ).toBe('lock yes/yes');
});

test('several names on one side', () => {
  expect(
    summaryOf(
      locksOf(`
    class Poller {
      lock = new Mutex();
      async start() { return this.lock.runExclusive(async () => { await this.open(); }); }
      async stop() { return this.lock.runExclusive(async () => { await this.shut(); }); }
      async shutdown() { await this.shut(); await this.more(); }
      close() { return this.stop(); }
    }
  `),
    ),
  ).toBe('lock yes/no');
});
