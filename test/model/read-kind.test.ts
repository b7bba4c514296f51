import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import { serviceIn } from './parse.ts';

function kindOf(text: string): string {
  return serviceIn(text).kind;
}

describe('background service', () => {
  test('start sets a timer', () => {
    expect(kindOf('class A { start() { this.t = setInterval(f, 1); } async stop() { clearInterval(this.t); await a(); } }')).toBe('background');
  });

  test('start keeps the promise of a loop', () => {
    expect(kindOf('class A { start() { this.task = this.loop(); } async stop() { await this.task; } async loop() { await a(); } }')).toBe('background');
  });

  test('start leaves a promise alone', () => {
    expect(kindOf('class A { start() { void this.loop(); } async stop() { await a(); } async loop() { await b(); } }')).toBe('background');
    expect(kindOf('class A { start() { work().catch(log); } async stop() { await a(); } }')).toBe('background');
  });

  test('start listens, subscribes, or starts an inner service', () => {
    expect(kindOf('class A { start() { this.on = true; this.server.listen(80); announce(); } async stop() { await a(); } }')).toBe('background');
    expect(kindOf('class A { start() { this.bus.on("x", this.f); this.bus.on("y", this.g); } async stop() { await a(); } }')).toBe('background');
    expect(kindOf('class A { async start() { await a(); await this.inner.start(); } async stop() { await this.inner.stop(); } }')).toBe('background');
  });

  test('a helper of start spawns', () => {
    expect(kindOf('class A { async start() { await a(); this.arm(); } async stop() { await b(); } arm() { this.t = setTimeout(f, 1); } }')).toBe('background');
  });
});

describe('adapter', () => {
  test('awaits and keeps state, spawns nothing', () => {
    const text = dedent`
      class Tunnel {
        async open() { if (this.url) return; this.url = await dial(); }
        async close() { const url = this.url; this.url = undefined; await hangUp(url); }
      }
    `;
    expect(kindOf(text)).toBe('adapter');
  });
});

describe('delegate', () => {
  test('each method is one call on one inner object', () => {
    expect(kindOf('class A { start() { return this.inner.boot().then(log); } async stop() { await this.inner.halt(); } }')).toBe('delegate');
    expect(kindOf('class A { async connect() { await this.client.dial(); } async disconnect() { await this.client.hangUp(); } }')).toBe('delegate');
  });

  test('logging and a flag that nobody tests change nothing', () => {
    const text = dedent`
      class A {
        async connect() { this.logger.info('in'); await this.client.dial(); this.up = true; }
        async disconnect() { await this.client.hangUp(); this.up = false; this.logger.debug('out'); }
      }
    `;
    expect(kindOf(text)).toBe('delegate');
  });

  test('a guard, or a second call, makes it more', () => {
    expect(kindOf('class A { async connect() { if (this.up) return; await this.c.dial(); } async disconnect() { await this.c.hangUp(); } }')).toBe('adapter');
    expect(kindOf('class A { async connect() { await this.c.dial(); await this.d.dial(); } async disconnect() { await this.c.hangUp(); } }')).toBe('adapter');
  });
});

describe('host-serialised', () => {
  test('hooks that a framework calls', () => {
    expect(kindOf('class A { async onModuleInit() { this.t = setInterval(f, 1); } async onModuleDestroy() { await a(); } }')).toBe('host-serialised');
  });

  test('public callers too: not by the framework alone', () => {
    expect(kindOf('class A { async onModuleInit() { await this.start(); } async onModuleDestroy() { await this.stop(); } async start() { this.t = setInterval(f, 1); await a(); } async stop() { await b(); } }')).toBe(
      'background',
    );
  });
});

describe('synchronous', () => {
  test('async by name, with no await in either', () => {
    expect(kindOf('class A { async start() { this.t = setInterval(f, 1); } async stop() { clearInterval(this.t); } }')).toBe('synchronous');
  });

  test('a settled promise is nothing to wait for', () => {
    expect(kindOf('class A { start() { this.on = true; return Promise.resolve(); } async stop() { this.on = false; } }')).toBe('synchronous');
  });
});

describe('in-place runner', () => {
  test('the loop that start awaits ends by the flag that stop clears', () => {
    const { kind, runsInPlace } = serviceIn('class A { async run() { this.on = true; while (this.on) await a(); } stop() { this.on = false; } }');
    expect([kind, runsInPlace]).toEqual(['in-place runner', 'yes']);
  });

  test('in a helper that start awaits', () => {
    expect(serviceIn('class A { async run() { await this.#loop(); } async stop() { this.#stopped = true; } async #loop() { do { await a(); } while (!this.#stopped); } }').runsInPlace).toBe(
      'yes',
    );
  });

  test('an endless loop that breaks on the flag', () => {
    expect(serviceIn('class A { async run() { for (;;) { if (this.stopped) break; await a(); } } async stop() { this.stopped = true; } }').runsInPlace).toBe('yes');
    expect(serviceIn('class A { async run() { while (true) { await a(); if (this.stopped) return; } } async stop() { this.stopped = true; } }').runsInPlace).toBe('yes');
  });

  test('a loop on the signal that stop aborts', () => {
    const text = dedent`
      class A {
        async run() { const { signal } = this.#abort; while (!signal.aborted) await step(); }
        async stop() { this.#abort.abort(); }
      }
    `;
    expect(serviceIn(text).runsInPlace).toBe('yes');
  });

  test('a stream that stop closes', () => {
    expect(serviceIn('class A { async run() { for await (const m of this.stream) await handle(m); } async stop() { await this.stream.close(); } }').runsInPlace).toBe('yes');
  });

  test('a stream of whose end nothing is known', () => {
    const { kind, runsInPlace } = serviceIn('class A { async run() { for await (const m of messages()) await handle(m); } async stop() { await a(this.x); await b(); } }');
    expect([kind, runsInPlace]).toEqual(['adapter', 'unknown']);
  });

  test('a function that was handed in, with the signal that stop aborts', () => {
    const text = (start: string, stop: string): string => `class A { async run() { const abort = new AbortController(); this.abort = abort; ${start} } async stop() { ${stop} await b(); } }`;
    expect(serviceIn(text('await this.body(abort.signal);', 'this.abort.abort();')).runsInPlace).toBe('unknown');
    expect(serviceIn(text('await this.body(this.abort);', 'this.abort?.abort();')).runsInPlace).toBe('unknown');
    expect(serviceIn(text('await this.body(abort.signal);', 'this.abort = undefined;')).runsInPlace).toBe('no');
    expect(serviceIn(text('await this.body(this.name);', 'this.abort.abort();')).runsInPlace).toBe('no');
    expect(serviceIn(text('this.body(abort.signal);', 'this.abort.abort();')).runsInPlace).toBe('no');
  });

  test('an endless loop that nothing seems to end', () => {
    expect(serviceIn('class A { async run() { for (;;) await a(); } async stop() { await b(); await c(); } }').runsInPlace).toBe('unknown');
  });

  test('a loop that start spawns is not in place', () => {
    const { kind, runsInPlace } = serviceIn('class A { start() { this.task = this.loop(); } async stop() { this.on = false; await this.task; } async loop() { while (this.on) await a(); } }');
    expect([kind, runsInPlace]).toEqual(['background', 'no']);
  });

  test('a loop over a list, or one that counts, comes to its own end', () => {
    expect(serviceIn('class A { async start() { for (const one of this.inner) await one.up(); } async stop() { this.inner = []; await a(); } }').runsInPlace).toBe('no');
    expect(serviceIn('class A { async start() { for (let i = 0; i < 3; i++) await this.c.up(i); } async stop() { await a(); await b(); } }').runsInPlace).toBe('no');
  });

  test('a loop without an await does not run on', () => {
    expect(serviceIn('class A { async start() { while (this.queue.length > 0) this.queue.shift(); await a(); } async stop() { this.queue = []; } }').runsInPlace).toBe('no');
  });

  test('a retry that returns once it has succeeded is no run loop', () => {
    const text = dedent`
      class A {
        async connect() {
          for (;;) {
            try {
              this.socket = await dial();
              return;
            } catch {
              await sleep(100);
            }
          }
        }
        async disconnect() { await this.socket?.end(); this.socket = undefined; }
      }
    `;
    expect(serviceIn(text).runsInPlace).toBe('no');
  });

  test('polling for something else to come up is no run loop', () => {
    expect(serviceIn('class A { async start() { while (!this.peer.ready) await sleep(10); this.on = true; } async stop() { this.on = false; await a(); } }').runsInPlace).toBe('no');
  });
});
