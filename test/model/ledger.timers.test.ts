import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import { timersIn } from './ledger-of.ts';

describe('where a timer is kept, and whether stop clears it', () => {
  test.each([
    ['setInterval(f, 5);', '', 'interval nowhere, cleared no'],
    ['setInterval(f, 5).unref();', '', 'interval nowhere, cleared no'],
    ['this.t = setInterval(f, 5);', '', 'interval in field t, cleared no'],
    ['this.t = setInterval(f, 5);', 'clearInterval(this.t);', 'interval in field t, cleared yes'],
    ['this.t = setInterval(f, 5);', 'clearTimeout(this.t!);', 'interval in field t, cleared yes'],
    ['this.t = setInterval(f, 5);', 'if (this.t) { clearInterval(this.t); this.t = null; }', 'interval in field t, cleared yes'],
    ['this.t = setInterval(f, 5);', 'const t = this.t; this.t = undefined; clearInterval(t);', 'interval in field t, cleared yes'],
    ['this.t = setInterval(f, 5);', 'const { t } = this; clearInterval(t);', 'interval in field t, cleared yes'],
    ['this.t = setInterval(f, 5);', 'this.#clear();', 'interval in field t, cleared yes'],
    ['this.t = setInterval(f, 5);', '[this.t, this.u].forEach(clearInterval);', 'interval in field t, cleared yes'],
    ['this.t = setInterval(f, 5);', 'for (const t of [this.t, this.u]) clearInterval(t);', 'interval in field t, cleared yes'],
    ['this.t = setInterval(f, 5);', 'clearTimer(this.t);', 'interval in field t, cleared yes'],
    ['this.t = setInterval(f, 5);', 'this.t.close();', 'interval in field t, cleared yes'],
    ['this.t = setInterval(f, 5);', 'this.t = undefined;', 'interval in field t, cleared no'],
    ['this.t = setInterval(f, 5);', 'end(this.t);', 'interval in field t, cleared yes'],
    ['this.t = setInterval(f, 5);', 'registry.forget(this.t);', 'interval in field t, cleared unknown'],
    ['const t = setInterval(f, 5); this.t = t;', 'clearInterval(this.t);', 'interval in field t, cleared yes'],
    ['this.ts.push(setTimeout(f, 5));', 'this.ts.forEach((t) => clearTimeout(t));', 'timeout in collection ts, cleared yes'],
    ['this.ts.add(setTimeout(f, 5));', 'for (const t of this.ts) clearTimeout(t); this.ts.clear();', 'timeout in collection ts, cleared yes'],
    ['this.ts.set(1, setTimeout(f, 5));', 'for (const [, t] of this.ts) clearTimeout(t);', 'timeout in collection ts, cleared yes'],
    ['this.ts[1] = setTimeout(f, 5);', 'Object.values(this.ts).forEach(clearTimeout);', 'timeout in collection ts, cleared yes'],
    ['this.ts.set(1, setTimeout(f, 5));', 'this.ts.clear();', 'timeout in collection ts, cleared no'],
    ['this.state = { timer: setTimeout(f, 5) };', 'clearTimeout(this.state.timer);', 'timeout in property state.timer, cleared yes'],
    ['this.state = { timer: setTimeout(f, 5) };', 'this.state = undefined;', 'timeout in property state.timer, cleared no'],
    ['this.byId.set(1, { timer: setTimeout(f, 5) });', 'for (const one of this.byId.values()) clearTimeout(one.timer);', 'timeout in property byId.timer, cleared yes'],
    ['return setTimeout(f, 5);', '', 'timeout elsewhere, cleared unknown'],
    ['own(setTimeout(f, 5));', '', 'timeout elsewhere, cleared unknown'],
  ])('%s … %s', (start, stop, expected) => {
    const text = `class A { async start() { await ready(); ${start} } async stop() { ${stop} await quiet(); } #clear() { clearInterval(this.t); } }`;
    expect(timersIn(text)).toEqual([expected]);
  });

  test('cleared by a method that is there to end something, but not by stop', () => {
    expect(timersIn('class A { async start() { this.t = setInterval(f, 5); } async stop() { await b(); } destroy2() {} teardownTimers() { clearInterval(this.t); } }')).toEqual([
      'interval in field t, cleared unknown',
    ]);
  });

  test('no timers: those of node:timers/promises, and names that mean something else', () => {
    expect(timersIn("import { setTimeout } from 'node:timers/promises'; class A { async start() { await setTimeout(5); } async stop() { await b(); } }")).toEqual([]);
    expect(timersIn('class A { async start() { this.clock.setTimeout(f, 5); } async stop() { await b(); } }')).toEqual([]);
  });

  test('this under another name, and a field of a base out of sight, are unknown', () => {
    expect(timersIn('class A { async start() { const self = this; self.t = 1; this.t = setInterval(f, 5); } async stop() { await b(); } }')).toEqual([
      'interval in field t, cleared unknown',
    ]);
    expect(timersIn('class A extends B { async start() { this.t = setInterval(f, 5); } async stop() { await super.stop(); } }')).toEqual([
      'interval in field t, cleared unknown',
    ]);
  });
});

describe('set again while it still runs', () => {
  const arm = (head: string, entry = 'poke() { this.#arm(); }') => dedent`
    class A {
      async start() { await ready(); this.#arm(); }
      async stop() { clearTimeout(this.t); await quiet(); }
      ${entry}
      #arm() { ${head} this.t = setTimeout(() => { this.#fire(); }, 5); }
      #fire() { this.#arm(); }
    }
  `;

  test('by a method that others call, or by a listener', () => {
    expect(timersIn(arm(''))).toEqual(['timeout in field t, cleared yes, set again by `poke()`']);
    expect(timersIn(arm('', 'constructor(bus) { bus.on("x", () => this.#arm()); }'))).toEqual(['timeout in field t, cleared yes, set again by the `x` handler']);
  });

  test.each(['clearTimeout(this.t);', 'if (this.t) return;', 'this.t ??= undefined;', 'const t = this.t; clearTimeout(t);', 'if (this.armed) return; this.armed = true;', 'this.t?.close();'])('not after %s', (head) => {
    expect(timersIn(arm(head))).toEqual(['timeout in field t, cleared yes']);
  });

  test('its own callback comes when it has fired, whichever call had set it', () => {
    expect(timersIn(arm('', ''))).toEqual(['timeout in field t, cleared yes']);
    const twice = dedent`
      class A {
        async start() { await ready(); this.t = setTimeout(() => this.fire(), 5); }
        async stop() { clearTimeout(this.t); await quiet(); }
        fire() { this.t = setTimeout(() => this.fire(), 5); }
      }
    `;
    expect(timersIn(twice)).toEqual(['timeout in field t, cleared yes', 'timeout in field t, cleared yes']);
  });
});

describe('set again after stop has cleared it', () => {
  const tick = (body: string, stop = '') => dedent`
    class A {
      async start() { await ready(); this.#arm(); }
      async stop() { clearTimeout(this.t); ${stop} await quiet(); }
      #arm() { this.t = setTimeout(() => void this.#tick(), 5); }
      async #tick() { ${body} }
    }
  `;

  test.each(['await work(); this.#arm();', 'try { await work(); } finally { this.#arm(); }', 'if (this.on) { await work(); } this.#arm();', 'work().finally(() => this.#arm());', 'await work(); if (ready()) this.#arm();'])('%s', (body) => {
    expect(timersIn(tick(body))).toEqual([`timeout in field t, cleared yes, revived after 5`]);
  });

  test.each([
    'if (this.stopped) return; await work(); this.#arm();',
    'await work(); if (this.stopped) return; this.#arm();',
    'await work(); if (!signal.aborted) this.#arm();',
    'await work(); this.running && this.#arm();',
    'this.#arm(); await work();',
    'work(); this.#arm();',
  ])('not: %s', (body) => {
    expect(timersIn(tick(body))).toEqual(['timeout in field t, cleared yes']);
  });

  test('not where stop waits for it', () => {
    expect(timersIn(tick('this.busy = true; await work(); this.busy = false; this.#arm();', 'while (this.busy) await sleep(1);'))).toEqual(['timeout in field t, cleared yes']);
  });
});

describe('cleared, with harm', () => {
  test('a promise that only the callback settles', () => {
    const text = (sleep: string) => dedent`
      class A {
        async start() { while (this.on) { await work(); await this.#sleep(); } }
        async stop() { this.on = false; clearTimeout(this.t); }
        #sleep() { ${sleep} }
      }
    `;
    expect(timersIn(text('return new Promise((resolve) => { this.t = setTimeout(resolve, 5); });'))).toEqual(['timeout in field t, cleared yes, strands at 3']);
    expect(timersIn(text('return new Promise((resolve) => { this.wake = resolve; this.t = setTimeout(resolve, 5); });'))).toEqual(['timeout in field t, cleared yes']);
    expect(timersIn(text('return Promise.race([this.stopped, new Promise((resolve) => { this.t = setTimeout(resolve, 5); })]);'))).toEqual(['timeout in field t, cleared yes']);
  });

  test('a loop that nobody waits for is only forgotten', () => {
    const text = 'class A { async start() { void this.#loop(); } async stop() { clearTimeout(this.t); await b(); } async #loop() { for (;;) await new Promise((r) => { this.t = setTimeout(r, 5); }); } }';
    expect(timersIn(text)).toEqual(['timeout in field t, cleared yes']);
  });

  test('an awaited step before it that may fail', () => {
    const text = (stop: string) => `class A {\nasync start() { this.t = setInterval(f, 5); await a(); }\nasync stop() {\n${stop}\n} }`;
    expect(timersIn(text('await this.server.close();\nclearInterval(this.t);'))).toEqual(['interval in field t, cleared yes, behind 4']);
    expect(timersIn(text('try { await this.server.close(); } finally { clearInterval(this.t); }'))).toEqual(['interval in field t, cleared yes']);
    expect(timersIn(text('clearInterval(this.t);\nawait this.server.close();'))).toEqual(['interval in field t, cleared yes']);
  });
});
