import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import { drainsOf, outlineDrains } from './drains-of.ts';

describe('helpers of the class', () => {
  test('what only stop reaches is read in place', () => {
    const members = 'async #drain() { await this.task; await this.#close(); } async #close() { await this.server.close(); }';
    expect(drainsOf('await this.#drain();', { members })).toEqual(['#drain: no this.task', '#close: no this.server.close()']);
    expect(drainsOf('return this._drain();', { members: 'async _drain() { await this.task; }' })).toEqual(['_drain: no this.task']);
  });

  test('with the deadline inside', () => {
    expect(drainsOf('await this.#drain();', { members: 'async #drain() { await pTimeout(this.task, 50); }' })).toEqual(['#drain: yes (TimeoutError) this.task']);
  });

  test('with the deadline round the call', () => {
    const members = 'async #drain() { await this.task; await this.server.close(); }';
    const both = ['#drain: yes (TimeoutError) this.#drain()', '#drain: yes (TimeoutError) this.#drain()'];
    expect(drainsOf('await pTimeout(this.#drain(), 50);', { members })).toEqual(both);
  });

  test('what others call too is one wait of stop', () => {
    expect(drainsOf('await this.drain();', { members: 'async drain() { await this.task; await this.server.close(); }' })).toEqual(['stop: no this.drain()']);
    expect(drainsOf('await this.#drain();', { members: 'async #drain() { await this.task; } async reload() { await this.#drain(); }' })).toEqual([
      'stop: no this.#drain()',
    ]);
    expect(drainsOf('await this.drain();', { members: 'async drain() { await pTimeout(this.task, 50); }' })).toEqual(['stop: yes (TimeoutError) this.drain()']);
  });

  test('unknown where an argument decides whether it waits', () => {
    expect(drainsOf('await this.drain(false);', { members: 'async drain(wait) { if (wait) await this.task; }' })).toEqual(['stop: unknown this.drain(false)']);
  });

  test('nothing where nothing in it can hang', () => {
    expect(drainsOf('await this.#clear();', { members: 'async #clear() { clearInterval(this.timer); await this.store.save(); }' })).toEqual([]);
  });

  test('under the lock, by a bound method', () => {
    const around = { top: "import { Mutex } from 'async-mutex';", members: 'lock = new Mutex(); async #stopLocked() { await this.task; }' };
    expect(drainsOf('return this.lock.runExclusive(this.#stopLocked.bind(this));', around)).toEqual(['#stopLocked: no this.task']);
    expect(drainsOf('return this.lock.runExclusive(() => this.#stopLocked());', around)).toEqual(['#stopLocked: no this.task']);
  });

  test('helpers that call each other have an end', () => {
    expect(drainsOf('await this.#a();', { members: 'async #a() { await this.#b(); } async #b() { await this.#a(); await this.task; }' })).toEqual(['#b: no this.task']);
  });
});

describe('deadlines made at home', () => {
  const race = 'let t; const late = new Promise((_, reject) => { t = setTimeout(() => reject(new LateError()), ms); });';

  test.each([
    ['a function', `async function within(work, ms) { ${race} try { return await Promise.race([work, late]); } finally { clearTimeout(t); } }`, 'within(this.task, 50)', 'this.task'],
    [
      'an arrow function that gets a function',
      `const within = async (work, ms) => { ${race} try { await Promise.race([work(), late]); } finally { clearTimeout(t); } };`,
      'within(() => this.task, 50)',
      '() => this.task',
    ],
    ['one that wraps another', 'const within = (work) => pTimeout(work, { milliseconds: 50 });', 'within(this.server.close())', 'this.server.close()'],
  ])('%s', (_name, top, call, work) => {
    expect(drainsOf(`await ${call};`, { top })[0]).toMatch(/^stop: yes/);
    expect(drainsOf(`await ${call};`, { top })[0]).toContain(work);
  });

  test('a method', () => {
    const members = `async #within(work, ms) { ${race} try { return await Promise.race([work, late]); } finally { clearTimeout(t); } }`;
    expect(drainsOf('await this.#within(this.task, 50);', { members })).toEqual(['stop: yes (LateError) this.task']);
  });

  test('one that resolves, or does not limit what it is given', () => {
    expect(drainsOf('await within(this.task, 50);', { top: 'const within = (work, ms) => Promise.race([work, sleep(ms)]);' })).toEqual(['stop: resolves this.task']);
    expect(drainsOf('await logged(this.task);', { top: 'async function logged(work) { await work; log("done"); }' })).toEqual(['stop: no logged(this.task)']);
  });

  test('functions of the file that wait for what they are given', () => {
    const top = 'function close(server) { return new Promise((resolve) => server.close(resolve)); }';
    expect(drainsOf('await close(this.server);', { top })).toEqual(['stop: no close(this.server)']);
  });
});

describe('functions from elsewhere', () => {
  test.each([
    ['one whose name tells a deadline', "import { withDeadline } from './deadline.ts';", 'withDeadline(this.task, 50)', 'this.task'],
    ['one that may be one', "import { guarded } from './guarded.ts';", 'guarded(this.server.close())', 'guarded(this.server.close())'],
    ['one that ends something', "import { stop } from '@libp2p/interface';", 'stop(this.queue, this.pruner)', 'stop(this.queue, this.pruner)'],
  ])('unknown: %s', (_name, top, call, work) => {
    expect(drainsOf(`await ${call};`, { top })).toEqual([`stop: unknown ${work}`]);
  });

  test('one that the settings name', () => {
    const around = { top: "import { guarded } from './guarded.ts';", settings: { timeouts: ['guarded'] } };
    expect(drainsOf('await guarded(this.task);', around)).toEqual(['stop: yes this.task']);
    expect(drainsOf('await this.clock.guarded(this.task);', around)).toEqual(['stop: yes this.task']);
  });

  test('one that is known to set none', () => {
    expect(drainsOf('await pMap(this.workers, (w) => w.stop());', { top: "import pMap from 'p-map';" })).toEqual(['stop: no pMap(this.workers, (w) => w.stop())']);
  });

  test('a stop of the base that cannot be seen', () => {
    expect(outlineDrains('class A extends Base { start() { this.timer = setInterval(f, 10); } async stop() { await super.stop(); await this.closeAll(); await this.task; } }')).toEqual([
      'stop: unknown super.stop()',
      'stop: unknown this.closeAll()',
      'stop: no this.task',
    ]);
  });

  test('a base in the file answers for its own stop, and its helpers for what they wait for', () => {
    const text = dedent`
      class Base {
        start() { this.timer = setInterval(f, 10); }
        async stop() { await this.task; }
        async drain() { await this.task; }
      }
      class A extends Base {
        start() { super.start(); this.timer = setInterval(g, 10); }
        async stop() { await super.stop(); await this.drain(); }
      }
    `;
    expect(outlineDrains(text)).toEqual(['stop: no this.task', 'stop: no this.drain()']);
  });
});

describe('one wait, one drain', () => {
  test('bounded only if all of it is', () => {
    expect(drainsOf('await Promise.all([pTimeout(this.a.stop(), 50), pTimeout(this.b.stop(), 50)]);')[0]).toMatch(/^stop: yes/);
    expect(drainsOf('await Promise.all([pTimeout(this.a.stop(), 50), this.b.stop()]);')).toEqual(['stop: no Promise.all([pTimeout(this.a.stop(), 50), this.b.stop()])']);
  });

  test('what is awaited inside it is a part of it', () => {
    const work = 'Promise.all([this.server.close(), (async () => { await this.task; })()])';
    expect(drainsOf(`await ${work};`)).toEqual([`stop: no ${work}`]);
  });
});
