import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import { reaches } from '../../model/flow/reaches.ts';
import { flowIn, outlineStep, stepsIn } from './outline.ts';

function backgroundIn(text: string): string[] {
  return flowIn(text).background.map(outlineStep);
}

/** Whether control that passes the first write of a field can come to the first write of another. */
function canFollow(text: string, first: string, second: string): boolean {
  const { steps } = flowIn(text);
  const find = (field: string) => steps.find((step) => step.kind === 'write' && step.field === field);
  const [earlier, later] = [find(first), find(second)];
  if (earlier === undefined || later === undefined) throw new Error('no such writes');
  return reaches(earlier, later);
}

describe('awaits', () => {
  test('come after what they wait for', () => {
    expect(stepsIn('class A { async start() { this.server = await listen(this.port); this.on = true; } }')).toEqual([
      'awaited call listen(port)',
      'await',
      'write server = fresh',
      'write on = true',
    ]);
  });

  test('of a promise in a field', () => {
    expect(stepsIn('class A { async start() { await this.starting; } }')).toEqual(['await starting']);
  });

  test('of what an async method returns', () => {
    expect(stepsIn('class A { async start() { return this.client.connect(); } }')).toEqual(['awaited call client.connect()', 'await']);
    expect(stepsIn('class A { async start() { return 1; } }')).toEqual([]);
    expect(stepsIn('class A { start() { return Promise.resolve(); } }')).toEqual(['awaited call resolve()']);
  });

  test('of base methods that are out of sight', () => {
    expect(stepsIn('class A extends Base { async start() { await super.start(); } }')).toEqual(['awaited call start()', 'await (unseen)']);
  });

  test('of several at once', () => {
    expect(stepsIn('class A { async start() { await Promise.all([this.a.open(), this.#b()]); } async #b() { await wait(); this.b = true; } }')).toEqual([
      'awaited call a.open()',
      'awaited call wait()',
      'await',
      'write b = true',
      'awaited call all(a, #b)',
      'await',
    ]);
  });

  test('of an import', () => {
    expect(stepsIn('class A { async start() { const { a } = await import("./a.js"); a.go(); } }')).toEqual(['await', 'call go()']);
  });
});

describe('promise chains', () => {
  test('callbacks run after a wait, if somebody waits for the chain', () => {
    expect(stepsIn('class A { start() { return open().then((c) => { this.c = c; }).finally(() => { this.busy = false; }); } }')).toEqual([
      'awaited call open()',
      'await',
      'write c = other',
      'await',
      'write busy = false',
      'await',
    ]);
  });

  test('a chain that nobody waits for is spawned', () => {
    expect(stepsIn('class A { start() { open().then((c) => { this.c = c; }); } }')).toEqual(['call open()', 'spawn chain']);
  });

  test('a catch callback is a branch', () => {
    const { steps } = flowIn('class A { async start() { await open().catch(() => { this.failed = true; }); } }');
    expect(steps.map((step) => [outlineStep(step), step.arms.length])).toEqual([
      ['awaited call open()', 0],
      ['await', 0],
      ['write failed = true', 1],
      ['await', 0],
    ]);
  });

  test('methods of the class as callbacks, bound or not', () => {
    expect(stepsIn('class A { start() { return open().then(this.ready).then(this.done.bind(this)); } ready() { this.a = 1; } done = () => { this.b = 2; }; }')).toEqual([
      'awaited call open()',
      'await',
      'write a = 1',
      'await',
      'write b = 2',
      'await',
    ]);
  });

  test('an executor runs at once; its handlers do not', () => {
    expect(stepsIn('class A { start() { return new Promise((resolve) => { this.a = 1; this.c.on("x", () => { this.b = 2; resolve(); }); }); } }')).toEqual(['write a = 1', 'call c.on()', 'await']);
  });
});

describe('helpers are read in place', () => {
  test('public, private, async and arrow-function members', () => {
    expect(stepsIn('class A { async start() { this.a(); await this.#b(); this.c(); } a() { this.x = 1; } async #b() { await w(); this.y = 2; } c = () => { this.z = 3; }; }')).toEqual([
      'write x = 1',
      'awaited call w()',
      'await',
      'write y = 2',
      'await #b',
      'write z = 3',
    ]);
  });

  test('base methods of the same file, also through super', () => {
    expect(stepsIn('class A extends B { async start() { await super.start(); this.up(); } }\nclass B { async start() { this.a = 1; } up() { this.b = 2; } }')).toContain('write b = 2');
  });

  test('an async helper that nobody awaits: what follows its first await goes on in the background', () => {
    const text = 'class A { start() { this.#loop(); this.on = true; } async #loop() { this.a = 1; await w(); this.b = 2; } }';
    expect(stepsIn(text)).toEqual(['write a = 1', 'awaited call w()', 'spawn task', 'write on = true']);
    expect(backgroundIn(text)).toEqual(['await', 'write b = 2']);
  });

  test('a promise that is kept in a local and awaited later', () => {
    expect(stepsIn('class A { async start() { const p = this.#open(); this.on = true; await p; } async #open() { await w(); this.c = 1; } }')).toEqual([
      'awaited call w()',
      'write on = true',
      'await',
      'write c = 1',
      'await',
    ]);
  });

  test('a promise that is kept in a field and awaited later', () => {
    expect(stepsIn('class A { async start() { this.p = this.#open(); this.on = true; await this.p; } async #open() { await w(); this.c = 1; } }')).toEqual([
      'awaited call w()',
      'write p = fresh',
      'spawn task in p',
      'write on = true',
      'await',
      'write c = 1',
      'await p',
    ]);
  });

  test('the result of a helper is awaited by its caller, not in it', () => {
    expect(stepsIn('class A { async start() { this.c = await dial(this.options()); } options() { const options = make(); return options; } }')).toEqual([
      'call make()',
      'awaited call dial(options)',
      'await',
      'write c = fresh',
    ]);
  });

  test('arguments stand for fields in a helper', () => {
    expect(stepsIn('class A { start() { this.close(this.server); } close(one) { one.end(); } }')).toEqual(['call ~server.end()']);
  });

  test('functions that are called at once', () => {
    expect(stepsIn('class A { async start() { await (async () => { this.a = 1; await w(); })(); (() => { this.b = 2; })(); } }')).toEqual([
      'write a = 1',
      'awaited call w()',
      'await',
      'await',
      'write b = 2',
    ]);
  });

  test('functions that are kept under a name, called or handed on', () => {
    expect(stepsIn('class A { async start() { const go = async () => { await w(); this.a = 1; }; await go(); } }')).toEqual(['awaited call w()', 'await', 'write a = 1', 'await']);
    expect(stepsIn('class A { start() { go(1); function go(n) { this.a = n; } } }')).toEqual(['write a = 1']);
    expect(stepsIn('class A { start() { const done = () => { this.a = 1; }; return open().then(done); } }')).toEqual(['awaited call open()', 'await', 'write a = 1', 'await']);
    expect(stepsIn('class A { start() { const again = () => { again(); }; setTimeout(again, 50); } }')).toEqual(['spawn timer', 'call setTimeout()']);
  });

  test('one that calls itself ends', () => {
    expect(stepsIn('class A { start() { const again = () => { this.n++; again(); }; again(); } }')).toEqual(['write n = other', 'call again()']);
  });

  test('callbacks of iterations and of runners', () => {
    expect(stepsIn('class A { async start() { await Promise.all(this.urls.map(async (url) => { await dial(url); this.n = 1; })); } }')).toContain('write n = 1');
    expect(stepsIn('class A { async start() { await this.lock.runExclusive(async () => { await w(); this.on = true; }); } }')).toEqual([
      'awaited call w()',
      'await',
      'write on = true',
      'awaited call lock.runExclusive()',
      'await lock',
    ]);
  });

  test('other lifecycle methods are steps of their own', () => {
    expect(stepsIn('class A { async start() { await this.stop(); } async stop() { this.x = 1; } }')).toEqual(['awaited call this.stop()', 'await stop']);
  });

  test('recursion ends', () => {
    expect(stepsIn('class A { start() { this.a(); } a() { this.x = 1; this.b(); } b() { this.a(); } }')).toEqual(['write x = 1', 'call a()']);
  });

  test('too deep: the flow says that it was cut', () => {
    const text = dedent`
      class A {
        start() { this.a(); }
        a() { this.b(); }
        b() { this.c(); }
        c() { this.d(); }
        d() { this.e(); }
        e() { this.f(); }
        f() { this.x = 1; }
      }
    `;
    expect(flowIn(text).cut).toBe(true);
    expect(flowIn(text, 'c').cut).toBe(false);
  });

  test('a return in a helper leaves the method only where nothing follows', () => {
    expect(stepsIn('class A { start() { this.help(); go(); } help() { if (this.on) return; this.on = true; } }')[0]).toBe('test on truthy: helper');
    expect(stepsIn('class A { start() { return this.help(); } help() { if (this.on) return; this.on = true; } }')[0]).toBe('test on truthy: return');
    expect(stepsIn('class A { start() { this.help(); go(); } help() { if (this.on) throw new Error(); this.on = true; } }')[0]).toBe('test on truthy: throw');
  });
});

describe('what can follow what', () => {
  test('the two arms of a branch exclude each other', () => {
    const text = 'class A { start() { if (x) { this.a = 1; } else { this.b = 2; } this.c = 3; } }';
    expect([canFollow(text, 'a', 'b'), canFollow(text, 'a', 'c'), canFollow(text, 'b', 'c')]).toEqual([false, true, true]);
  });

  test('nothing follows an arm that leaves', () => {
    expect(canFollow('class A { start() { if (x) { this.a = 1; return; } this.b = 2; } }', 'a', 'b')).toBe(false);
    expect(canFollow('class A { start() { if (x) { this.a = 1; throw y; } this.b = 2; } }', 'a', 'b')).toBe(false);
  });

  test('a return in a helper leaves the helper alone', () => {
    expect(canFollow('class A { start() { this.help(); this.b = 2; } help() { if (x) { this.a = 1; return; } this.c = 3; } }', 'a', 'b')).toBe(true);
  });

  test('a catch clause follows its try, and what comes after follows both', () => {
    const text = 'class A { start() { try { this.a = 1; } catch { this.b = 2; } finally { this.c = 3; } this.d = 4; } }';
    expect([canFollow(text, 'a', 'b'), canFollow(text, 'b', 'c'), canFollow(text, 'a', 'd'), canFollow(text, 'b', 'd')]).toEqual([true, true, true, true]);
  });

  test('nothing follows a catch clause that throws', () => {
    expect(canFollow('class A { start() { try { this.a = 1; } catch (e) { this.b = 2; throw e; } this.c = 3; } }', 'b', 'c')).toBe(false);
  });

  test('the cases of a switch', () => {
    const text = 'class A { start() { switch (x) { case 1: this.a = 1; return; case 2: this.b = 2; break; } this.c = 3; } }';
    expect([canFollow(text, 'a', 'c'), canFollow(text, 'b', 'c')]).toEqual([false, true]);
  });
});

describe('loops', () => {
  test('say by which field they end', () => {
    expect(stepsIn('class A { async start() { while (this.on && !this.failed) await tick(); } }').at(-1)).toBe('loop until on falsy until failed truthy');
    expect(stepsIn('class A { async start() { do { await tick(); } while (!this.stopped); } }').at(-1)).toBe('loop until stopped truthy');
    expect(stepsIn('class A { async start() { for (;;) { if (this.stopped) break; await tick(); } } }').at(-1)).toBe('loop (endless) until stopped truthy');
    expect(stepsIn('class A { async start() { for await (const m of this.stream) handle(m); } }').at(-1)).toBe('loop until stream other');
  });

  test('over a list, or without an await, are no loops that go on', () => {
    expect(stepsIn('class A { async start() { for (const c of this.cs) await c.open(); } }')).not.toContain('loop');
    expect(stepsIn('class A { start() { while (this.q.length) this.q.pop(); } }')).toEqual(['test q falsy: break', 'call q.pop()']);
  });

  test('know whether the field is tested through a local of their own', () => {
    const { background } = flowIn('class A { start() { const { signal } = this.abort; this.task = this.loop(signal); } async loop(signal) { while (!signal.aborted) await tick(); } }');
    expect(background.at(-1)).toMatchObject({ kind: 'loop', ends: [{ field: 'abort', viaLocal: true }] });
  });
});
