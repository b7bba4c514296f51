import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import { racesIn } from './outline.ts';
import { serviceIn } from './parse.ts';

describe('late-guard', () => {
  test('start tests a flag, awaits, and raises it only afterwards', () => {
    const text = dedent`
      class A {
        async start() {
          if (this.running) return;
          await open();
          this.running = true;
        }
        async stop() { this.running = false; }
      }
    `;
    expect(racesIn(text)).toContain('late-guard running 3/4/5');
  });

  test('in a predicate, a getter or an assertion', () => {
    expect(racesIn('class A { async start() { if (this.isUp()) return; this.s = await open(); } async stop() { await a(); } isUp() { return !!this.s; } }')).toEqual(['late-guard s 1/1/1']);
    expect(racesIn('class A { async start() { if (this.up) return; this.s = await open(); } async stop() { await a(); } get up() { return this.s !== null; } }')).toEqual(['late-guard s 1/1/1']);
    expect(racesIn('class A { async start() { assert(!this.s); this.s = await open(); } async stop() { await a(); } }')).toEqual(['late-guard s 1/1/1']);
  });

  test('the write in a helper, after a second await, or in a promise chain', () => {
    expect(racesIn('class A { async start() { if (this.s) return; await this.#open(); } async #open() { await a(); this.s = await b(); } async stop() { await c(); } }')).toEqual(['late-guard s 1/1/1']);
    expect(racesIn('class A { start() { if (this.s) return; return open().then((s) => { this.s = s; }); } async stop() { await c(); } }')).toEqual(['late-guard s 1/1/1']);
  });

  test('round the handle that stop releases: open it if it is not there', () => {
    const text = dedent`
      class A {
        async start() {
          if (!this.seed) {
            this.seed = await dial();
          }
          await this.seed.join();
        }
        async stop() { await this.seed?.close(); }
      }
    `;
    expect(racesIn(text)).toContain('late-guard seed 3/4/4');
  });

  test('silent: the flag is raised before the first await', () => {
    expect(racesIn('class A { async start() { if (this.running) return; this.running = true; await open(); } async stop() { this.running = false; } }')).toEqual([]);
  });

  test('silent: a flag of the transition guards, and is lowered on every exit', () => {
    const text = dedent`
      class A {
        async start() {
          if (this.busy) throw new Error('busy');
          this.busy = true;
          try {
            await open();
            this.ready = true;
          } finally {
            this.busy = false;
          }
        }
        async stop() { await shut(); }
      }
    `;
    expect(racesIn(text)).toEqual([]);
  });

  test('silent: the promise is kept before the first await, and joined', () => {
    expect(racesIn('class A { start() { if (this.p) return this.p; this.p = this.#open(); return this.p; } async #open() { this.s = await open(); } async stop() { await a(); } }')).toEqual([]);
    expect(racesIn('class A { async start() { this.p ??= this.#open(); await this.p; } async #open() { if (this.s) return; this.s = await open(); } async stop() { await a(); } }')).toEqual([]);
    expect(racesIn('class A { start() { return (this.p ??= this.#open()); } async #open() { this.s = await open(); } async stop() { await a(); } }')).toEqual([]);
  });

  test('silent: an identity or epoch is looked at after the await', () => {
    const text = dedent`
      class A {
        async start() {
          if (this.handle) return;
          const epoch = ++this.epoch;
          const handle = await watch();
          if (epoch !== this.epoch) return handle.close();
          this.handle = handle;
        }
        async stop() {
          this.epoch++;
          const { handle } = this;
          this.handle = undefined;
          await handle?.close();
        }
      }
    `;
    expect(racesIn(text)).toEqual([]);
  });

  test('a test after the await that a second start does not disturb', () => {
    expect(racesIn('class A { async start() { if (this.s) return; this.on = true; const s = await open(); if (!this.on) return; this.s = s; } async stop() { this.on = false; await a(); } }')).toEqual([
      'late-guard s 1/1/1',
    ]);
  });
});

describe('no-guard', () => {
  test('a second start overwrites the handle that stop releases', () => {
    const text = dedent`
      class A {
        async start() {
          this.timer = setInterval(f, 50);
          await this.load();
        }
        async stop() { clearInterval(this.timer); await a(); }
        async load() { await b(); }
      }
    `;
    expect(racesIn(text)).toEqual(['no-guard timer -/7/3']);
  });

  test('a listener is registered twice', () => {
    expect(racesIn('class A { async start() { process.on("SIGINT", this.onExit); await a(); } async stop() { process.removeListener("SIGINT", this.onExit); } onExit() {} }')).toEqual([
      'no-guard onExit -/1/1',
    ]);
  });

  test('the wait is one on the way to the write', () => {
    const text = dedent`
      class A {
        async start() {
          if (this.many) {
            this.pool = makeCluster();
          } else {
            await this.check();
          }
          await this.ping();
        }
        async stop() { await this.pool.end(); }
      }
    `;
    expect(racesIn(text)).toEqual(['no-guard pool -/8/4']);
  });

  test('silent: the old handle is released first', () => {
    expect(racesIn('class A { async start() { clearInterval(this.t); this.t = setInterval(f, 1); await a(); } async stop() { clearInterval(this.t); } }')).toEqual([]);
  });

  test('silent: made only if there is none', () => {
    expect(racesIn('class A { async start() { if (!this.t) this.t = setInterval(f, 1); await a(); } async stop() { clearInterval(this.t); } }')).toEqual([]);
    expect(racesIn('class A { async start() { this.t ??= setInterval(f, 1); await a(); } async stop() { clearInterval(this.t); } }')).toEqual([]);
  });

  test('silent: nothing is awaited, nothing of it is released, or it is data', () => {
    expect(racesIn('class A { start() { this.t = setInterval(f, 1); } async stop() { clearInterval(this.t); await a(); } }')).toEqual([]);
    expect(racesIn('class A { async start() { this.config = await load(); } async stop() { await a(); } }')).toEqual([]);
  });

  test('silent: the test in part may turn it away', () => {
    expect(racesIn('class A { async start() { if (this.on && !this.force) return; this.on = true; this.t = open(); await a(); } async stop() { this.t.close(); } }')).toEqual([]);
  });
});

describe('which races are told', () => {
  test('the most telling first', () => {
    const text = dedent`
      class A {
        async start() { if (this.s) return; this.s = await open(); }
        async stop() { await this.s?.close(); this.s = undefined; }
      }
    `;
    expect(racesIn(text).map((race) => race.split(' ')[0])).toEqual(['late-guard', 'stop-during-start', 'double-stop']);
  });

  test('with the names of the methods that collide, also where they are not the main ones', () => {
    const service = serviceIn(dedent`
      class A {
        async connect() { if (this.up) return; this.up = true; await a(); }
        async open() { if (this.ready) return; await b(); this.ready = true; }
        async close() { this.up = false; this.ready = false; await c(); }
      }
    `);
    const race = service.races.find(({ kind }) => kind === 'late-guard');
    expect([service.start.main.name, race?.start, race?.stop]).toEqual(['connect', 'open', 'close']);
  });

  test('none where the walk was cut: too deep to be sure', () => {
    const text = dedent`
      class A {
        async start() { if (this.on) return; await this.a(); this.on = true; }
        async stop() { this.on = false; }
        async a() { await this.b(); }
        async b() { await this.c(); }
        async c() { await this.d(); }
        async d() { await this.e(); }
        async e() { await this.f(); }
        async f() { await x(); }
      }
    `;
    expect(racesIn(text)).toEqual([]);
  });

  test('none where the only await is of a base out of sight', () => {
    expect(racesIn('class A extends Base { async start() { if (this.on) return; await super.start(); this.on = true; } async stop() { this.on = false; await super.stop(); } }')).toEqual([]);
  });
});
