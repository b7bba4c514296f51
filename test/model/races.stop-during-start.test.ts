import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import { racesIn } from './outline.ts';

describe('stop-during-start', () => {
  test('start stores after an await what stop has already released', () => {
    const text = dedent`
      class A {
        async start() {
          if (this.on) return;
          this.on = true;
          this.server = await listen();
        }
        async stop() {
          const { server } = this;
          this.server = undefined;
          await server?.close();
        }
      }
    `;
    expect(racesIn(text)).toEqual(['stop-during-start server -/5/5']);
  });

  test('a timer that is set after an await', () => {
    const text = dedent`
      class A {
        async start() {
          if (this.on) return;
          this.on = true;
          await load();
          this.timer = setInterval(f, 50);
        }
        stop() {
          this.on = false;
          clearInterval(this.timer);
        }
      }
    `;
    expect(racesIn(text)).toEqual(['stop-during-start timer -/5/6']);
  });

  test('an inner service that is started after an await', () => {
    expect(racesIn('class A { async start() { if (this.on) return; this.on = true; await a(); await this.inner.start(); } async stop() { await this.inner.stop(); } }')).toEqual([
      'stop-during-start inner -/1/1',
    ]);
    expect(racesIn('class A { async start() { if (this.on) return; this.on = true; await a(); await start(this.inner); } async stop() { await stop(this.inner); } }')).toEqual([
      'stop-during-start inner -/1/1',
    ]);
  });

  test('silent: what is handed to an inner service is not started by it', () => {
    expect(racesIn('class A { async start() { if (this.on) return; this.on = true; await a(); endpoint.init(this.db); } async stop() { await this.db.close(); } }')).toEqual([]);
  });

  test('a handle that is closed with an optional call is no promise to join', () => {
    expect(racesIn('class A { async start() { if (this.on) return; this.on = true; this.s = await open(); } async stop() { await this.s?.close(); } }')).toEqual(['stop-during-start s -/1/1']);
  });

  test('the task of a loop, kept only after an await', () => {
    const text = dedent`
      class A {
        async start() {
          if (this.on) return;
          this.on = true;
          await this.client.connect();
          this.task = this.loop();
        }
        async stop() { this.on = false; await this.task; this.task = undefined; }
        async loop() { for await (const m of this.client) await handle(m); }
      }
    `;
    expect(racesIn(text)).toContain('stop-during-start task -/5/6');
  });

  test('a task that stop drains covers only what is in the task', () => {
    const text = dedent`
      class A {
        async start() {
          if (this.on) return;
          this.on = true;
          this.task = this.loop();
          this.server = await listen();
        }
        async stop() { this.on = false; await this.task; await this.server?.close(); }
        async loop() { while (this.on) await tick(); }
      }
    `;
    expect(racesIn(text)).toContain('stop-during-start server -/6/6');
  });

  test('a later look at what start itself has just written sees no stop', () => {
    expect(racesIn('class A { async start() { if (this.on) return; this.on = true; await a(); this.s = open(); if (!this.s) throw new Error(); } async stop() { this.s.close(); this.s = null; } }')).toContain(
      'stop-during-start s -/1/1',
    );
  });

  test('one more of what stop has released one by one', () => {
    const text = dedent`
      class A {
        async start() {
          if (this.on) return;
          this.on = true;
          for (const url of this.urls) {
            this.clients.set(url, await dial(url));
          }
        }
        async stop() {
          this.on = false;
          for (const client of this.clients.values()) await client.close();
        }
      }
    `;
    expect(racesIn(text)).toEqual(['stop-during-start clients -/6/6']);
  });

  test('a state that start enters although stop has left it for another', () => {
    const text = dedent`
      class A {
        async start() {
          if (this.state !== State.Idle) return;
          this.state = State.Starting;
          await open();
          this.state = State.Up;
        }
        async stop() {
          if (this.state === State.Idle) return;
          this.state = State.Idle;
          await shut();
        }
      }
    `;
    expect(racesIn(text)).toEqual(['stop-during-start state -/5/6']);
  });

  test('the same handle looked for again: a stop leaves none, just as before', () => {
    const text = dedent`
      class A {
        async start() {
          if (this.s) return;
          const s = await open();
          if (this.s) {
            await s.close();
            return;
          }
          this.s = s;
        }
        async stop() {
          const { s } = this;
          this.s = undefined;
          await s?.close();
        }
      }
    `;
    expect(racesIn(text)).toEqual(['stop-during-start s -/4/9']);
  });

  test('silent: what is set on a service of another kind is not added to it', () => {
    expect(racesIn('class A { async start() { if (this.on) return; this.on = true; await a(); this.metrics.set("up", 1); } async stop() { await this.metrics.stop(); } }')).toEqual([]);
  });

  test('silent: a state in which stop throws, or of which that cannot be told', () => {
    const text = dedent`
      class A {
        async start() {
          this.assertIdle('start');
          this.state = 'starting';
          await open();
          this.state = 'started';
        }
        async stop() {
          this.assertIdle('stop');
          this.state = 'stopping';
          await shut();
          this.state = 'stopped';
        }
        assertIdle(op) { assert(!this.state.endsWith('ing'), op); }
      }
    `;
    expect(racesIn(text)).toEqual([]);
  });

  test('silent: the only wait before is for the stop that is under way', () => {
    const text = dedent`
      class A {
        async start() {
          if (this.stopping) await this.stopping.catch(() => {});
          if (this.starting) return this.starting;
          this.starting = this.#start();
          try {
            return await this.starting;
          } finally {
            this.starting = null;
          }
        }
        async #start() {
          if (!this.db.opened) await this.db.open();
          this.on = true;
        }
        async stop() {
          if (this.starting) await this.starting.catch(() => {});
          if (this.stopping) return this.stopping;
          this.stopping = this.#stop();
          try {
            return await this.stopping;
          } finally {
            this.stopping = null;
          }
        }
        async #stop() {
          await this.db.close();
          this.on = false;
        }
      }
    `;
    expect(racesIn(text)).toEqual([]);
  });

  test('silent: stop waits for the starting promise', () => {
    const text = dedent`
      class A {
        async start() {
          if (this.starting) return this.starting;
          this.starting = this.#start();
          try {
            await this.starting;
          } finally {
            this.starting = undefined;
          }
        }
        async #start() { this.server = await listen(); }
        async stop() {
          if (this.starting) await this.starting;
          const { server } = this;
          this.server = undefined;
          await server?.close();
        }
      }
    `;
    expect(racesIn(text)).toEqual([]);
  });

  test('silent: stop waits for it among others, with its error caught, or under a deadline', () => {
    expect(racesIn('class A { start() { return (this.p ??= this.#s()); } async #s() { this.c = await a(); } async stop() { await Promise.allSettled([this.p, b()]); this.c = this.c?.end(); } }')).toEqual([]);
    expect(racesIn('class A { start() { return (this.p ??= this.#s()); } async #s() { this.c = await a(); } async stop() { await this.p?.catch(() => {}); this.c?.end(); } }')).toEqual([]);
    expect(racesIn('class A { start() { return (this.p ??= this.#s()); } async #s() { this.c = await a(); } async stop() { await withTimeout(this.p, 50); this.c?.end(); } }')).toEqual([]);
  });

  test('silent: stop waits for start itself', () => {
    expect(racesIn('class A { start() { return (this.p ??= this.#s()); } async #s() { this.c = await a(); } async stop() { if (!this.p) return; await this.start(); await this.c.end(); } }')).toEqual([]);
  });

  test('silent: a time and a name are data, with nothing to stop', () => {
    expect(racesIn('class A { async start() { if (this.on) return; this.on = true; await a(); this.since = Date.now(); } async stop() { this.on = false; this.since = undefined; await b(); } }')).toEqual([]);
  });

  test('silent: start looks after the await whether stop has come', () => {
    const text = dedent`
      class A {
        async start() {
          if (this.on) return;
          this.on = true;
          const server = await listen();
          if (!this.on) {
            await server.close();
            return;
          }
          this.server = server;
        }
        async stop() {
          this.on = false;
          const { server } = this;
          this.server = undefined;
          await server?.close();
        }
      }
    `;
    expect(racesIn(text)).toEqual([]);
  });

  test('silent: it looks round the write, or at the signal that stop aborts', () => {
    expect(racesIn('class A { async start() { if (this.on) return; this.on = true; await a(); if (this.on) this.t = setInterval(f, 1); } stop() { this.on = false; clearInterval(this.t); } }')).toEqual([]);
    expect(
      racesIn('class A { async start() { if (this.abort) return; this.abort = new AbortController(); const { signal } = this.abort; const s = await listen({ signal }); signal.throwIfAborted(); this.s = s; } async stop() { this.abort?.abort(); this.abort = undefined; await this.s?.close(); } }'),
    ).not.toContain('stop-during-start s -/1/1');
  });

  test('silent: stop refuses, and says so, while start is under way', () => {
    const text = dedent`
      class A {
        async start() {
          if (this.state !== 'new') throw new Error('once');
          this.state = 'starting';
          this.server = await listen();
          this.state = 'started';
        }
        async stop() {
          if (this.state !== 'started') throw new Error('not started');
          this.state = 'stopped';
          await this.server.close();
        }
      }
    `;
    expect(racesIn(text)).toEqual([]);
  });

  test('silent: what the caller handed to start belongs to the caller', () => {
    expect(racesIn('class A { async start(socket) { if (this.on) return; this.on = true; await a(); this.socket = socket; } async stop() { this.socket.end(); } }')).toEqual([]);
  });
});
