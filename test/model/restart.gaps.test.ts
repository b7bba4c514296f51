import { describe, expect, test } from 'vitest';
import { poller, restartIn } from './restart-in.ts';

const DRAIN = 'await pTimeout(this.loop, { milliseconds: 10 });';
const GUARD = "if (this.hung) throw new Error('create a new one');";
const MARK = 'if (e instanceof TimeoutError) this.hung = true; throw e;';

function caught(handler: string, finalizer = 'this.loop = undefined;'): string {
  return `try { ${DRAIN} } catch (e) {
      ${handler}
    } finally { ${finalizer} }`;
}

describe('no-flag', () => {
  test.each([
    ['nothing but the drain', '', DRAIN],
    ['a finally that resets', 'if (this.loop) return;', `try { ${DRAIN} } finally { this.loop = undefined; }`],
    ['a field dropped before the drain', 'if (this.loop) return;', 'const loop = this.loop; this.loop = undefined; await pTimeout(loop, { milliseconds: 10 });'],
    ['a flag that only says whether it runs', 'if (this.running) return; this.running = true;', `if (!this.running) return; this.running = false; ${DRAIN}`],
    ['an error that is thrown on as another', '', "try { await pTimeout(this.loop, { milliseconds: 10 }); } catch (e) { throw new Error('stop', { cause: e }); }"],
    ['work that is begun and not kept', 'void this.poll();', DRAIN],
    ['a returned promise', '', 'return pTimeout(this.loop, { milliseconds: 10 });'],
    ['a guard on what it was given', 'if (this.options.disabled) return;', DRAIN],
    ['a promise to start that is memoised until it is done', 'if (this.starting) return this.starting;', DRAIN],
    ['a loop that a clock ends', '', 'const end = Date.now() + 10; while (this.loop.pending && Date.now() < end) await delay(5);'],
  ])('%s', (_name, start, stop) => {
    expect(restartIn(poller({ fields: 'running = false; starting;', start, stop }))).toBe('no: no-flag (line 9)');
  });

  test('the second drain of two', () => {
    const stop = `${caught(MARK)}
    await pTimeout(this.other, { milliseconds: 10 });`;
    const more = 'other; async open() { this.other = this.poll(); }';
    expect(restartIn(poller({ fields: 'hung = false;', start: `${GUARD} this.other = this.poll();`, stop, more }))).toBe('no: no-flag hung (line 12)');
  });

  test('an in-place runner whose stop lowers the flag first', () => {
    const text = `import pTimeout from 'p-timeout';
      class Runner {
        running = false; ended;
        async run() {
          if (this.running) throw new Error('running');
          this.running = true;
          let end;
          this.ended = new Promise((resolve) => { end = resolve; });
          while (this.running) await this.turn();
          end();
        }
        async stop() {
          this.running = false;
          await pTimeout(this.ended, { milliseconds: 10 });
        }
        async turn() { await tick(); }
      }`;
    expect(restartIn(text)).toBe('no: no-flag (line 14)');
  });
});

describe('swallowed', () => {
  test.each([
    ['an empty catch', `try { ${DRAIN} } catch {} this.loop = undefined;`],
    ['a log', `try { ${DRAIN} } catch (e) { console.error(e); } this.loop = undefined;`],
    ['a callback', 'await pTimeout(this.loop, { milliseconds: 10 }).catch((e) => console.error(e));'],
    ['a throw of all errors but the timeout', `try { ${DRAIN} } catch (e) { if (!(e instanceof TimeoutError)) throw e; }`],
  ])('%s', (_name, stop) => {
    expect(restartIn(poller({ stop }))).toBe('no: swallowed (line 9)');
  });

  test('a catch that ends the work of the catch round it', () => {
    expect(restartIn(poller({ stop: `try { ${caught('if (e instanceof TimeoutError) return; throw e;')} } finally { this.done = true; }` }))).toMatch(/^no: swallowed/);
  });
});

test('untested', () => {
  const stop = caught('if (e instanceof TimeoutError) this.hung = true; throw e;');
  expect(restartIn(poller({ fields: 'hung = false;', stop }))).toBe('no: untested hung (line 10)');
  expect(restartIn(poller({ fields: 'hung = false;', start: "if (this.hung) console.warn('again');", stop }))).toBe('no: untested hung (line 10)');
});

describe('tested-late', () => {
  const stop = caught(MARK);

  test('after a wait', () => {
    expect(restartIn(poller({ fields: 'hung = false;', start: `await connect();\n${GUARD}`, stop }))).toBe('no: tested-late hung (line 6)');
  });

  test('before the lock', () => {
    const text = `import { Mutex } from 'async-mutex'; import pTimeout, { TimeoutError } from 'p-timeout';
      class Poller {
        lock = new Mutex(); hung = false; loop;
        async start() {
          ${GUARD}
          return this.lock.runExclusive(async () => { this.loop = this.poll(); });
        }
        async stop() { return this.lock.runExclusive(async () => { ${stop} }); }
        async poll() { while (!this.aborted) await tick(); }
      }`;
    expect(restartIn(text)).toBe('no: tested-late hung (line 5)');
    expect(restartIn(text.replace('async () => { this.loop =', `async () => { ${GUARD} this.loop =`))).toBe('yes by hung');
  });
});

describe('set-always', () => {
  const parts = { fields: 'hung = false;', start: GUARD };

  test('a loop that may fail', () => {
    expect(restartIn(poller({ ...parts, stop: caught('this.hung = true; throw e;') }))).toBe('no: set-always hung (line 10)');
    expect(restartIn(poller({ ...parts, stop: caught("if (e.message !== '') this.hung = true; throw e;") }))).toBe('unknown');
  });

  test('silent: whatever was started cannot fail', () => {
    const stop = caught('this.hung = true; throw e;');
    expect(restartIn(poller({ ...parts, stop }).replace('this.poll();', 'this.poll().catch(log);'))).toBe('yes by hung');
    expect(restartIn(poller({ ...parts, stop }).replace('await tick();', '{ try { await tick(); } catch (e) { log(e); } }'))).toBe('yes by hung');
    expect(restartIn(poller({ ...parts, stop }).replace('this.poll();', 'this.poll().then(done, log);'))).toBe('yes by hung');
  });
});

describe('cleared', () => {
  const parts = { fields: 'hung = false;', start: GUARD };

  test('in the finally of stop, or after it', () => {
    expect(restartIn(poller({ ...parts, stop: caught(MARK, '\nthis.hung = false;') }))).toBe('no: cleared hung (line 12)');
    expect(restartIn(poller({ ...parts, stop: `${caught('if (e instanceof TimeoutError) this.hung = true;')}\nthis.hung = false;` }))).toBe('no: cleared hung (line 12)');
  });

  test('in start, before it is tested', () => {
    expect(restartIn(poller({ fields: 'hung = false;', start: `this.hung = false;\n${GUARD}`, stop: caught(MARK) }))).toBe('no: cleared hung (line 5)');
  });

  test('by a method that does nothing else', () => {
    const more = 'reset() {\n this.hung = false; }';
    expect(restartIn(poller({ ...parts, stop: caught(MARK), more }))).toBe('no: cleared hung (line 14)');
  });

  test('silent: once the work that hung has ended, or was ended', () => {
    const stop = `const loop = this.loop; ${caught(`${MARK.replace('throw e;', '')} loop.finally(() => { this.hung = false; }); throw e;`)}`;
    expect(restartIn(poller({ ...parts, stop }))).not.toMatch(/^no/);
    expect(restartIn(poller({ ...parts, stop: caught(MARK), more: 'async reset() { await this.loop; this.hung = false; }' }))).not.toMatch(/^no/);
  });
});
