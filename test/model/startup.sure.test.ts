import { describe, expect, test } from 'vitest';
import { hub, startupIn } from './startup-of.ts';

const READY = "this.bus.once('up', resolve);";

/** A start that waits, no longer than a time, for what it has begun. */
function waiting(timer: string, begin = 'this.bus.connect(this.url);'): string {
  return hub(`await new Promise((resolve, reject) => { ${timer} ${READY} ${begin} });`, 'await this.bus.disconnect();');
}

describe('a promise that rejects by a deadline of its own', () => {
  test.each([
    ['a function', "setTimeout(() => reject(new Error('late')), 1000);"],
    ['the settler itself', 'setTimeout(reject, 1000);'],
    ['one that logs and clears itself', "const timer = setTimeout(() => { clearTimeout(timer); console.warn('late'); reject(new Error('late')); }, 1000);"],
  ])('leaves what its executor began: %s', (_name, timer) => {
    expect(startupIn(waiting(timer))).toEqual(['acquires this.bus.connect(…)', 'new Promise(…) fails: this.bus.connect(…) (again)']);
  });

  test('leaves what was begun before it', () => {
    const start = "this.child = spawn('serve'); await new Promise((resolve, reject) => { setTimeout(reject, 1000); this.child.once('message', resolve); });";
    expect(startupIn(hub(start, 'this.child.kill(); await once(this.child, "exit");'))).toEqual(['acquires spawn(…)', 'new Promise(…) fails: spawn(…) (again)']);
  });

  test.each([
    ['no deadline: it fails with the thing itself', "this.bus.once('error', reject);"],
    ['the deadline gives it back', 'setTimeout(() => { this.bus.disconnect(); reject(); }, 1000);'],
    ['the deadline calls who may', 'setTimeout(() => { fail(reject); reject(); }, 1000);'],
    ['the deadline looks first', 'setTimeout(() => { if (this.isUp) return; reject(); }, 1000);'],
    ['the deadline is good enough', 'setTimeout(resolve, 1000);'],
  ])('not: %s', (_name, timer) => {
    expect(startupIn(waiting(timer))).toEqual(['acquires this.bus.connect(…)']);
  });

  test('not where start gives it back', () => {
    const start = `try { await new Promise((resolve, reject) => { setTimeout(reject, 1000); ${READY} this.bus.connect(this.url); }); } catch (error) { this.bus.disconnect(); throw error; }`;
    expect(startupIn(hub(start, 'await this.bus.disconnect();'))).toEqual(['acquires this.bus.connect(…)', 'rolled back']);
  });
});

describe('what the next start does again', () => {
  const stop = 'await this.a.stop(); await this.store.close();';

  test.each([
    ['what is waited for', 'await this.a.start();'],
    ['what a list waits for', 'await Promise.all([this.a.start(), this.b.load()]);'],
    ['what is told where to', 'this.a.listen(this.port);'],
  ])('surely doubles %s', (_name, begin) => {
    expect(startupIn(hub(`${begin} await this.store.open();`, stop)).at(-1)).toMatch(/^this\.store\.open\(\) fails: this\.a\.\w+\((?:…)?\) \(again\)$/);
  });

  test.each([
    ['is only told to start', 'this.a.start();'],
    ['is told how to start', 'this.a.start(this.options);'],
    ['is told to listen to nothing', 'this.a.listen();'],
  ])('may change nothing for what %s', (_name, begin) => {
    expect(startupIn(hub(`${begin} await this.store.open();`, stop)).at(-1)).toMatch(/^this\.store\.open\(\) fails: this\.a\.\w+\((?:…)?\)$/);
  });

  test('that goes with what it surely doubles', () => {
    const start = 'this.a.start(); this.timer = setInterval(tick, 1000); await this.store.open();';
    expect(startupIn(hub(start, `clearInterval(this.timer); ${stop}`)).at(-1)).toBe('this.store.open() fails: this.a.start() (again), setInterval(…) (again)');
  });

  test('is lost all the same where stop turns its caller away', () => {
    const code = hub('this.a.start(); await this.store.open(); this.running = true;', `if (!this.running) return; this.running = false; ${stop}`, 'running = false;');
    expect(startupIn(code).at(-1)).toBe('this.store.open() fails: this.a.start() (lost)');
  });
});

describe('parts that may be missing', () => {
  test.each([
    ['two parts, of which there may be one', 'await this.server?.listen(80); await this.socket?.connect();', ['acquires this.server.listen(…), this.socket.connect()']],
    ['one part', 'await this.server?.listen(80); await this.server?.announce();', ['acquires this.server.listen(…)', 'this.server.announce() fails: this.server.listen(…) (again)']],
    ['a part and a whole', 'await this.server?.listen(80); await this.bus.load();', ['acquires this.server.listen(…)', 'this.bus.load() fails: this.server.listen(…) (again)']],
  ])('%s', (_name, start, expected) => {
    expect(startupIn(hub(start, 'await this.server?.close(); await this.socket?.disconnect();', 'constructor(parts) { this.server = parts.server; this.socket = parts.socket; }'))).toEqual(expected);
  });
});

describe('what may reject', () => {
  test.each(['convertPeerId(this.id)', 'sha256(this.key)', 'encode(this.name)', 'toBytes(this.key)'])('not what only computes: %s', (call) => {
    const code = hub(`if (this.running) return; this.running = true; this.key = await ${call}; this.timer = setInterval(tick, 1);`, 'this.running = false; clearInterval(this.timer);', 'running = false;');
    expect(startupIn(code)).toEqual(['acquires setInterval(…)']);
  });

  test.each(['this.codec.encode(this.name)', 'connect(this.id)', 'total(this.names)'])('but %s', (call) => {
    const code = hub(`if (this.running) return; this.running = true; this.key = await ${call};`, 'this.running = false; await this.bus.close();', 'running = false;');
    expect(startupIn(code).at(-1)).toMatch(/^running stays set when/);
  });
});
