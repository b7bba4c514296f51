import { expect, test } from 'vitest';
import { locksOf, textOf } from './locks-of.ts';

/** The trails of a class whose `members` stand beside a mutex, each with the text of the waiting call. */
function reentriesOf(members: string, before = ''): readonly (readonly [via: string, call: string])[] {
  const code = `
    ${before}
    class Poller ${before === '' ? '' : 'extends Base'} {
      lock = new Mutex();
      otherLock = new Mutex();
      ${members}
    }
  `;
  return locksOf(code, { of: 'Poller' }).reentries.map(({ via, node }) => [via.join(' > '), textOf(code, node) ?? '']);
}

const START = 'start() { return this.lock.runExclusive(async () => { await this.open(); }); }';
const STOP = 'stop() { return this.lock.runExclusive(async () => { await this.shut(); }); }';

test('stop in the catch of start', () => {
  expect(
    reentriesOf(`
    start() { return this.lock.runExclusive(async () => { try { await this.open(); } catch (e) { await this.stop(); throw e; } }); }
    ${STOP}
  `),
  ).toEqual([['start > stop', 'this.stop()']]);
});

test('restart and dispose that hold the lock', () => {
  expect(
    reentriesOf(`
    ${START} ${STOP}
    restart() { return this.lock.runExclusive(async () => { await this.stop(); await this.start(); }); }
    async [Symbol.asyncDispose]() { using _ = await hold(this.lock); await this.stop(); }
  `),
  ).toEqual([
    ['restart > stop', 'this.stop()'],
    ['restart > start', 'this.start()'],
    ['[Symbol.asyncDispose] > stop', 'this.stop()'],
  ]);
});

test('through private helpers', () => {
  expect(
    reentriesOf(`
    start() { return this.lock.runExclusive(() => this.startLocked()); }
    ${STOP}
    async startLocked() { await this.open(); if (this.failed) await this.rollBack(); }
    async rollBack() { this.failed = false; return this.stop(); }
  `),
  ).toEqual([['start > startLocked > rollBack > stop', 'this.startLocked()']]);
  expect(
    reentriesOf(`
    start() { return this.lock.runExclusive(this.startLocked.bind(this)); }
    ${STOP}
    async startLocked() { await this.stop(); }
  `),
  ).toEqual([['start > startLocked > stop', 'this.stop()']]);
});

test('the same lock taken twice in one flow', () => {
  expect(
    reentriesOf(`
    start() { return this.lock.runExclusive(async () => { const release = await this.lock.acquire(); release(); }); }
    ${STOP}
  `),
  ).toEqual([['start', 'this.lock.acquire()']]);
  expect(
    reentriesOf(`
    start() { return this.exclusive(async () => { await this.exclusive(() => this.open()); }); }
    ${STOP}
    private exclusive(work: () => Promise<void>) { return this.lock.runExclusive(work); }
  `),
  ).toEqual([['start > exclusive', 'this.exclusive(() => this.open())']]);
});

test('waits in many forms', () => {
  expect(
    reentriesOf(`
    start() {
      return this.lock.runExclusive(async () => {
        await Promise.all([this.open(), this.stop()]);
        await Promise.all(this.parts.map(async () => { await this.stop(); }));
        const stopping = this.stop();
        await stopping;
        await this.open().catch(async () => { await this.stop(); });
        await withDeadline(this.stop(), 500);
        await (async () => { await this.stop(); })();
        await this.otherLock.runExclusive(() => this.stop());
        return this.up ? undefined : this.stop();
      });
    }
    ${STOP}
  `).map(([via]) => via),
  ).toEqual(Array.from({ length: 8 }, () => 'start > stop'));
});

test('a request that nobody waits for', () => {
  expect(
    reentriesOf(`
    start() {
      return this.lock.runExclusive(async () => {
        void this.stop();
        this.stop().catch(log);
        this.stop();
        this.task = this.stop();
      });
    }
    ${STOP}
  `),
  ).toEqual([]);
});

test('callbacks that run later', () => {
  expect(
    reentriesOf(`
    start() {
      return this.lock.runExclusive(async () => {
        this.child.once('exit', async () => { await this.stop(); });
        setTimeout(async () => { await this.stop(); }, 5);
        process.on('SIGTERM', () => this.stop());
        const later = async () => { await this.stop(); };
        await this.register(later, () => this.stop());
        this.parts.forEach(async () => { await this.stop(); });
      });
    }
    ${STOP}
  `),
  ).toEqual([]);
});

test('before or after the hold, or under another lock', () => {
  expect(
    reentriesOf(`
    ${START} ${STOP}
    async restart() { await this.stop(); await this.start(); }
    async reload() { await this.otherLock.runExclusive(async () => { await this.stop(); }); }
  `),
  ).toEqual([]);
});

test('a promise that is returned from under try and finally is not waited for', () => {
  expect(
    reentriesOf(`
    async start() { const r = await this.lock.acquire(); try { return this.stop(); } finally { r(); } }
    ${STOP}
  `),
  ).toEqual([]);
  expect(
    reentriesOf(`
    async start() { const r = await this.lock.acquire(); try { await this.stop(); } finally { r(); } }
    ${STOP}
  `),
  ).toEqual([['start > stop', 'this.stop()']]);
});

test('super under the same lock', () => {
  const base = 'class Base { async start() { await this.lock.runExclusive(async () => { await this.a(); }); } async stop() {} }';
  expect(
    reentriesOf(
      `
    start() { return this.lock.runExclusive(async () => { await super.start(); }); }
    ${STOP}
  `,
      base,
    ),
  ).toEqual([['start > start', 'super.start()']]);
});

test('#lock of a base class is another lock', () => {
  expect(
    locksOf(
      `
    class Base { #lock = new Mutex(); async start() { await this.#lock.runExclusive(async () => { await this.a(); }); } async stop() {} }
    class Poller extends Base {
      #lock = new Mutex();
      start() { return this.#lock.runExclusive(async () => { await super.start(); }); }
      stop() { return this.#lock.runExclusive(async () => { await super.stop(); }); }
    }
  `,
      { of: 'Poller' },
    ).reentries,
  ).toEqual([]);
});

test('a task that awaits the stop which awaits the task', () => {
  expect(
    reentriesOf(`
    async start() { return this.lock.runExclusive(async () => { this.task = this.loop(); }); }
    async stop() { return this.lock.runExclusive(async () => { this.running = false; await this.task; }); }
    private async loop() { while (this.running) { try { await this.poll(); } catch { await this.stop(); } } }
  `),
  ).toEqual([['loop > stop', 'this.stop()']]);
  expect(
    reentriesOf(`
    async start() { return this.lock.runExclusive(async () => { this.task = this.loop(); }); }
    async stop() { return this.lock.runExclusive(async () => { this.running = false; await this.task; }); }
    private async loop() { while (this.running) { try { await this.poll(); } catch { void this.stop(); } } }
  `),
  ).toEqual([]);
});

test('async-lock may be told to be re-entrant', () => {
  expect(
    locksOf(`
    import AsyncLock from 'async-lock';
    class Poller {
      lock = new AsyncLock({ domainReentrant: true });
      start() { return this.lock.acquire('k', async () => { await this.stop(); }); }
      stop() { return this.lock.acquire('k', async () => { await this.shut(); }); }
    }
  `).reentries,
  ).toEqual([]);
});
