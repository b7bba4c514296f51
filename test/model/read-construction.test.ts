import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import { factsOf } from '../../model/services-of.ts';
import { parse, serviceIn } from './parse.ts';

/** `call this.start()`: what each class of a text starts while it is constructed. */
function startsIn(text: string): string[] {
  return factsOf(parse(text)).constructions.flatMap(({ starts }) => starts.map((start) => `${start.what} ${start.text}`));
}

describe('what begins to run in a constructor', () => {
  test('the start of the class itself', () => {
    expect(startsIn('class A { constructor() { this.start(); } async start() { await a(); } async stop() { await b(); } }')).toEqual(['call this.start()']);
    expect(startsIn('class A { constructor() { void this.connect().catch(log); } async connect() { await a(this.x); this.up = true; } async close() { await b(); } }')).toEqual([
      'call this.connect()',
    ]);
  });

  test('an inner service that it made', () => {
    expect(startsIn('class A { constructor() { this.server = new Server(); this.server.listen(80); } async stop() { await this.server.close(); } }')).toEqual(['call this.server.listen(…)']);
  });

  test('a timer', () => {
    expect(startsIn('class A { constructor() { this.t = setInterval(() => this.tick(), 50); } stop() { clearInterval(this.t); } }')).toEqual(['timer setInterval(…)']);
  });

  test('a loop that nobody waits for', () => {
    expect(startsIn('class A { constructor() { void this.#loop(); } async stop() { this.on = false; } async #loop() { while (this.on) await a(); } }')).toEqual(['loop this.#loop()']);
    expect(startsIn('class A { constructor() { (async () => { await a(); })(); } close() { b(); } }')).toHaveLength(1);
  });

  test('through a helper, told where the constructor calls it', () => {
    expect(startsIn('class A { constructor() { this.#arm(50); } #arm(every) { this.t = setInterval(f, every); } stop() { clearInterval(this.t); } }')).toEqual(['timer this.#arm(…)']);
  });

  test('in a field initialiser', () => {
    expect(startsIn('class A { t = setInterval(f, 50); stop() { clearInterval(this.t); } }')).toEqual(['timer setInterval(…)']);
    expect(startsIn('class A { #task = this.#run(); async stop() { await this.#task; } async #run() { await a(); } }')).toEqual(['loop this.#run()']);
  });

  test('in a static block', () => {
    expect(startsIn('class A { static shared = new A(); static { A.shared.start(); } async start() { this.t = setInterval(f, 1); } async stop() { clearInterval(this.t); } }')).toEqual([
      'call A.shared.start()',
    ]);
  });

  test('in a base of the same file, where a subclass has the stop', () => {
    const text = dedent`
      class Base {
        constructor() { this.t = setInterval(f, 50); }
        close() { clearInterval(this.t); }
      }
    `;
    expect(startsIn(text)).toEqual(['timer setInterval(…)']);
  });
});

describe('construction only constructs', () => {
  test('a scheduler, a controller, a closure that runs later', () => {
    const text = dedent`
      class A {
        #abort = new AbortController();
        tick = () => { setTimeout(f, 1); };
        constructor() {
          this.scheduler = new Scheduler(() => this.run());
          this.bus.on('x', () => { setInterval(f, 1); });
        }
        stop() { this.#abort.abort(); }
      }
    `;
    expect(startsIn(text)).toEqual([]);
  });

  test('an option asks for it', () => {
    expect(startsIn('class A { constructor(options) { if (options.autoStart) this.start(); } async start() { await a(); } async stop() { await b(); } }')).toEqual([]);
  });

  test('a timer whatever an option says is a timer', () => {
    expect(startsIn('class A { constructor(options) { if (options.every) this.t = setInterval(f, options.every); } stop() { clearInterval(this.t); } }')).toEqual(['timer setInterval(…)']);
  });

  test('a timer that is cleared at once', () => {
    expect(startsIn('class A { constructor() { this.t = setTimeout(() => {}, 0); clearTimeout(this.t); } stop() { clearTimeout(this.t); } }')).toEqual([]);
  });

  test('a class that nothing stops, and a declared one', () => {
    expect(startsIn('class A { constructor() { setInterval(f, 50); } }')).toEqual([]);
    expect(startsIn('declare class A { constructor(); stop(): void; }')).toEqual([]);
  });

  test('a static field: it belongs to no object', () => {
    expect(startsIn('class A { static t = setInterval(f, 50); stop() { a(); } }')).toEqual([]);
  });
});

test('a service knows its own', () => {
  expect(serviceIn('class A { constructor() { this.start(); } async start() { await a(); } async stop() { await b(); } }').constructorStarts).toHaveLength(1);
});
