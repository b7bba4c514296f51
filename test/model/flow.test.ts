import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import { flowIn, outlineStep, stepsIn } from './outline.ts';

describe('tests', () => {
  test('an early return knows which state of the field turns the caller away', () => {
    expect(stepsIn('class A { start() { if (this.running) return; this.running = true; } }')).toEqual(['test running truthy: return', 'write running = true']);
    expect(stepsIn('class A { start() { if (!this.ready) throw new Error(); go(); } }')).toEqual(['test ready falsy: throw', 'call go()']);
  });

  test('comparisons', () => {
    const text = dedent`
      class A {
        start() {
          if (this.state === 'started') return;
          if (this.state !== State.Idle) return;
          if (this.server != null) return;
          if (undefined === this.task) return;
          if (this.count > 3) return;
          if (this.running === true) return;
        }
      }
    `;
    expect(stepsIn(text)).toEqual([
      'test state equal "started": return',
      'test state unequal State.Idle: return',
      'test server truthy: return',
      'test task falsy: return',
      'test count other: return',
      'test running truthy: return',
    ]);
  });

  test('parts of a condition: each of several alternatives is enough, one of several demands is not', () => {
    expect(stepsIn('class A { start() { if (this.a || this.b) return; go(); } }')).toEqual(['test a truthy: return', 'test b truthy: return', 'call go()']);
    expect(stepsIn('class A { start() { if (this.a && !this.b) return; go(); } }')).toEqual([
      'test a truthy: return (in part)',
      'test b falsy: return (in part)',
      'call go()',
    ]);
    expect(stepsIn('class A { start() { if (!(this.a && this.b)) return; go(); } }')).toEqual(['test a falsy: return', 'test b falsy: return', 'call go()']);
  });

  test('an if round the whole rest turns away as a guard does', () => {
    expect(stepsIn('class A { start() { if (!this.on) { this.on = true; } } }')).toEqual(['test on truthy: return', 'write on = true']);
    expect(stepsIn('class A { start() { if (!this.on) { this.on = true; } log(); } }')).toEqual(['test on truthy', 'write on = true', 'call log()']);
  });

  test('an else that leaves', () => {
    expect(stepsIn('class A { start() { if (!this.on) { this.on = true; } else { return; } log(); } }')).toEqual([
      'test on truthy: return',
      'write on = true',
      'call log()',
    ]);
  });

  test('predicates and getters of the class are read as their expression', () => {
    expect(stepsIn('class A { start() { if (this.isStarted()) return; } isStarted() { return this.status === "on"; } }')).toEqual(['test status equal "on": return']);
    expect(stepsIn('class A { start() { if (!this.connected) return; go(); } get connected() { return this.socket !== undefined; } }')).toEqual(['test socket falsy: return', 'call go()']);
  });

  test('an assertion is a guard that throws', () => {
    expect(stepsIn('class A { start() { assert(!this.running, "twice"); } }')).toEqual(['test running truthy: throw']);
    expect(stepsIn('class A { start() { assert.ok(this.ready); invariant(this.url); } }')).toEqual(['test ready falsy: throw', 'test url falsy: throw']);
  });

  test('cases of a switch, with fall-through', () => {
    const text = dedent`
      class A {
        start() {
          switch (this.state) {
            case 'starting':
            case 'started':
              return;
            case 'stopping':
              throw new Error('busy');
            default:
              break;
          }
          this.state = 'starting';
        }
      }
    `;
    expect(stepsIn(text)).toEqual(['test state equal "starting": return', 'test state equal "started": return', 'test state equal "stopping": throw', 'write state = "starting"']);
  });

  test('what stands after a certain exit is not read', () => {
    expect(stepsIn('class A { start() { this.a = 1; return; this.b = 2; } }')).toEqual(['write a = 1']);
    expect(stepsIn('class A { start() { if (x) { return; } else { throw y; } this.b = 2; } }')).toEqual([]);
  });
});

describe('writes', () => {
  test('constants, what is made, what is given, anything else', () => {
    const text = dedent`
      class A {
        start(given, { part }, other = 1) {
          this.a = null;
          this.b = new Map();
          this.c = await open();
          this.d = given;
          this.e = x + 1;
          this.f = { g: 1 };
          this.h = [make()];
          this.i = other;
          this.j = Date.now();
        }
      }
    `.replace('start(', 'async start(');
    expect(stepsIn(text).filter((step) => step.startsWith('write'))).toEqual([
      'write a = null',
      'write b = fresh',
      'write c = fresh',
      'write d = given',
      'write e = other',
      'write f = {}',
      'write h = fresh',
      'write i = given',
      'write j = other',
    ]);
  });

  test('into the value of a field', () => {
    expect(stepsIn('class A { start() { this.a.b = true; this.c[0] = 1; this.n++; this.m += 1; } }')).toEqual([
      'write a.… = true',
      'write c.… = 1',
      'write n = other',
      'write m = other',
    ]);
  });

  test('by destructuring and by Object.assign', () => {
    expect(stepsIn('class A { async start() { [this.a, this.b] = await open(); ({ c: this.c } = make()); } }')).toEqual([
      'awaited call open()',
      'await',
      'write a = fresh',
      'write b = fresh',
      'call make()',
      'write c = fresh',
    ]);
    expect(stepsIn('class A { start() { Object.assign(this, { on: true, task: run() }); } }')).toContain('write on = true');
  });

  test('with default values and rest in the pattern', () => {
    expect(stepsIn('class A { start() { ({ a: this.a = 1, ...this.rest } = make()); [this.b = 2, , ...this.c] = list(); } }').filter((step) => step.startsWith('write'))).toEqual([
      'write a = fresh',
      'write rest = fresh',
      'write b = fresh',
      'write c = fresh',
    ]);
  });

  test('only if unset: the value is made in a branch', () => {
    const { steps } = flowIn('class A { start() { this.a ??= make(); this.b ||= make(); } }');
    expect(steps.map(outlineStep)).toEqual(['test a truthy', 'call make()', 'write a = fresh', 'test b truthy', 'call make()', 'write b = fresh']);
    expect(steps.map(({ arms }) => arms.length)).toEqual([0, 1, 1, 0, 1, 1]);
  });

  test('by delete', () => {
    expect(stepsIn('class A { start() { delete this.a; } }')).toEqual(['write a = undefined']);
  });
});

describe('locals stand for fields', () => {
  test('an alias, a part of a field, destructuring', () => {
    expect(stepsIn('class A { async start() { const c = this.c; this.c = undefined; await c.close(); } }')).toEqual(['write c = undefined', 'awaited call ~c.close()', 'await c']);
    expect(stepsIn('class A { start() { const { c, d: e } = this; c.close(); e.close(); } }')).toEqual(['call ~c.close()', 'call ~d.close()']);
    expect(stepsIn('class A { start() { const { signal } = this.#abort; if (signal.aborted) return; go(); } }')).toEqual(['test #abort truthy: return', 'call go()']);
  });

  test('what a call on a field gives is something else', () => {
    expect(stepsIn('class A { start() { const c = this.pool.take(); c.close(); } }')).toEqual(['call pool.take()', 'call close()']);
  });

  test('a local that is stored stands for the field from then on', () => {
    expect(stepsIn('class A { start() { const s = make(); s.init(); this.s = s; s.on(); } }')).toEqual(['call make()', 'call init()', 'write s = fresh', 'call ~s.on()']);
  });

  test('loop variables and parameters of iteration callbacks', () => {
    expect(stepsIn('class A { start() { for (const c of this.cs) c.close(); for (const [, d] of this.ds) d.close(); } }')).toEqual(['call ~cs.close()', 'call ~ds.close()']);
    expect(stepsIn('class A { start() { this.cs.forEach((c) => c.close()); } }')).toEqual(['call ~cs.close()', 'call cs.forEach()']);
  });

  test('a getter stands for the field that it returns', () => {
    expect(stepsIn('class A { start() { this.server.listen(1); } get server() { if (!this.#server) throw new Error(); return this.#server; } }')).toEqual(['call #server.listen()']);
  });

  test('names of an outer method mean nothing in a helper', () => {
    expect(stepsIn('class A { start() { const c = this.c; this.help(); } help() { c.close(); } }')).toEqual(['call close()']);
  });
});
