import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import { drainsOf } from './drains-of.ts';
import { serviceIn } from './parse.ts';

describe('by a library', () => {
  test.each([
    ["import pTimeout, { TimeoutError } from 'p-timeout';", 'await pTimeout(this.task, { milliseconds: 50 });', 'TimeoutError', 'this.task'],
    ["import pTimeout, { TimeoutError as Late } from 'p-timeout';", 'await pTimeout(this.task, { milliseconds: 50 });', 'Late', 'this.task'],
    ["import bound from 'p-timeout';", 'await bound(this.task, 50);', 'TimeoutError', 'this.task'],
    ["const pTimeout = require('p-timeout');", "await pTimeout(this.task, 50, 'too long');", 'TimeoutError', 'this.task'],
    ["import pTimeout from 'p-timeout';", 'await pTimeout(this.task, { milliseconds: 50, message: new LateError() });', 'LateError', 'this.task'],
    ["import { withDeadline } from './lifecycle-lock.ts';", 'await withDeadline(this.task, 50);', 'DrainTimeoutError', 'this.task'],
    ["import { DrainTimeoutError as Late, withDeadline as bound } from '../lib/lifecycle-lock';", 'await bound(this.task, 50);', 'Late', 'this.task'],
    ["const { withDeadline } = require('./lifecycle-lock.cjs');", 'await withDeadline(this.task, 50);', 'DrainTimeoutError', 'this.task'],
    ["import { withTimeout } from 'es-toolkit';", 'await withTimeout(() => this.task, 50);', 'TimeoutError', '() => this.task'],
    ["import { timeout } from 'es-toolkit/promise';", 'await Promise.race([this.task, timeout(50)]);', 'TimeoutError', 'this.task'],
    [
      "import { lastValueFrom, timeout } from 'rxjs';",
      'await lastValueFrom(this.done$.pipe(timeout(50)));',
      'TimeoutError',
      'lastValueFrom(this.done$.pipe(timeout(50)))',
    ],
  ])('%s %s', (top, stop, error, work) => {
    expect(drainsOf(stop, { top })).toEqual([`stop: yes (${error}) ${work}`]);
  });

  test('Effect and Bluebird', () => {
    const top = "import { Effect, Fiber } from 'effect';";
    const work = "Effect.runPromise(Fiber.interrupt(this.fiber).pipe(Effect.timeout('5 seconds')))";
    expect(drainsOf(`await ${work};`, { top })).toEqual([`stop: yes ${work}`]);
    expect(drainsOf('await this.task.timeout(50);')).toEqual(['stop: yes this.task']);
  });

  test('a fallback that throws, or whose value is looked at', () => {
    const top = "import pTimeout from 'p-timeout';";
    expect(drainsOf('await pTimeout(this.task, { milliseconds: 50, fallback: () => { throw new Error(); } });', { top })).toEqual(['stop: yes this.task']);
    expect(drainsOf('await pTimeout(this.task, { milliseconds: 50, fallback: () => { this.hung = true; } });', { top })).toEqual(['stop: unknown this.task']);
    expect(drainsOf('const end = await pTimeout(this.task, { milliseconds: 50, fallback: () => LATE }); if (end === LATE) fail();', { top })).toEqual([
      'stop: unknown this.task',
    ]);
  });
});

describe('by a race', () => {
  test('with a timer that rejects and is cleared', () => {
    const stop = dedent`
      let timer;
      const deadline = new Promise((_, reject) => { timer = setTimeout(() => reject(new DrainTimeoutError(50)), 50); });
      try { await Promise.race([this.task, deadline]); } finally { clearTimeout(timer); }
    `;
    expect(drainsOf(stop)).toEqual(['stop: yes (DrainTimeoutError) this.task']);
  });

  test('with one that a field keeps, whoever clears it', () => {
    expect(drainsOf('await Promise.race([this.task, new Promise((_, reject) => { this.limit = setTimeout(reject, 50); })]);')).toEqual(['stop: yes this.task']);
  });

  test('with a sleep that throws afterwards', () => {
    expect(drainsOf('await Promise.race([this.task, sleep(50).then(() => { throw new LateError(); })]);')).toEqual(['stop: yes (LateError) this.task']);
  });

  test.each([
    'const end = await Promise.race([this.task, sleep(50).then(() => LATE)]); if (end === LATE) throw new Error();',
    'if ((await Promise.race([this.task, sleep(50, LATE)])) === LATE) throw new Error();',
  ])('against a value that is looked at: %s', (stop) => {
    expect(drainsOf(stop)).toEqual(['stop: yes this.task']);
  });

  test.each([
    ['its result is returned', 'return Promise.race([this.task, sleep(50)]);'],
    ['stop then looks at what it waited for', 'await Promise.race([this.task, sleep(50)]); if (this.task.isPending) fail();'],
    ['stop then ends what has not ended', "await Promise.race([this.task, sleep(50)]); if (this.child.exitCode === null) this.child.kill('SIGKILL');"],
    ['a timer that only its name tells', 'await Promise.race([this.task, this.limits.drainTimeout()]);'],
  ])('unknown: %s', (_name, stop) => {
    expect(drainsOf(stop)).toEqual(['stop: unknown this.task']);
  });

  test('unknown: no timer in sight', () => {
    expect(drainsOf('await Promise.race([this.task, this.cancelled]);')).toEqual(['stop: unknown Promise.race([this.task, this.cancelled])']);
  });
});

describe('by a loop', () => {
  test.each([
    'while (this.busy && Date.now() < until) await sleep(10);',
    "while (this.busy) { if (performance.now() > until) throw new Error('late'); await sleep(10); }",
    'for (let tries = 0; tries < 50 && this.busy; tries++) await sleep(10);',
    'while (this.busy && left-- > 0) { await sleep(10); }',
    'do { await sleep(10); tries += 1; } while (this.busy && tries < 9);',
  ])('%s', (stop) => {
    expect(drainsOf(stop)).toEqual([`stop: yes ${stop}`]);
  });

  test('unknown: a signal may be one of time', () => {
    expect(drainsOf('while (this.busy && !this.signal.aborted) await sleep(10);')[0]).toMatch(/^stop: unknown/);
  });

  test('what is awaited in a bounded loop may still hang', () => {
    expect(drainsOf('while (this.busy && Date.now() < until) await this.worker.stop();')).toEqual(['stop: no this.worker.stop()']);
  });
});

describe('by an option', () => {
  test.each([
    'this.server.close({ timeout: 5000 })',
    'this.server.close({ drainTimeoutMs: LIMIT })',
    'this.server.close({ signal: AbortSignal.timeout(50) })',
    'this.server.close({ signal: AbortSignal.any([this.signal, AbortSignal.timeout(50)]) })',
    'this.server.stop(this.drainTimeout)',
    'Promise.all(this.peers.map((peer) => peer.close({ signal: AbortSignal.timeout(500) })))',
  ])('%s', (work) => {
    expect(drainsOf(`await ${work};`)).toEqual([`stop: yes ${work}`]);
  });

  test('a controller that a timer aborts', () => {
    const stop = dedent`
      const abort = new AbortController();
      const timer = setTimeout(() => abort.abort(), 50);
      try { await this.server.close({ signal: abort.signal }); } finally { clearTimeout(timer); }
    `;
    expect(drainsOf(stop)).toEqual(['stop: yes this.server.close({ signal: abort.signal })']);
  });

  test.each([
    ['unknown', 'this.server.stop(5000)'],
    ['unknown', 'this.server.stop({ ...this.options })'],
    ['unknown', 'this.server.close({ signal: this.signal })'],
    ['no', 'this.server.close({ timeout: 0 })'],
    ['no', 'this.server.close({ timeout: undefined, force: true })'],
  ])('%s: %s', (bounded, work) => {
    expect(drainsOf(`await ${work};`)).toEqual([`stop: ${bounded} ${work}`]);
  });
});

test('by a timer of stop that makes an end of it: unknown', () => {
  expect(drainsOf('const timer = setTimeout(() => process.exit(1), 5000); await this.server.close(); clearTimeout(timer);')).toEqual(['stop: unknown this.server.close()']);
  expect(drainsOf('const timer = setTimeout(() => this.server.closeAllConnections(), 50); await this.server.close();')).toEqual(['stop: unknown this.server.close()']);
  expect(drainsOf("const timer = setTimeout(() => this.logger.warn('slow'), 50); await this.server.close();")).toEqual(['stop: no this.server.close()']);
});

test('by a timer inside the promise that is awaited', () => {
  const waiting = (timer: string): string => `new Promise((resolve, reject) => { const t = setTimeout(${timer}, 50); this.child.once('exit', () => { clearTimeout(t); resolve(); }); })`;
  const rejecting = waiting("() => reject(new LateError())");
  const killing = waiting("() => { this.child.kill('SIGKILL'); resolve(); }");
  expect(drainsOf(`await ${rejecting};`)).toEqual([`stop: yes (LateError) ${rejecting}`]);
  expect(drainsOf(`await ${killing};`)).toEqual([`stop: yes ${killing}`]);
});

test('who calls stop gives it: only if he must', () => {
  const text = (params: string): string => `class A { start() { this.timer = setInterval(f, 10); } async stop(${params}) { await this.server.close({ signal }); } }`;
  expect(outline(text('{ signal } = {}'))).toBe('no');
  expect(outline(text('signal?: AbortSignal'))).toBe('no');
  expect(outline(text('signal: AbortSignal'))).toBe('unknown');
});

function outline(text: string): string | undefined {
  return serviceIn(text).drains[0]?.bounded;
}
