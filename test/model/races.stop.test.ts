import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import { racesIn } from './outline.ts';

describe('lost-stop', () => {
  test('stop returns at once because the flag is raised only after the await', () => {
    const text = dedent`
      class A {
        async start() {
          this.server.listen(80);
          await once(this.server, 'listening');
          this.listening = true;
        }
        async stop() {
          if (!this.listening) return;
          this.listening = false;
          this.server.close();
        }
      }
    `;
    expect(racesIn(text)).toEqual(['lost-stop listening 8/4/5']);
  });

  test('a state that is neither started nor stopped', () => {
    const text = dedent`
      class A {
        async start() {
          if (this.status !== 'stopped') return;
          this.status = 'starting';
          await this.parts.start();
          this.status = 'started';
        }
        async stop() {
          if (this.status !== 'started') return;
          this.status = 'stopping';
          await this.parts.stop();
          this.status = 'stopped';
        }
      }
    `;
    expect(racesIn(text)).toEqual(['lost-stop status 9/5/6']);
  });

  test('silent: the flag is raised first, or stop has done something before it returns', () => {
    expect(racesIn('class A { async start() { if (this.on) return; this.on = true; await a(); } async stop() { if (!this.on) return; this.on = false; } }')).toEqual([]);
    expect(racesIn('class A { async start() { this.c.open(); await a(); this.on = true; } async stop() { this.c.close(); if (!this.on) return; this.on = false; } }')).not.toContain('lost-stop on 1/1/1');
  });

  test('silent: stop joins start first', () => {
    expect(racesIn('class A { start() { return (this.p ??= this.#s()); } async #s() { await a(); this.on = true; } async stop() { await this.p; if (!this.on) return; this.on = false; } }')).toEqual([]);
  });
});

describe('start-during-stop', () => {
  test('stop lowers the flag, drains, and then clears what the new start has made', () => {
    const text = dedent`
      class A {
        async start() {
          if (this.on) return;
          this.on = true;
          this.timer = setInterval(f, 50);
        }
        async stop() {
          if (!this.on) return;
          this.on = false;
          await this.flush();
          clearInterval(this.timer);
        }
        async flush() { await a(); }
      }
    `;
    expect(racesIn(text)).toEqual(['start-during-stop on 9/13/11']);
  });

  test('the old loop tests the flag that the new start raises', () => {
    const text = dedent`
      class A {
        start() {
          if (this.on) return;
          this.on = true;
          this.task = this.loop();
        }
        async stop() {
          this.on = false;
          await this.task;
        }
        async loop() { while (this.on) await tick(); }
      }
    `;
    expect(racesIn(text)).toEqual(['start-during-stop on 8/9/11']);
  });

  test('silent: the loop tests a signal of its own generation', () => {
    const text = dedent`
      class A {
        start() {
          if (this.abort) return;
          this.abort = new AbortController();
          this.task = this.loop(this.abort.signal);
        }
        async stop() {
          this.abort?.abort();
          this.abort = undefined;
          await this.task;
        }
        async loop(signal) { while (!signal.aborted) await tick(); }
      }
    `;
    expect(racesIn(text)).toEqual([]);
  });

  test('silent: the flag is lowered after the drain', () => {
    expect(racesIn('class A { start() { if (this.on) return; this.on = true; this.t = open(); } async stop() { await this.t.end(); this.on = false; } }')).toEqual([]);
  });

  test('silent: everything is cleared before the drain, or swapped out', () => {
    expect(racesIn('class A { start() { if (this.t) return; this.t = setInterval(f, 1); } async stop() { clearInterval(this.t); this.t = undefined; await a(); } }')).toEqual([]);
    expect(racesIn('class A { start() { if (this.s) return; this.s = open(); } async stop() { const s = this.s; this.s = undefined; await a(); await s.close(); } }')).toEqual([]);
  });

  test('silent: start waits for the stopping promise', () => {
    const text = dedent`
      class A {
        async start() {
          await this.stopping;
          if (this.on) return;
          this.on = true;
          this.s = open();
        }
        stop() { return (this.stopping ??= this.#stop().finally(() => { this.stopping = undefined; })); }
        async #stop() { this.on = false; await drain(); this.s = undefined; }
      }
    `;
    expect(racesIn(text)).toEqual([]);
  });
});

describe('double-stop', () => {
  test('two stops await the release of one handle', () => {
    const text = dedent`
      class A {
        start() { this.s = open(); }
        async stop() {
          await this.s?.close();
          this.s = undefined;
        }
      }
    `;
    expect(racesIn(text)).toEqual(['double-stop s 4/4/5']);
  });

  test('among others', () => {
    expect(racesIn('class A { start() { this.s = open(); } async stop() { await Promise.all([this.s.close(), a()]); this.s = null; } }')).toEqual(['double-stop s 1/1/1']);
  });

  test('silent: swapped out first, by a local, by destructuring or in one line', () => {
    expect(racesIn('class A { start() { this.s = open(); } async stop() { const s = this.s; this.s = undefined; await s?.close(); } }')).toEqual([]);
    expect(racesIn('class A { start() { this.s = open(); } async stop() { const { s } = this; this.s = undefined; await s?.close(); } }')).toEqual([]);
    expect(racesIn('class A { start() { this.s = open(); } async stop() { let s; [s, this.s] = [this.s, undefined]; await s?.close(); } }')).toEqual([]);
  });

  test('silent: a flag turns the second stop away', () => {
    expect(racesIn('class A { start() { this.s = open(); } async stop() { if (this.closing) return; this.closing = true; await this.s.close(); this.s = undefined; } }')).toEqual([]);
  });

  test('silent: one promise for both, kept in any form', () => {
    expect(racesIn('class A { start() { this.s = open(); } stop() { return (this.p ??= this.#stop()); } async #stop() { await this.s.close(); this.s = undefined; } }')).toEqual([]);
    expect(racesIn('class A { start() { this.s = open(); } async stop() { this.p ??= this.#stop(); await this.p; } async #stop() { await this.s.close(); this.s = undefined; } }')).toEqual([]);
    expect(racesIn('class A { start() { this.s = open(); } async stop() { if (!this.p) { this.p = this.#stop(); } return this.p; } async #stop() { await this.s.close(); this.s = undefined; } }')).toEqual([]);
    expect(racesIn('class A { start() { this.s = open(); } async stop() { if (this.p) return this.p; this.p = this.#stop(); return this.p; } async #stop() { await this.s.close(); this.s = undefined; } }')).toEqual([]);
  });
});
