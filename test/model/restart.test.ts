import { describe, expect, test } from 'vitest';
import { isOneShot, poller, restartIn } from './restart-in.ts';

const DRAIN = 'await pTimeout(this.loop, { milliseconds: 10 });';
const GUARD = "if (this.hung) throw new Error('create a new one');";

/** A stop whose catch and finally are given. */
function caught(handler: string, finalizer = ''): string {
  return `try { ${DRAIN} } catch (e) { ${handler} }${finalizer === '' ? '' : ` finally { ${finalizer} }`}`;
}

describe('refused', () => {
  const MARK = 'if (e instanceof TimeoutError) this.hung = true; throw e;';

  test.each([
    ['instanceof', MARK],
    ['the name of the error', "if (e.name === 'TimeoutError') this.hung = true; throw e;"],
    ['a name that is not equal', "if (e.name !== 'TimeoutError') throw e; this.hung = true; throw e;"],
    ['a code', "if (e?.code === 'ETIMEDOUT') this.hung = true; throw e;"],
    ['the message', "if (String(e.message).includes('timed out')) this.hung = true; throw e;"],
    ['a function that tells', 'if (isTimeout(e)) { log(e); this.hung = true; } throw e;'],
    ['an expression', 'this.hung = e instanceof TimeoutError; throw e;'],
    ['another assignment', 'this.hung ||= e instanceof TimeoutError; throw e;'],
    ['a short circuit', 'e instanceof TimeoutError && (this.hung = true); throw e;'],
    ['a choice', "switch (e.name) { case 'TimeoutError': this.hung = true; break; default: } throw e;"],
    ['a helper', 'this.note(e); throw e;'],
    ['a helper that always throws', 'this.rethrow(e);'],
    ['no throw', 'if (e instanceof TimeoutError) this.hung = true;'],
  ])('the flag is set by %s', (_name, handler) => {
    const helpers = 'note(error) { if (error instanceof TimeoutError) this.hung = true; } rethrow(error) { this.note(error); throw error; }';
    const more = handler.includes('this.note') || handler.includes('this.rethrow') ? helpers : '';
    expect(restartIn(poller({ fields: 'hung = false;', start: GUARD, stop: caught(handler, 'this.loop = undefined;'), more }))).toBe('yes by hung');
  });

  test.each([
    ['a return', 'if (this.hung) return;'],
    ['a rejection', "if (this.hung) return Promise.reject(new Error('no'));"],
    ['a log before it', "console.log('starting'); if (this.hung) throw new Error('no');"],
    ['constants before it', 'const ms = 10; const name = "poller"; if (this.hung) throw new Error(name + ms);'],
    ['a condition with more to it', 'if (this.hung || this.loop) throw new Error("no");'],
    ['an assertion', 'assert(!this.hung);'],
    ['a helper', 'this.assertUsable();'],
    ['a getter', 'if (!this.usable) throw new Error("no");'],
    ['a method', 'if (this.isHung()) throw new Error("no");'],
    ['a local', 'const { hung } = this; if (hung) throw new Error("no");'],
    ['an else', 'if (!this.hung) { await this.prepare(); } else { throw new Error("no"); }'],
    ['a promise that is joined before it', 'await this.stopping; if (this.hung) throw new Error("no");'],
  ])('start tests it by %s', (_name, start) => {
    const more = `
      stopping;
      assertUsable() { if (this.hung) throw new Error('no'); }
      get usable() { return !this.hung; }
      isHung() { return this.hung; }
      async prepare() {}
    `;
    expect(restartIn(poller({ fields: 'hung = false;', start, stop: caught(MARK, 'this.loop = undefined;'), more }))).toBe('yes by hung');
  });

  test.each([
    ['a state', "state = 'idle';", "if (this.state !== 'idle') throw new Error(this.state); this.state = 'running';", "this.state = 'stopping';", "this.state = 'failed'; throw e;", "this.state = 'idle';"],
    ['an error', 'failure;', 'if (this.failure) throw this.failure;', '', 'this.failure = e; throw e;', ''],
    ['an error of its own', 'failure;', 'if (this.failure !== undefined) throw this.failure;', '', "this.failure = new Error('hung', { cause: e }); throw e;", ''],
  ])('the flag is %s', (_name, fields, start, before, handler, after) => {
    const stop = `${before} ${caught(handler.replace('this.', 'if (e instanceof TimeoutError) this.'))} ${after} this.loop = undefined;`;
    expect(restartIn(poller({ fields, start, stop }))).toMatch(/^yes by (state|failure)$/);
  });

  test('what hangs is still there, and start does not begin another', () => {
    expect(restartIn(poller({ start: 'if (this.loop) return;', stop: `if (!this.loop) return; ${DRAIN} this.loop = undefined;` }))).toBe('yes');
    const state = "if (this.state === 'stopping') throw new Error('still stopping'); this.state = 'running';";
    expect(restartIn(poller({ fields: "state = 'idle';", start: state, stop: `this.state = 'stopping'; ${DRAIN} this.state = 'idle';` }))).toBe('yes');
  });

  test('one object, one run', () => {
    const parts = { fields: 'closed = false;', start: 'if (this.closed) throw new Error("closed");', stop: `this.closed = true; ${DRAIN}` };
    expect(restartIn(poller(parts))).toBe('yes');
    expect(isOneShot(poller(parts))).toBe('yes');
  });

  test('a promise that is kept and given back', () => {
    const stop = `if (!this.starting) return; ${DRAIN} this.starting = undefined;`;
    const start = 'return (this.starting ??= this.begin());';
    const more = 'starting; async begin() { this.loop = this.poll(); }';
    expect(restartIn(poller({ start, stop, more }))).toBe('yes');
  });

  test('under a lock, in halves, and in a hold of every form', () => {
    const stop = caught(MARK, 'this.loop = undefined;');
    const halves = `import { Mutex } from 'async-mutex'; import pTimeout, { TimeoutError } from 'p-timeout';
      class Poller {
        lock = new Mutex(); hung = false; loop;
        start() { return this.lock.runExclusive(() => this.startLocked()); }
        async startLocked() { ${GUARD} this.loop = this.poll(); }
        async stop() { const release = await this.lock.acquire(); try { ${stop} } finally { release(); } }
        async poll() { while (!this.aborted) await tick(); }
      }`;
    expect(restartIn(halves)).toBe('yes by hung');
    expect(restartIn(halves.replace('() => this.startLocked()', 'this.startLocked.bind(this)'))).toBe('yes by hung');
  });
});

describe('unknown', () => {
  test('no deadline, or one that cannot be told', () => {
    expect(restartIn(poller({ stop: 'await this.loop;' }))).toBe('unknown');
    expect(restartIn(poller({ stop: 'await helpMeWith(this.loop);' }))).toBe('unknown');
  });

  test('what hangs is ended by force', () => {
    expect(restartIn(poller({ stop: caught('this.child.kill("SIGKILL");') }))).toBe('unknown');
    expect(restartIn(poller({ stop: 'await pTimeout(this.loop, { milliseconds: 10 }).catch(() => this.socket.destroy());' }))).toBe('unknown');
    expect(restartIn(poller({ stop: caught('process.exit(1);') }))).toBe('unknown');
    expect(restartIn(poller({ stop: `try { ${DRAIN} } finally { this.server.closeAllConnections(); }` }))).toBe('unknown');
  });

  test('somebody else may turn the caller away', () => {
    const stop = DRAIN;
    expect(restartIn(poller({ start: 'checkUsable(this);', stop }))).toBe('unknown');
    expect(restartIn(poller({ start: 'await super.start();', stop }).replace('class Poller', 'class Poller extends Base'))).toBe('unknown');
    expect(restartIn(poller({ start: 'this.assertNotFailed();', stop }).replace('class Poller', 'class Poller extends Base'))).toBe('unknown');
    expect(restartIn(poller({ start: 'if (this.health.isBroken()) throw new Error("no");', stop }))).toBe('unknown');
  });

  test('the timer itself, or something in the background, may set the flag', () => {
    const stop = `const timer = setTimeout(() => { this.hung = true; }, 10); ${DRAIN} clearTimeout(timer);`;
    expect(restartIn(poller({ fields: 'hung = false;', start: GUARD, stop }))).toBe('unknown');
    expect(restartIn(poller({ fields: 'hung = false;', start: GUARD, stop: DRAIN, more: 'fail() { this.hung = true; }' }))).toBe('unknown');
  });

  test('adapters and delegates are not asked', () => {
    const adapter = `import pTimeout from 'p-timeout';
      class Tunnel { async connect() { this.s = await dial(); } async disconnect() { const s = this.s; this.s = undefined; await pTimeout(s.close(), { milliseconds: 10 }); } }`;
    expect(restartIn(adapter)).toBe('unknown');
  });
});

describe('one shot', () => {
  test('a promise to start that is dropped when it is kept says nothing', () => {
    const more = 'starting; async begin() { this.loop = this.poll(); }';
    const start = 'return (this.starting ??= this.begin().finally(() => (this.starting = undefined)));';
    expect(isOneShot(poller({ start, stop: 'await this.loop;', more }))).not.toBe('yes');
    expect(isOneShot(poller({ start: `${start.replace('return', 'if (this.starting) return this.starting;').replaceAll('??=', '=')} return this.starting;`, stop: 'await this.loop;', more }))).not.toBe('yes');
  });

  test.each([
    ['no', '', 'await this.loop;'],
    ['no', 'if (this.running) return; this.running = true;', 'this.running = false; await this.loop;'],
    ['yes', 'if (this.stopped) throw new Error("stopped");', 'this.stopped = true; await this.loop;'],
    ['yes', "if (this.state !== 'new') throw new Error('used'); this.state = 'running';", "this.state = 'stopped'; await this.loop;"],
    ['no', "if (this.state === 'running') return; this.state = 'running';", "this.state = 'stopped'; await this.loop;"],
    ['no', 'this.stopped = false;', 'if (this.stopped) return; this.stopped = true; await this.loop;'],
    ['unknown', 'if (this.guard.refuses()) throw new Error("no");', 'await this.loop;'],
    ['yes', 'if (this.abort.signal.aborted) throw new Error("stopped");', 'this.abort.abort(); await this.loop;'],
  ] as const)('%s: %s', (fact, start, stop) => {
    const known = fact === 'yes' && start.includes('aborted') ? 'unknown' : fact;
    expect(isOneShot(poller({ fields: "running = false; stopped = false; state = 'new'; abort = new AbortController();", start, stop }))).toBe(known);
  });
});
