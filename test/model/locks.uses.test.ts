import { expect, test } from 'vitest';
import { readReusableLock } from '../../model/locks/reusable-lock.ts';
import { packagedLock } from '../../model/locks/lock-shape.ts';
import { classesOf } from '../../model/read-classes.ts';
import { readSides } from '../../model/read-sides.ts';
import { DEFAULT_SETTINGS } from '../../model/settings.ts';
import { locksOf, programOf, textOf } from './locks-of.ts';

function hotUsesOf(members: string): readonly (readonly [method: string, use: string])[] {
  const code = `
    class Poller {
      lock = new Mutex();
      start() { return this.lock.runExclusive(async () => { this.running = true; this.#arm(); await this.open(); }); }
      stop() { return this.lock.runExclusive(async () => { this.running = false; await this.shut(); }); }
      #arm() { clearTimeout(this.idleTimer); this.idleTimer = setTimeout(() => { void this.onIdle(); }, 50); }
      ${members}
    }
  `;
  return locksOf(code).hotUses.map(({ method, node }) => [method, textOf(code, node) ?? '']);
}

test('public work under the lifecycle lock', () => {
  expect(
    hotUsesOf(`
    submit(job) { return this.lock.runExclusive(() => this.run(job)); }
    async size() { const release = await this.lock.acquire(); try { return this.jobs.length; } finally { release(); } }
  `),
  ).toEqual([
    ['submit', 'this.lock.runExclusive(() => this.run(job))'],
    ['size', 'this.lock.acquire()'],
  ]);
});

test('a helper that public work reaches', () => {
  expect(
    hotUsesOf('submit(job) { return this.#admit(job); } #admit(job) { return this.lock.runExclusive(() => this.jobs.push(job)); }'),
  ).toEqual([['#admit', 'this.lock.runExclusive(() => this.jobs.push(job))']]);
});

test('public work through a delegate', () => {
  const code = `
    class Poller {
      #lock = new Mutex();
      start() { return this.#exclusive(async () => { await this.a(); }); }
      stop() { return this.#exclusive(async () => { await this.b(); }); }
      submit(job) { return this.#exclusive(() => this.run(job)); }
      #exclusive(work) { return this.#lock.runExclusive(work); }
    }
  `;
  expect(locksOf(code).hotUses.map(({ method, node }) => [method, textOf(code, node)])).toEqual([
    ['submit', 'this.#exclusive(() => this.run(job))'],
  ]);
});

test('transitions, idle handlers, activity, and helpers of these', () => {
  expect(
    hotUsesOf(`
    restart() { return this.lock.runExclusive(async () => { await this.#halt(); await this.#begin(); }); }
    suspend() { return this.lock.runExclusive(async () => { this.running = false; }); }
    onIdle() { return this.lock.runExclusive(async () => { this.running = false; }); }
    use(work) { return this.lock.runExclusive(async () => { try { return await work(); } finally { this.#arm(); } }); }
    #helper() { return this.lock.runExclusive(() => this.c()); }
    async #begin() { await this.#helper(); }
    async #halt() {}
    [Symbol.asyncDispose]() { return this.lock.runExclusive(() => this.shut()); }
    terminate() { return this.lock.runExclusive(() => this.shut()); }
  `),
  ).toEqual([]);
});

test('a method that is only named like a transition', () => {
  expect(
    hotUsesOf('resetStatistics() { return this.lock.runExclusive(async () => { this.count = 0; }); }').map(([method]) => method),
  ).toEqual(['resetStatistics']);
});

test('looking at the lock, and other locks, are no hot use', () => {
  expect(
    hotUsesOf('otherLock = new Mutex(); busy() { return this.lock.isLocked(); } submit(job) { return this.otherLock.runExclusive(job); }'),
  ).toEqual([]);
});

test('the lock of an in-place runner over its loop', () => {
  const code = `
    class Runner {
      lock = new Mutex();
      async start() { await this.lock.runExclusive(async () => { this.running = true; while (this.running) { await this.step(); } }); }
      async stop() { await this.lock.runExclusive(async () => { this.running = false; }); }
    }
  `;
  const facts = locksOf(code, { runsInPlace: 'yes' });
  expect(facts.overLoop.map(({ method }) => method.name)).toEqual(['start']);
  expect(locksOf(code, { runsInPlace: 'no' }).overLoop).toEqual([]);
});

test('the loop in a helper, under a hold that covers only part of start', () => {
  expect(
    locksOf(
      `
    class Runner {
      lock = new Mutex();
      async start() { this.n += 1; await this.lock.runExclusive(() => this.#loop()); }
      async stop() { this.running = false; }
      async #loop() { for await (const job of this.jobs) await job.run(); }
    }
  `,
      { runsInPlace: 'yes' },
    ).overLoop,
  ).toHaveLength(1);
});

const RUNNER = `
  class Runner {
    #lock = new Mutex();
    #done: Promise<void> | undefined;
    async start() {
      await this.#lock.runExclusive(async () => { this.running = true; this.#done = new Promise((resolve) => { this.finish = resolve; }); });
      try { await this.#loop(); } finally { await this.#lock.runExclusive(async () => { this.running = false; }); this.finish(); }
    }
    async #loop() { while (this.running) await this.step(); }
`;

test('an in-place runner that holds the lock for its transitions', () => {
  const facts = locksOf(
    `${RUNNER}
    async stop() {
      const done = await this.#lock.runExclusive(async () => { this.abort(); return { settled: this.#done }; });
      await done.settled;
    }
  }`,
    { runsInPlace: 'yes' },
  );
  expect(facts).toMatchObject({ lifecycle: { key: '#lock' }, start: 'unknown', stop: 'unknown', overLoop: [] });
});

test('a bare done-promise is awaited under the lock', () => {
  const facts = locksOf(
    `${RUNNER}
    async stop() {
      await this.#lock.runExclusive(async () => { this.abort(); return this.running ? this.#done : undefined; });
    }
  }`,
    { runsInPlace: 'yes' },
  );
  expect(facts.overLoop.map(({ method }) => method.name)).toEqual(['stop']);
});

function reusableOf(fields: string, members = '', before = ''): unknown {
  const program = programOf(`
    import { Mutex } from 'async-mutex';
    ${before}
    class Poller { ${fields} async start() { await this.a(); } async stop() { await this.b(); } ${members} }
  `);
  const facts = classesOf(program).at(-1);
  const sides = facts === undefined ? undefined : readSides(facts, DEFAULT_SETTINGS);
  if (facts === undefined || sides === undefined) throw new Error('no service');
  return readReusableLock(facts, sides.start, sides.stop, DEFAULT_SETTINGS, program);
}

test('a lock that the class has and does not need elsewhere', () => {
  expect(reusableOf('#lock = new Mutex();')).toEqual({
    field: '#lock',
    from: 'async-mutex',
    shape: { kind: 'run', method: 'runExclusive', isKeyed: false },
    usedIn: [],
  });
  expect(
    reusableOf(
      '#lock = new Mutex();',
      'restart() { return this.#lock.runExclusive(async () => { await this.stop(); await this.start(); }); }',
    ),
  ).toMatchObject({
    field: '#lock',
    usedIn: ['restart'],
  });
  expect(reusableOf('gate = new Latch();', '', 'class LockLatch {} class Latch {}')).toBeUndefined();
  expect(reusableOf('lock = new Lock();', '', 'class Lock { async acquire() {} release() {} }')).toMatchObject({
    shape: { kind: 'acquire', method: 'acquire', releasedBy: 'lock', release: 'release' },
  });
});

test('locks that are not for reuse', () => {
  expect(reusableOf('#lock = new Mutex();', 'submit(job) { return this.#lock.runExclusive(job); }')).toBeUndefined();
  expect(reusableOf('static lock = new Mutex();')).toBeUndefined();
  expect(reusableOf('constructor(private readonly lock: Mutex) {}')).toBeUndefined();
  expect(
    reusableOf('lock = new Mutex();', 'renew() { this.lock = new Mutex(); return this.lock.runExclusive(() => this.a()); }'),
  ).toBeUndefined();
});

test('the lock that a project has among its packages', () => {
  expect(packagedLock(['react', 'async-mutex'])).toEqual({
    from: 'async-mutex',
    name: 'Mutex',
    shape: { kind: 'run', method: 'runExclusive', isKeyed: false },
  });
  expect(packagedLock(['es-toolkit'])).toMatchObject({
    shape: { kind: 'acquire', method: 'acquire', releasedBy: 'lock', release: 'release' },
  });
  expect(packagedLock(['@esfx/async-mutex'])).toMatchObject({ shape: { method: 'lock', releasedBy: 'handle', release: 'unlock' } });
  expect(packagedLock(['mutex-ts'])).toMatchObject({ shape: { method: 'obtain', releasedBy: 'release', release: '' } });
  expect(packagedLock(['await-lock', 'p-queue'])).toBeUndefined();
});
