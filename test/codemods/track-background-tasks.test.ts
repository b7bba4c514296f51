import { describe, expect, test } from 'vitest';
import { runCodemods } from '../../codemods/run-codemod.ts';
import trackBackgroundTasks from '../../codemods/track-background-tasks.ts';
import { serviceFixtures } from './cases.ts';

/** Why a class with these members is left, after checking that its text is. */
function whyLeft(members: string): readonly string[] {
  const text = `class Service {\n${members}\n}`;
  const result = runCodemods([trackBackgroundTasks], { fileName: 'service.mjs', text });
  expect(result.text).toBe(text);
  return result.services.flatMap(({ left }) => left.map(({ why }) => why));
}

const START = 'async start() { await this.open(); void this.loop(); }';
const STOP = 'async stop() { this.stopped = true; await this.bus.publish(1); }';

describe('leaves what stop cannot end', () => {
  test('a loop that looks at nothing that stop changes', () => {
    expect(whyLeft(`${START} ${STOP} async loop() { while (this.isOpen) await this.step(); }`)).toEqual(['this.loop() goes round a loop at line 2 that stop() does not end']);
    expect(whyLeft(`${START} ${STOP} async loop() { for (;;) { await this.step(); if (this.isDone) return; } }`)).toEqual(['this.loop() goes round a loop at line 2 that stop() does not end']);
  });

  test('an iteration that stop does not close', () => {
    expect(whyLeft(`${START} ${STOP} async loop() { for await (const message of this.messages) await this.handle(message); }`)).toEqual([
      'this.loop() reads to the end of what stop() does not close, at line 2',
    ]);
  });

  test('a wait for what may never come, in a helper of the loop too', () => {
    expect(whyLeft(`${START} ${STOP} async loop() { while (!this.stopped) await this.turn(); } async turn() { const job = await this.queue.take(); await job(); }`)).toEqual([
      'this.loop() waits for this.queue.take() at line 2, which stop() does not end',
    ]);
    expect(whyLeft(`${START} ${STOP} async loop() { while (!this.stopped) await new Promise((resolve) => this.emitter.once('job', resolve)); }`)).toEqual([
      'this.loop() waits at line 2 for a promise that stop() does not settle',
    ]);
  });

  test('a sleep that is long, or of a length that nobody knows', () => {
    expect(whyLeft(`${START} ${STOP} async loop() { while (!this.stopped) { await this.step(); await sleep(60_000); } }`)).toEqual(['this.loop() sleeps at line 2, and stop() cannot cut that short']);
    expect(whyLeft(`${START} ${STOP} async loop() { while (!this.stopped) { await this.step(); await sleep(this.everyMs); } }`)).toEqual(['this.loop() sleeps at line 2, and stop() cannot cut that short']);
  });
});

describe('leaves a task that stop tells to end only sometimes', () => {
  const loop = 'async loop() { while (!this.stopped) await this.step(); }';

  test.each([
    'async stop() { if (this.soft) this.stopped = true; await this.bus.publish(1); }',
    'async stop() { if (this.soft) { this.stopped = true; await this.bus.publish(1); } }',
    'async stop() { this.soft && (this.stopped = true); await this.bus.publish(1); }',
    'async stop() { switch (this.mode) { case 1: this.stopped = true; } await this.bus.publish(1); }',
  ])('%s', (stop) => {
    expect(whyLeft(`${START} ${stop} ${loop}`)).toEqual(['stop() tells the task to end only on the condition at line 2']);
  });

  test('not where the condition asks whether there is anything to end', () => {
    const mended = (stop: string, body: string): string => runCodemods([trackBackgroundTasks], { fileName: 'service.mjs', text: `class Service {\n${START}\n${stop}\n${body}\n}` }).text;
    expect(mended('async stop() {\nif (!this.stopped) this.stopped = true;\nawait this.bus.publish(1);\n}', loop)).toContain('pTimeout');
    expect(mended('async stop() {\nconst { stream } = this;\nif (stream) stream.close();\nawait this.bus.publish(1);\n}', 'async loop() { for await (const one of this.stream) await this.step(one); }')).toContain('pTimeout');
  });
});

describe('never lets stop wait for what waits for stop', () => {
  test('a task that stops the service when it fails gets no more than a catch', () => {
    const loop = 'async loop() { while (!this.stopped) { try { await this.step(); } catch { void this.halt(); } } } async halt() { await this.stop(); }';
    const { text } = runCodemods([trackBackgroundTasks], { fileName: 'service.mjs', text: `class Service { ${START} ${STOP} ${loop} }` });
    expect(text).toContain('void this.loop(); }');
    expect(text).toContain("void this.halt().catch((error) => { console.error('background task failed: halt', error); });");
  });

  test('nor does one that takes the lock which stop holds', () => {
    const text =
      "import { Mutex } from 'async-mutex'; class Service { lock = new Mutex(); async start() { return this.lock.runExclusive(async () => { await this.open(); void this.loop(); }); } async stop() { return this.lock.runExclusive(async () => { this.stopped = true; await this.bus.publish(1); }); } async loop() { while (!this.stopped) await this.step(); await this.lock.runExclusive(() => this.tidy()); } }";
    const result = runCodemods([trackBackgroundTasks], { fileName: 'service.mjs', text });
    expect(result.text).toBe(text.replace('void this.loop()', "void this.loop().catch((error) => { console.error('background task failed: loop', error); })"));
  });
});

describe('leaves what one field cannot hold', () => {
  const RUN = 'async loop() { while (!this.stopped) { await this.step(); await this.other(); } }';

  test('the work of a listener', () => {
    expect(whyLeft(`async start() { this.bus.on('x', () => { void this.loop(); }); await this.open(); } ${STOP} ${RUN}`)).toEqual(['this.loop() is begun by a listener, and may be begun many times']);
  });

  test('work that is begun in a loop', () => {
    expect(whyLeft(`async start() { await this.open(); for (const one of this.all) void this.loop(one); } ${STOP} ${RUN}`)).toEqual(['this.loop(…) is begun in a loop, and needs more than one field']);
  });

  test('an async callback of a timer', () => {
    expect(whyLeft(`async start() { await this.open(); this.timer = setInterval(async () => { await this.a(); await this.b(); }, 5); } async stop() { clearInterval(this.timer); await this.c(); }`)).toEqual([
      'the async callback of setInterval(…) is called by the timer itself, with nobody to take its promise; put its work into a method',
    ]);
  });
});

test('leaves the body of a method under a lock that nobody waits for', () => {
  const text = `import { Mutex } from 'async-mutex';\nclass Service {\n lock = new Mutex();\n async start() {\n this.lock.runExclusive(async () => { await this.open(); this.socket = await this.connect(); });\n }\n async stop() {\n await this.socket.close();\n }\n}\n`;
  const result = runCodemods([trackBackgroundTasks], { fileName: 'service.mjs', text });
  expect(result.text).toBe(text);
  expect(result.services.flatMap(({ left }) => left.map(({ why }) => why))).toEqual(['this.lock.runExclusive(…) is work under a lock that nobody waits for; return its promise, or await it']);
});

describe('leaves what has no place to wait', () => {
  const RUN = 'async loop() { while (!this.stopped) { await this.step(); await this.other(); } }';

  test('a stop that is not async', () => {
    expect(whyLeft(`${START} stop() { this.stopped = true; } ${RUN}`)).toEqual(['stop() is not async, so that nobody waits for it; make it async first']);
  });

  test('a stop that returns something', () => {
    expect(whyLeft(`${START} async stop() {\n this.stopped = true;\n return this.bus.publish(1);\n } ${RUN}`)).toEqual(['stop() returns something at line 4']);
  });

  test('a comment that would be lost', () => {
    expect(whyLeft(`async start() {\n await this.open();\n void /* for ever */ this.loop();\n }\n async stop() {\n this.stopped = true;\n await this.bus.publish(1);\n } ${RUN}`)).toEqual(['a comment stands at line 4 in what would be replaced']);
  });

  test('a timer that stop does not clear', () => {
    expect(whyLeft(`async start() { await this.open(); setInterval(() => void this.loop(), 5); } ${STOP} async loop() { await this.a(); await this.b(); }`)).toEqual([
      'setInterval(…) is not surely cleared by stop; release-timers comes first',
    ]);
  });
});

test('leaves a promise of somebody else, which may be none', () => {
  expect(whyLeft(`async start() { await this.open(); void this.bus.flush(); } ${STOP}`)).toEqual(['this.bus.flush() is begun by something out of sight, which may be no promise']);
});

test('what it does to the services of the rule book holds', () => {
  for (const { name, text } of serviceFixtures()) {
    const result = runCodemods([trackBackgroundTasks], { fileName: name, text });
    expect(result.services.flatMap(({ left }) => left.filter(({ why }) => why.includes('did not hold')))).toEqual([]);
  }
});
