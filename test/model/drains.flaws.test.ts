import { describe, expect, test } from 'vitest';
import { drainsOf } from './drains-of.ts';

describe('limits-waiting', () => {
  const task = 'async () => { await this.task; }';

  test.each([
    ['withTimeout of async-mutex', "import { Mutex, withTimeout } from 'async-mutex';", 'lock = withTimeout(new Mutex(), 50);', `return this.lock.runExclusive(${task});`],
    [
      'also where it is acquired',
      "import { Mutex, withTimeout } from 'async-mutex';",
      'lock = withTimeout(new Mutex(), 50);',
      'const release = await this.lock.acquire(); try { await this.task; } finally { release(); }',
    ],
    ['timeout of async-lock', "import AsyncLock from 'async-lock';", 'lock = new AsyncLock();', `await this.lock.acquire('life', ${task}, { timeout: 50 });`],
    ['for all of a lock', "import AsyncLock from 'async-lock';", 'lock = new AsyncLock({ timeout: 50 });', `await this.lock.acquire('life', ${task});`],
    [
      'timeout of await-lock',
      "import AwaitLock from 'await-lock';",
      'lock = new AwaitLock();',
      'await this.lock.acquireAsync({ timeout: 50 }); try { await this.task; } finally { this.lock.release(); }',
    ],
  ])('%s', (_name, top, members, stop) => {
    expect(drainsOf(stop, { top, members })).toEqual(['stop: limits-waiting this.task']);
  });
});

describe('frees-slot', () => {
  test.each([
    ['maxExecutionTime', "import AsyncLock from 'async-lock';", 'lock = new AsyncLock();', "await this.lock.acquire('life', () => this.task, { maxExecutionTime: 50 });"],
    ['timeout of p-queue', "import PQueue from 'p-queue';", 'queue = new PQueue({ concurrency: 1 });', 'await this.queue.add(async () => { await this.task; }, { timeout: 50 });'],
    ['for all of a queue', "import PQueue from 'p-queue';", 'queue = new PQueue({ concurrency: 1, timeout: 50 });', 'await this.queue.add(() => this.task);'],
  ])('%s', (_name, top, members, stop) => {
    expect(drainsOf(stop, { top, members })).toEqual(['stop: frees-slot this.task']);
  });
});

describe('outside-lock', () => {
  const around = { top: "import { Mutex } from 'async-mutex'; import pTimeout from 'p-timeout';", members: 'lock = new Mutex(); async #end() { await this.task; }' };

  test('what hangs keeps the lock', () => {
    expect(drainsOf('await pTimeout(this.lock.runExclusive(() => this.#end()), 50);', around)).toEqual([
      '#end: outside-lock (TimeoutError) this.lock.runExclusive(() => this.#end())',
    ]);
  });

  test('not where there is one under the lock', () => {
    expect(drainsOf('await this.lock.runExclusive(() => pTimeout(this.#end(), 50));', around)).toEqual(['#end: yes (TimeoutError) this.#end()']);
    expect(drainsOf('await pTimeout(this.lock.runExclusive(() => pTimeout(this.#end(), 50)), 90);', around)).toEqual(['#end: yes (TimeoutError) this.#end()']);
  });
});

describe('resolves', () => {
  test.each([
    ['a sleep', 'await Promise.race([this.task, sleep(50)]);'],
    ['a timer', 'await Promise.race([this.task, new Promise((resolve) => setTimeout(resolve, 50))]);'],
    ['a result that nobody reads', 'const end = await Promise.race([this.task, sleep(50)]);'],
    ['message: false', 'await pTimeout(this.task, { milliseconds: 50, message: false });'],
    ['a fallback', 'await pTimeout(this.task, { milliseconds: 50, fallback: () => undefined });'],
    ['the fallback of old', 'await pTimeout(this.task, 50, () => undefined);'],
  ])('%s', (_name, stop) => {
    expect(drainsOf(stop, { top: "import pTimeout from 'p-timeout';" })).toEqual(['stop: resolves this.task']);
  });

  test('a timer inside the promise', () => {
    const work = "new Promise((resolve) => { setTimeout(resolve, 50); this.child.once('exit', resolve); })";
    expect(drainsOf(`await ${work};`)).toEqual([`stop: resolves ${work}`]);
  });

  test("Effect's timeoutOption", () => {
    const work = "Effect.runPromise(Fiber.join(this.fiber).pipe(Effect.timeoutOption('1 second')))";
    expect(drainsOf(`await ${work};`, { top: "import { Effect, Fiber } from 'effect';" })).toEqual([`stop: resolves ${work}`]);
  });
});

describe('unref', () => {
  test.each([
    ['chained', 'await Promise.race([this.task, new Promise((_, reject) => setTimeout(reject, 50).unref())]);'],
    ['by name', 'let t; await Promise.race([this.task, new Promise((_, reject) => { t = setTimeout(reject, 50); t.unref(); })]); clearTimeout(t);'],
    ['AbortSignal.timeout', "await Promise.race([this.task, new Promise((_, reject) => AbortSignal.timeout(50).addEventListener('abort', reject))]);"],
    [
      'AbortSignal.timeout in a local',
      "const signal = AbortSignal.timeout(50); await Promise.race([this.task, new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))]);",
    ],
  ])('%s', (_name, stop) => {
    expect(drainsOf(stop)).toEqual(['stop: unref this.task']);
  });

  test('unknown where the exit of a child is awaited, which keeps the process alive', () => {
    const stop = "const exited = new Promise((resolve) => this.child.once('exit', resolve)); await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, 50).unref())]);";
    expect(drainsOf(stop)).toEqual(['stop: unknown exited']);
  });
});

describe('never-cleared', () => {
  test.each([
    ['in place', 'await Promise.race([this.task, new Promise((_, reject) => setTimeout(() => reject(new Error()), 50))]);'],
    ['kept, but not cleared', 'let t; await Promise.race([this.task, new Promise((_, reject) => { t = setTimeout(reject, 50); })]);'],
  ])('%s', (_name, stop) => {
    expect(drainsOf(stop)).toEqual(['stop: never-cleared this.task']);
  });

  test('in a helper of the class, or of the file', () => {
    const late = '{ return new Promise((_, reject) => setTimeout(() => reject(new Error()), ms)); }';
    expect(drainsOf('await Promise.race([this.task, this.late(50)]);', { members: `late(ms) ${late}` })).toEqual(['stop: never-cleared this.task']);
    expect(drainsOf('await Promise.race([this.task, late(50)]);', { top: `function late(ms) ${late}` })).toEqual(['stop: never-cleared this.task']);
  });

  test('a timer of Node that no signal can clear', () => {
    const top = "import { setTimeout } from 'node:timers/promises';";
    const fails = '.then(() => { throw new LateError(); })';
    expect(drainsOf(`await Promise.race([this.task, setTimeout(50)${fails}]);`, { top })).toEqual(['stop: never-cleared (LateError) this.task']);
    expect(drainsOf(`await Promise.race([this.task, setTimeout(50, undefined, { signal })${fails}]);`, { top })).toEqual(['stop: yes (LateError) this.task']);
  });
});

test('no deadline at all: an infinite one', () => {
  expect(drainsOf('await pTimeout(this.task, { milliseconds: Infinity });', { top: "import pTimeout from 'p-timeout';" })).toEqual([
    'stop: no pTimeout(this.task, { milliseconds: Infinity })',
  ]);
});
