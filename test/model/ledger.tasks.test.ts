import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import { tasksIn } from './ledger-of.ts';

const LOOP = 'async #run() { for (;;) { await step(); } }';

describe('where a task is kept, and whether stop waits for it', () => {
  test.each([
    ['void this.#run();', '', 'nowhere, joined no'],
    ['this.#run();', '', 'nowhere, joined no'],
    ['this.task = this.#run();', '', 'in field task, joined no'],
    ['this.task = this.#run();', 'await this.task;', 'in field task, joined yes'],
    ['this.task = this.#run();', 'const task = this.task; this.task = undefined; await task;', 'in field task, joined yes'],
    ['this.task = this.#run();', 'const { task } = this; await Promise.race([task, deadline()]);', 'in field task, joined yes'],
    ['this.task = this.#run();', 'await pTimeout(this.task, { milliseconds: 5 });', 'in field task, joined yes'],
    ['this.task = this.#run();', 'return this.task;', 'in field task, joined yes'],
    ['this.task = this.#run();', 'await this.#drain();', 'in field task, joined yes'],
    ['const task = this.#run(); this.task = task;', 'await this.task;', 'in field task, joined yes'],
    ['this.tasks.push(this.#run());', 'await Promise.all(this.tasks);', 'in collection tasks, joined yes'],
    ['this.tasks.add(this.#run());', 'await Promise.allSettled([...this.tasks]);', 'in collection tasks, joined yes'],
    ['this.tasks.set(1, this.#run());', 'for (const task of this.tasks.values()) await task;', 'in collection tasks, joined yes'],
    ['this.tasks.add(this.#run());', 'await Promise.all(Array.from(this.tasks.values()));', 'in collection tasks, joined yes'],
    ['this.tasks = [this.#run()];', 'for (const [i, task] of this.tasks.entries()) await task;', 'in collection tasks, joined yes'],
    ['this.task = this.#run();', 'supervise(this.task);', 'in field task, joined unknown'],
    ['supervise(this.#run());', '', 'elsewhere, joined unknown'],
  ])('%s … %s', (start, stop, expected) => {
    const [task] = tasksIn(`class A { async start() { ${start} } async stop() { ${stop} } async #drain() { await this.task; } ${LOOP} }`);
    expect(task?.split(', observed')[0]).toBe(`this.#run() from start ${expected}`);
  });

  test.each([
    'await this.#run();',
    'return this.#run();',
    'const run = this.#run(); await ready(); await run;',
    'await Promise.all([this.#run(), other()]);',
    'await (this.task = this.#run());',
    'await this.lock.runExclusive(() => this.#run());',
  ])('awaited after all: %s', (start) => {
    expect(tasksIn(`class A { async start() { ${start} } async stop() { this.x = 1; } ${LOOP} }`)).toEqual([]);
  });

  test('handed to others by a getter, or awaited by another method', () => {
    const before = 'class A { async start() { this.task = this.#run(); } async stop() { this.on = false; }';
    expect(tasksIn(`${before} get done() { return this.task; } ${LOOP} }`)).toEqual(['this.#run() from start in field task, joined unknown, observed unknown']);
    expect(tasksIn(`${before} async idle() { await this.task; } ${LOOP} }`)).toEqual(['this.#run() from start in field task, joined unknown, observed no']);
  });

  test('a field of a base that cannot be seen', () => {
    expect(tasksIn(`class A extends Base { async start() { this.task = this.#run(); } async stop() { await super.stop(); } ${LOOP} }`)).toEqual([
      'this.#run() from start in field task, joined unknown, observed no',
    ]);
  });

  test('stop waits in another way', () => {
    const waits = (stop: string, run: string) => tasksIn(`class A { async start() { void this.#run(); } async stop() { ${stop} } async #run() { ${run} } }`);
    const unknown = ['this.#run() from start nowhere, joined unknown, observed no'];
    expect(waits('while (this.busy) await sleep(10);', 'this.busy = true; await a(); await b(); this.busy = false;')).toEqual(unknown);
    expect(waits('await new Promise((r) => { this.done = r; });', 'await a(); await b(); this.done?.();')).toEqual(unknown);
    expect(waits('await once(this, "end"); await new Promise((r) => this.once("end", r));', 'await a(); await b(); this.emit("end");')).toEqual(unknown);
    expect(waits('await this.lock.runExclusive(() => {});', 'await this.lock.runExclusive(async () => { await a(); await b(); });')).toEqual(unknown);
    expect(waits('await this.worker.shutdown();', 'await this.worker.run();')).toEqual(unknown);
    expect(waits('await this.socket.close();', 'for await (const m of this.socket) await handle(m);')).toEqual(['this.#run() from start nowhere, joined no, observed no']);
  });

  test('work that stops the service itself cannot be waited for', () => {
    expect(tasksIn('class A { async start() { void this.#run(); } async stop() { this.x = 1; } async #run() { await a(); await this.stop(); } }')).toEqual([
      'this.#run() from start nowhere, joined unknown, observed no',
    ]);
    expect(tasksIn('class A { async start() { setTimeout(() => void this.stop(), 5); } async stop() { await a(); await b(); this.x = 1; } }')).toEqual([
      'this.stop() from timer nowhere, joined unknown, observed no',
    ]);
  });
});

describe('observed', () => {
  test.each([
    ['this.#run().catch(log)', '', 'yes'],
    ['this.#run().then(ok, failed)', '', 'yes'],
    ['this.#run().catch(log).finally(done)', '', 'yes'],
    ['this.#run().finally(done)', '', 'no'],
    ['this.#run().catch((e) => { throw e; })', '', 'unknown'],
    ['this.#run()', 'try { await a(); } catch (e) { log(e); }', 'yes'],
    ['this.#run()', 'try { await a(); } finally { b(); }', 'no'],
    ['this.#run()', 'while (this.on) { try { await a(); } catch (e) { log(e); } await sleep(10); }', 'yes'],
    ['this.#run()', 'for await (const x of y) { try { await x(); } catch {} }', 'no'],
    ['this.#run()', 'try { await a(); } catch (e) { if (!ours(e)) throw e; }', 'unknown'],
    ['this.#run()', 'await this.#inner();', 'yes'],
  ])('%s { %s }', (spawn, body, expected) => {
    const text = `class A { async start() { ${spawn}; } async stop() { this.x = 1; } async #run() { ${body === '' ? 'await a();' : body} } async #inner() { try { await a(); } catch {} } }`;
    expect(tasksIn(text).map((task) => task.split('observed ')[1])).toEqual([expected]);
  });

  test('a catch that is attached to the field, or to the local', () => {
    expect(tasksIn(`class A { async start() { this.task = this.#run(); this.task.catch(() => {}); } async stop() { await this.task; } ${LOOP} }`)).toEqual([
      'this.#run() from start in field task, joined yes, observed yes',
    ]);
    expect(tasksIn(`class A { async start() { const run = this.#run(); run.catch(log); } async stop() { this.x = 1; } ${LOOP} }`)).toEqual([
      'this.#run() from start in local run, joined no, observed yes',
    ]);
  });
});

describe('from where', () => {
  test('timers, listeners and methods of the class are followed', () => {
    const text = dedent`
      class A {
        async start() {
          setInterval(() => void this.#tick(), 5);
          this.bus.on('x', this.onX);
          this.list.forEach((one) => { this.#each(one); });
        }
        async stop() { await this.bus.close(); }
        onX = () => { this.#handle(); };
        publish() { void this.#tick(); }
        async #tick() { await a(); }
        async #handle() { await a(); }
        async #each() { await a(); }
      }
    `;
    expect(tasksIn(text).map((task) => task.split(' nowhere')[0])).toEqual([
      'this.#tick() from timer',
      'this.#each(…) from start',
      'this.#handle() from call+event',
      'this.#tick() from call',
    ]);
  });

  test('an async function that a timer calls is a task of its own', () => {
    expect(tasksIn('class A { async start() { this.t = setInterval(async () => { await a(); }, 5); } async stop() { clearInterval(this.t); } }')).toEqual([
      'the async callback of setInterval(…) from timer nowhere, joined no, observed no',
    ]);
    expect(tasksIn('class A { async start() { this.t = setInterval(this.tick.bind(this), 5); } async stop() { clearInterval(this.t); } async tick() { await a(); } }')).toEqual([
      'this.tick() from timer nowhere, joined no, observed no',
    ]);
  });

  test('no task: a function with nothing to wait for, a log, a sleep of node:timers/promises', () => {
    expect(tasksIn('class A { async start() { this.#run(); void console.log(1); } async stop() { await b(); } async #run() { this.x = 1; } }')).toEqual([]);
  });
});

test('a chain is named after what can fail in it', () => {
  const [task] = tasksIn('class A { async start() { Promise.resolve().then(() => step()); } async stop() { await end(); } }');
  expect(task).toMatch(/^Promise\.resolve\(\)\.then\(…\) from start/);
});
