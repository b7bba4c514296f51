import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import { lineOf } from '../../model/line-of.ts';
import { servicesOf } from '../../model/services-of.ts';
import { parse } from './parse.ts';

/** Each transition in one line: where it is made, what, the collision with the lines of test, wait and change, and whether it is held. */
function transitionsIn(text: string): readonly string[] {
  const source = parse(text);
  return servicesOf(source).flatMap(({ transitions }) =>
    transitions.map(({ node, from, what, field, hazard, gap, held, during }) => {
      const lines = [gap?.check, gap?.wait, node].map((one) => (one === undefined ? '-' : lineOf(source, one)));
      return `${from}: ${what} ${field}, ${hazard ?? 'no hazard'} ${lines.join('/')}${during === undefined ? '' : ` in ${during}`}, held ${held}`;
    }),
  );
}

const FEED = (body: string, rest = ''): string => dedent`
  class Feed {
    async start() { this.stopped = false; this.socket = await dial(); this.socket.on('close', () => this.onClose()); }
    async stop() { this.stopped = true; const socket = this.socket; this.socket = undefined; await socket?.close(); }
    async onClose() {
      ${body}
    }
    ${rest}
  }
`;

describe('what is a transition', () => {
  test('a spawn and a release of the handle that stop ends; a flag that only others test is none', () => {
    const text = FEED('this.stopped = true; this.socket.close(); this.socket = dial(); this.seen = 1;', 'async look() { if (this.stopped) throw gone; }');
    expect(transitionsIn(text)).toEqual([
      '`onClose()` (`close` handler): release socket, no hazard -/-/5, held no',
      '`onClose()` (`close` handler): spawn socket, no hazard -/-/5, held no',
    ]);
  });

  test('not: a listener taken off, a timer cleared, a part of the handle closed, data put in order', () => {
    expect(transitionsIn(FEED('this.socket.off("data", f); clearTimeout(this.socket.timer); this.socket.stream.close(); this.socket = this.socket.filter(Boolean);'))).toEqual([]);
  });

  test('a flag that neither side tests is none', () => {
    const untested = 'class A { async start() { this.on = true; await a(); } async stop() { this.on = false; } async pause() { await b(); this.on = false; } }';
    expect(transitionsIn(untested)).toEqual([]);
    expect(transitionsIn(untested.replace('async start() {', 'async start() { if (this.on) return;'))).toEqual(['`pause()`: flag on, no hazard -/1/1, held no']);
  });

  test("a handle that the caller hands to start is the caller's", () => {
    const text = (start: string): string => `class A { async start(socket) { ${start} await this.socket.ready; } async stop() { await this.socket.close(); } onClose() { this.socket = undefined; } }`;
    expect(transitionsIn(text('this.socket = socket;'))).toEqual([]);
    expect(transitionsIn(text('this.socket = dial(socket);'))).toEqual(['`onClose()`: release socket, no hazard -/-/1, held no']);
  });

  test('in the order of the text, one for each place, whichever way it is reached', () => {
    const text = FEED('await pause();\n    this.letGo();', 'letGo() { this.socket = undefined; }\n  async drop() { this.letGo(); }');
    expect(transitionsIn(text)).toEqual(['`onClose()` (`close` handler): release socket, no hazard -/5/8, held no']);
  });
});

describe('who runs it', () => {
  const body = '{ await pause(); this.socket = await dial(); }';
  test.each([
    ['a timeout', `setTimeout(async () => ${body}, 1)`, 'the timer callback'],
    ['an interval', `setInterval(async () => ${body}, 1)`, 'the interval callback'],
    ['a listener', `bus.once("lost", async () => ${body})`, 'the `lost` handler'],
    ['an event without a literal name', `bus.on(LOST, async () => ${body})`, 'the event handler'],
    ['a handler property', `bus.onclose = async () => ${body}`, 'the `onclose` handler'],
    ['a constant', `const f = async () => ${body}; bus.subscribe(f)`, 'the event handler'],
  ])('%s', (_, statement, from) => {
    const [only] = transitionsIn(`class A { async start() { this.socket = await dial(); ${statement}; } async stop() { await this.socket?.close(); this.socket = undefined; } }`);
    expect(only).toBe(`${from}: spawn socket, stop-during -/1/1, held no`);
  });

  test.each([
    ['an async method that nobody waits for', 'setTimeout(() => { void this.again(); }, 1)'],
    ['the same behind a catch', 'setTimeout(() => { this.again().catch(log); }, 1)'],
    ['the same as the result', 'setTimeout(() => this.again(), 1)'],
    ['the method itself', 'setTimeout(this.again, 1)'],
    ['the method bound', 'setTimeout(this.again.bind(this), 1)'],
    ['through a method that is not async', 'setTimeout(() => this.kick(), 1)'],
  ])('%s', (_, statement) => {
    const text = `class A { async start() { this.socket = await dial(); ${statement}; } async stop() { await this.socket?.close(); this.socket = undefined; } async again() ${body} kick() { this.again(); } }`;
    expect(transitionsIn(text)).toEqual([expect.stringMatching(/^`(?:again|kick)\(\)` \(timer callback\): spawn socket, stop-during/)]);
  });

  test('two tasks begun one after the other: the wait of one is none of the other', () => {
    const text = FEED('', 'kick() { void this.first(); this.second(); }\n  async first() { await pause(); }\n  second() { this.socket = dial(); }');
    expect(transitionsIn(text)).toEqual(['`kick()`: spawn socket, no hazard -/-/9, held no']);
  });

  test('nobody but start, stop and what they begin', () => {
    const loop = 'class A { async start() { this.task = this.run(); await this.ready; } async stop() { await this.task; await this.socket?.close(); this.socket = undefined; } async run() { await pause(); this.socket = await dial(); } }';
    expect(transitionsIn(loop)).toEqual([]);
  });
});

describe('what closes the window', () => {
  const hazard = /stop-during/;

  test.each([
    ['a test of the flag', 'const socket = await dial(); if (this.stopped) return; this.socket = socket;'],
    ['a change under the test', 'const socket = await dial(); if (!this.stopped) this.socket = socket;'],
    ['a test by a method', 'const socket = await dial(); if (!this.isWanted()) return; this.socket = socket;'],
    ['a test after the change', 'this.socket = await dial(); if (this.stopped) await this.socket.close();'],
    ['an epoch', 'const epoch = ++this.epoch; const socket = await dial(); if (epoch !== this.epoch) return; this.socket = socket;'],
    ['a check that throws', 'const socket = await dial(); this.checkOpen(); this.socket = socket;'],
  ])('%s', (_, body) => {
    const rest = 'isWanted() { return !this.stopped; }\n  checkOpen() { if (this.stopped) throw gone; }';
    expect(transitionsIn(FEED(body, rest)).join()).not.toMatch(hazard);
    expect(transitionsIn(FEED('this.socket = await dial();', rest)).join()).toMatch(hazard);
  });

  test.each([
    ['of what the await gave', 'const socket = await dial(); if (socket === undefined) return; this.socket = socket;'],
    ['of an option that never changes', 'const socket = await dial(); if (this.options.verbose) this.socket = socket;'],
    ['before the await', 'if (this.stopped) return; this.socket = await dial();'],
    ['before a second await', 'const socket = await dial(); if (this.stopped) return; await socket.ready; this.socket = socket;'],
  ])('not a test %s', (_, body) => {
    expect(transitionsIn(FEED(body)).join()).toMatch(hazard);
  });

  test('a stop that waits for the callback, not one that waits for something else', () => {
    const text = (wait: string): string =>
      `class A { async start() { this.socket = await dial(); this.socket.on("close", () => { this.dialing = this.again(); }); } async again() { await pause(); this.socket = await dial(); } async stop() { ${wait}; await this.socket?.close(); this.socket = undefined; } }`;
    expect(transitionsIn(text('await this.dialing')).join()).not.toMatch(hazard);
    expect(transitionsIn(text('await Promise.allSettled([this.dialing, a()])')).join()).not.toMatch(hazard);
    expect(transitionsIn(text('await this.other')).join()).toMatch(hazard);
  });
});

describe('whether it is held', () => {
  const text = (body: string, rest = ''): string => dedent`
    import { Mutex } from 'async-mutex';
    class A {
      lock = new Mutex();
      async start() { return this.lock.runExclusive(async () => { this.socket ??= await dial(); bus.on('lost', () => void this.again()); }); }
      async stop() { return this.lock.runExclusive(async () => { await this.socket?.close(); this.socket = undefined; }); }
      async again() { ${body} }
      ${rest}
    }
  `;

  test.each([
    ['yes', 'return this.lock.runExclusive(async () => { this.socket = await dial(); });'],
    ['yes', 'const release = await this.lock.acquire(); try { this.socket = await dial(); } finally { release(); }'],
    ['yes', 'await pause(); await this.lock.runExclusive(() => { this.socket = dial(); });'],
    ['yes', 'await this.lock.runExclusive(() => this.open());'],
    ['unknown', 'await this.otherLock.runExclusive(async () => { this.socket = await dial(); });'],
    ['no', 'await this.lock.runExclusive(() => note()); this.socket = await dial();'],
    ['no', 'await this.lock.waitForUnlock(); this.socket = await dial();'],
  ])('%s: %s', (held, body) => {
    expect(transitionsIn(text(body, 'async open() { this.socket = await dial(); }'))).toEqual([expect.stringContaining(`held ${held}`)]);
  });

  test('the lock under which a callback is registered is not held when it runs', () => {
    const registered = text('').replace('void this.again()', '{ this.socket = undefined; }');
    expect(transitionsIn(registered)).toEqual(['the `lost` handler: release socket, no hazard -/-/4, held no']);
  });

  test('a lock decorator on the handler: nobody can tell which lock', () => {
    expect(transitionsIn(text('await pause(); this.socket = await dial();').replace('async again', '@Synchronized() async again'))).toEqual([expect.stringContaining('held unknown')]);
  });
});
