import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import { lineOf } from '../../model/line-of.ts';
import { factsOf } from '../../model/services-of.ts';
import { parse } from './parse.ts';

/** `flag running 3 in start closes late-guard`. */
function protectionsIn(text: string): string[] {
  const source = parse(text);
  return factsOf(source).services.flatMap(({ protections }) =>
    protections.map(({ closes, or, ...guard }) => {
      const said = [guard, ...(or === undefined ? [] : [or])].map(({ kind, field, node, method }) => `${kind} ${field ?? '-'} ${String(lineOf(source, node))} in ${method}`);
      return `${said.join(' or ')} closes ${closes.join(', ')}`;
    }),
  );
}

describe('a second start', () => {
  test('a flag that is tested and set before the first await', () => {
    const text = dedent`
      class A {
        async start() {
          if (this.running) return;
          this.running = true;
          this.socket = await open();
        }
        async stop() {
          this.running = false;
          this.socket?.close();
        }
      }
    `;
    expect(protectionsIn(text)).toContain('flag running 3 in start closes no-guard, late-guard');
  });

  test('a promise that the next caller is given', () => {
    const text = dedent`
      class A {
        start() {
          if (this.starting) return this.starting;
          this.starting = this.begin();
          return this.starting;
        }
        async begin() {
          this.socket = await open();
        }
        async stop() {
          await this.starting;
          this.socket?.close();
        }
      }
    `;
    expect(protectionsIn(text)).toEqual(expect.arrayContaining([expect.stringMatching(/^(?:flag|promise) starting [34] in start closes .*no-guard|late-guard/)]));
    expect(protectionsIn(text)).toContain('join starting 11 in stop closes stop-during-start');
  });

  test('not told of a test that is too late: the race takes its place', () => {
    const text = 'class A { async start() { if (this.s) return; this.s = await open(); } async stop() { const s = this.s; this.s = undefined; await s?.close(); } }';
    expect(protectionsIn(text).filter((line) => line.includes('in start'))).toEqual([]);
  });
});

describe('a stop in the middle of a start', () => {
  test('start asks again after its await', () => {
    const text = dedent`
      class A {
        async start() {
          this.stopped = false;
          const socket = await open();
          if (this.stopped) return socket.close();
          this.socket = socket;
        }
        async stop() {
          this.stopped = true;
          this.socket?.close();
        }
      }
    `;
    expect(protectionsIn(text)).toContain('recheck stopped 5 in start closes stop-during-start');
  });

  test('stop throws while start is under way', () => {
    const text = dedent`
      class A {
        async start() {
          this.socket = await open();
          this.up = true;
        }
        async stop() {
          if (!this.up) throw new Error('not up');
          this.up = false;
          this.socket.close();
        }
      }
    `;
    expect(protectionsIn(text)).toContain('refusal up 7 in stop closes stop-during-start');
  });
});

describe('a second stop', () => {
  test('the handle is taken out of its field before it is closed', () => {
    const text = dedent`
      class A {
        async start() {
          this.socket ??= await open();
        }
        async stop() {
          const socket = this.socket;
          this.socket = undefined;
          await socket?.close();
        }
      }
    `;
    expect(protectionsIn(text)).toContain('swap socket 7 in stop closes double-stop');
  });
});

describe('a lock', () => {
  const locked = (start: string, stop: string): string => dedent`
    import { Mutex } from 'async-mutex';
    class A {
      #lock = new Mutex();
      ${start}
      ${stop}
    }
  `;
  const START = 'async start() { return this.#lock.runExclusive(async () => { if (this.s) return; this.s = await open(); }); }';
  const STOP = 'async stop() { return this.#lock.runExclusive(async () => { await this.s?.close(); this.s = undefined; }); }';

  test('over both sides: each hold closes what its side is part of', () => {
    const found = protectionsIn(locked(START, STOP)).filter((line) => line.startsWith('lock'));
    expect(found).toEqual(['lock #lock 4 in start closes late-guard, stop-during-start', 'lock #lock 5 in stop closes stop-during-start, double-stop']);
  });

  test('over stop alone it closes what two stops do, and nothing of start', () => {
    const found = protectionsIn(locked('async start() { if (this.s) return; this.s = await open(); }', STOP));
    expect(found.filter((line) => line.startsWith('lock'))).toEqual(['lock #lock 5 in stop closes double-stop']);
  });

  test('a start that tests before the lock waits for it all the same while stop works', () => {
    const text = locked(
      'async start() { if (this.on) return; await this.#lock.runExclusive(async () => { this.on = true; this.s = make(); }); }',
      'async stop() { return this.#lock.runExclusive(async () => { this.on = false; await this.s.close(); this.s = undefined; }); }',
    );
    expect(protectionsIn(text).filter((line) => line.startsWith('lock')).join(' ')).toContain('start-during-stop');
  });
});

test('nothing is told of a service that needs no protection', () => {
  expect(protectionsIn('class A { async start() { this.on = true; await log(); } async stop() { this.on = false; } }')).toEqual([]);
});

test('a lock that leaves a race of the kind open over another field closes none of it', () => {
  const text = dedent`
    import { Mutex } from 'async-mutex';
    class A {
      #lock = new Mutex();
      async start() {
        await this.check();
        this.db = open();
        await this.#lock.runExclusive(async () => { await this.check(); this.s = await open(); });
      }
      async check() { await look(); }
      async stop() { return this.#lock.runExclusive(async () => { await this.s?.close(); await this.db?.close(); }); }
    }
  `;
  expect(protectionsIn(text).filter((line) => line.includes('stop-during-start'))).toEqual([]);
});

describe('two that close the same race hide each other', () => {
  test('by different fields: either is enough, and both are told', () => {
    const text = dedent`
      class A {
        async start() {
          if (this.running) return;
          if (this.starting) return;
          this.running = true;
          this.starting = true;
          this.socket = await open();
        }
        async stop() {
          this.running = false;
          this.starting = false;
          this.socket?.close();
        }
      }
    `;
    expect(protectionsIn(text).filter((line) => line.includes('late-guard'))).toEqual(['flag running 3 in start or flag starting 4 in start closes no-guard, late-guard']);
  });

  test('one of which does not close it by itself is no such pair', () => {
    const text = dedent`
      class A {
        async start() {
          if (this.running) return;
          if (this.socket) return;
          this.running = true;
          this.socket = await open();
        }
        async stop() {
          this.running = false;
          const socket = this.socket;
          this.socket = undefined;
          socket?.close();
        }
      }
    `;
    expect(protectionsIn(text).filter((line) => line.includes(' or '))).toEqual([]);
    expect(protectionsIn(text)).toContainEqual(expect.stringMatching(/^flag running 3 in start closes .*late-guard/));
  });
});
