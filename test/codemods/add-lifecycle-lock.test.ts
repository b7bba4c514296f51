import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import addLifecycleLock from '../../codemods/add-lifecycle-lock.ts';
import type { CodemodOptions } from '../../codemods/codemod.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';

function mend(text: string, options: CodemodOptions = {}, fileName = 'a.ts'): string {
  const { text: output, services } = runCodemods([addLifecycleLock], { fileName, text }, options);
  return services.flatMap(({ left }) => left.map(({ why }) => why)).join('\n') || output;
}

describe('the field', () => {
  test('ends in a semicolon where what follows would be read as its continuation', () => {
    const text = dedent`
      export class A {
        up = false;
        [Symbol.iterator]() { return [][Symbol.iterator]() }

        async start() {
          if (this.up) return
          await go()
          this.up = true
        }

        async stop() {
          await go()
          this.up = false
        }
      }
    `;
    expect(mend(text)).toContain('  up = false;\n  readonly #lifecycleLock = new Mutex();\n  [Symbol.iterator]()');
    expect(mend(text.replace('up = false;\n  [Symbol.iterator]()', '*all()'))).toContain(
      '{\n  readonly #lifecycleLock = new Mutex();\n\n  *all()',
    );
  });

  test('stands after a field with a comment of several lines, and ends a field that has no semicolon', () => {
    const text =
      'export class A {\n  #up = false /* two\n  lines */\n  async start() { if (this.#up) return; await go(); this.#up = true; }\n  async stop() { await go(); this.#up = false; }\n}\n';
    expect(mend(text)).toContain('  #up = false /* two\n  lines */\n  readonly #lifecycleLock = new Mutex();\n  async start() {\n');
  });

  test('stands on the line of a class that has but one', () => {
    const text =
      'export class A { async start() { if (this.up) return; await go(); this.up = true; } async stop() { await go(); this.up = false; } }\n';
    expect(mend(text, { style: 'wrap' }, 'a.js')).toBe(
      "import { Mutex } from 'async-mutex';\n\nexport class A { #lifecycleLock = new Mutex(); async start() { return this.#lifecycleLock.runExclusive(async () => { if (this.up) return; await go(); this.up = true; }); } async stop() { return this.#lifecycleLock.runExclusive(async () => { await go(); this.up = false; }); } }\n",
    );
  });
});

describe('functions in fields', () => {
  const text = dedent`
    export class A {
      #up = false;
      start = async () => { if (this.#up) return; await go(); this.#up = true; };
      stop = async () => go(this.#up = false);
    }
  `;

  test('are called under a lock that has to be acquired', () => {
    expect(mend(text, { packages: ['es-toolkit'] })).toBe(dedent`
      import { Mutex } from 'es-toolkit';

      export class A {
        #up = false;
        readonly #lifecycleLock = new Mutex();
        start = async () => {
          await this.#lifecycleLock.acquire();
          try {
            return await this.#startLocked();
          } finally {
            this.#lifecycleLock.release();
          }
        };
        readonly #startLocked = async () => { if (this.#up) return; await go(); this.#up = true; };
        stop = async () => { await this.#lifecycleLock.acquire(); try { return await go(this.#up = false); } finally { this.#lifecycleLock.release(); } };
      }
    `);
  });

  test('hold a guard', () => {
    expect(mend(text, { style: 'using' })).toContain(
      'stop = async () => { using _held = await this.#lifecycleLock.acquire(); return await go(this.#up = false); };',
    );
  });

  test('keep their `this` where they are no arrow functions', () => {
    const rebound = text.replace('async () => {', 'async function (this: A) {');
    expect(mend(rebound)).toContain(
      'start = async function (this: A) { return this.#lifecycleLock.runExclusive(async () => { if (this.#up) return;',
    );
  });
});

describe('a lock that the class has', () => {
  const body = (lock: string, start: string): string => dedent`
    export class A {
      private readonly ${lock};
      up = false;
      async start(): Promise<void> {
        ${start}
        if (this.up) return;
        await go();
        this.up = true;
      }
      async stop(): Promise<Done> {
        this.up = false;
        return go();
      }
    }
  `;

  test('is held by the same guard', () => {
    const text = body('lifecycleLock = new LifecycleLock()', 'using _held = await this.lifecycleLock.acquire();');
    expect(mend(text, { style: 'wrap' })).toContain(
      'Promise<Done> {\n    using _held = await this.lifecycleLock.acquire();\n    this.up = false;\n    return await go();\n  }',
    );
  });

  test('is taken with its key and options, where these mean the same elsewhere', () => {
    const keyed = (key: string): string => dedent`
      import AsyncLock from 'async-lock';
      const KEY = 'life';
      export class A {
        private readonly lock = new AsyncLock();
        up = false;
        async start(): Promise<void> {
          const name = 'life';
          return this.lock.acquire(${key}, async () => {
            if (this.up) return;
            await go(name);
            this.up = true;
          }, { timeout: 5 });
        }
        async stop(): Promise<void> {
          this.up = false;
          await go();
        }
      }
    `;
    expect(mend(keyed('KEY'))).toContain('return this.lock.acquire(KEY, () => this.stopLocked(), { timeout: 5 });');
    expect(mend(keyed('name'))).toMatch(/^stop\(\) does not hold .*, whose use elsewhere in the class cannot be repeated by copying it$/);
  });
});

describe('several names on one side', () => {
  test('call the halves of each other', () => {
    const text = dedent`
      export class A {
        private up = false;
        async init(): Promise<void> { if (this.up) return; await go(); this.up = true; }
        async start(): Promise<void> { await this.init(); await listen(); }
        async stop(): Promise<void> { this.up = false; await go(); }
        async close(): Promise<void> { return this.stop(); }
        async destroy(): Promise<void> { await this.close(); await go(); }
      }
    `;
    const output = mend(text);
    expect(output).toContain('private async startLocked(): Promise<void> { await this.initLocked(); await listen(); }');
    expect(output).toContain('async close(): Promise<void> { return this.stop(); }');
    expect(output).toContain('private async destroyLocked(): Promise<void> { await this.stopLocked(); await go(); }');
  });
});

describe('an in-place runner', () => {
  const runner = ({ before = '', stop = '', more = '' }): string => dedent`
    export class Runner {
      private running = false;
      async run(): Promise<void> {
        ${before}
        while (this.running) {
          await step();
        }
      }
      async stop(): Promise<void> {
        ${stop}
        this.running = false;
        await ended();
      }
      ${more}
    }
  `;

  test.each([
    ['has no transition', '', '', 'run() runs the loop or waits for its end, and does not change its state before that'],
    [
      'declares what it needs later',
      'const limit = 3; this.running = limit > 0;',
      '',
      'run() runs the loop or waits for its end, and declares names before that which it may need later',
    ],
    [
      'returns a value early',
      'if (bad()) return never(); this.running = true;',
      '',
      'run() runs the loop or waits for its end, and may return a value before that',
    ],
    [
      'calls itself',
      'this.running = true; void this.stop();',
      '',
      'run() runs the loop or waits for its end, and calls its own lifecycle methods before that',
    ],
    [
      'shares a line',
      'if (bad()) return; this.running = true;',
      '',
      'run() runs the loop or waits for its end, and does not stand on lines of its own',
    ],
    [
      'declares what stop needs later',
      'this.running = true;',
      'const limit = 3;',
      'stop() runs the loop or waits for its end, and declares names before that which it may need later',
    ],
  ])('is left when it %s', (_name, before, stop, why) => {
    expect(mend(runner({ before, stop }))).toBe(why);
  });

  test('is left when several methods start it, or when the lock takes no callback', () => {
    expect(
      mend(
        runner({
          before: 'this.running = true;',
          more: 'async start(): Promise<void> { this.running = true; while (this.running) await step(); }',
        }),
      ),
    ).toMatch(/^(?:run|start)\(\) runs the loop itself, and more than one method starts or stops it$/);
    expect(mend(runner({ before: 'this.running = true;' }), { packages: ['es-toolkit'] })).toBe(
      "run() runs the loop itself, and the project's lock takes no callback",
    );
  });

  test('is told apart from stop by names that are free', () => {
    const output = mend(
      runner({ before: 'if (this.running) return;\n    this.running = true;', stop: 'const isStopping = 1;' }).replace(
        'const isStopping = 1;',
        'if (isStopping) return;',
      ),
    );
    expect(output).toContain('const isStarted = await this.lifecycleLock.runExclusive(() => {');
    expect(output).toContain('const isStopping2 = await this.lifecycleLock.runExclusive(() => {');
    expect(output).toContain('if (!isStopping2) return;');
  });
});

describe('a hold over a part of a method', () => {
  const partial = (start: string): string => dedent`
    import { Mutex } from 'async-mutex';
    export class A {
      private readonly mutex = new Mutex();
      private up = false;
      private task?: Promise<void>;
      async start(): Promise<Done> {
        ${start}
      }
      async stop(): Promise<void> {
        return this.mutex.runExclusive(async () => {
          await this.task;
          this.up = false;
        });
      }
    }
  `;

  test.each([
    [
      'declares the same name inside and before',
      'const a = this.up;\n    if (a) return done();\n    return this.mutex.runExclusive(async () => {\n      const a = await go();\n      this.up = true;\n      return a;\n    });',
    ],
    [
      'drops the value that comes from under it',
      'if (this.up) return done();\n    await this.mutex.runExclusive(async () => {\n      this.up = await go();\n    });',
    ],
    [
      'returns early from the callback alone',
      'await this.mutex.runExclusive(async () => {\n      if (this.up) return;\n      this.up = true;\n    });\n    return go();',
    ],
    [
      'sets what the rest reads',
      'await this.mutex.runExclusive(async () => {\n      this.task = go();\n    });\n    await this.task;\n    this.up = true;\n    return done();',
    ],
  ])('is not widened where the method %s', (_name, start) => {
    expect(mend(partial(start))).toMatch(/^start\(\) holds mutex over part of its body, which cannot be widened by moving its ends$/);
  });

  test('is not widened where there are two', () => {
    const start =
      'await this.mutex.runExclusive(async () => {\n      this.up = true;\n    });\n    await go();\n    await this.mutex.runExclusive(async () => {\n      this.up = false;\n    });';
    expect(mend(partial(start))).toBe('start() takes mutex more than once');
  });
});

describe('an abort with which stop begins (case 21)', () => {
  const abortable = (start: string, stop: string): string => dedent`
    export class A {
      private abort: AbortController | undefined;
      private up = false;
      async start(): Promise<void> {
        if (this.up) return;
        ${start}
        this.up = true;
      }
      async stop(): Promise<void> {
        ${stop}
        this.up = false;
        await go();
      }
      private async open(): Promise<void> { this.abort = new AbortController(); await go(this.abort.signal); }
    }
  `;
  const early = 'this.abort?.abort(); // a start that is under way holds the lock\n    return this.lifecycleLock';

  test.each([
    ['start makes the controller and waits', 'this.abort = new AbortController();\n    await go();', 'this.abort?.abort();'],
    ['a method does so that start waits for', 'await this.open();', "log('stops');\n    this.abort?.abort();"],
  ])('also comes before the lock where %s', (_name, start, stop) => {
    expect(mend(abortable(start, stop))).toContain(early);
  });

  test.each([
    ['start does not wait after it made the controller', 'await go();\n    this.abort = new AbortController();', 'this.abort?.abort();'],
  ])('stays under the lock alone where %s', (_name, start, stop) => {
    const output = mend(abortable(start, stop));
    expect(output).toContain('runExclusive');
    expect(output).not.toContain('under way');
  });

  test.each([
    ['stop may end before', 'this.abort = new AbortController();\n    await go();', 'if (!this.up) return;\n    this.abort?.abort();'],
    ['stop calls its own first', 'this.abort = new AbortController();\n    await go();', 'this.open();\n    this.abort?.abort();'],
  ])('cannot come before the lock, and so leaves the class, where %s', (_name, start, stop) => {
    expect(mend(abortable(start, stop))).toBe(
      'stop() makes a start() that is under way give up, which it could not do while that holds the lock (this.abort)',
    );
  });
});
