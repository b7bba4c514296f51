import { describe, expect, test } from 'vitest';
import releaseTimers from '../../codemods/release-timers.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { serviceFixtures } from './cases.ts';

/** Why a text is left, after checking that it is. */
function whyLeft(text: string, fileName = 'service.ts'): readonly string[] {
  const result = runCodemods([releaseTimers], { fileName, text });
  expect(result.text).toBe(text);
  return result.services.flatMap(({ left }) => left.map(({ why }) => why));
}

const STOP = 'async stop() { await this.close(); }';

describe('leaves timers of which one field cannot keep every handle', () => {
  test('one for each call of another method', () => {
    const text = `class Retrier { async start() { await this.open(); } ${STOP} later(job) { setTimeout(() => { this.jobs.add(job); this.run(); }, 50); } async run() { await this.jobs.next(); } }`;
    expect(whyLeft(text)).toEqual(['setTimeout(…) is set by more than start(), so that one field cannot keep every handle']);
  });

  test('one for each item of a list', () => {
    const text = `class Checks { async start() { await this.open(); for (const one of this.all) setInterval(() => one.check(), 50); } ${STOP} }`;
    expect(whyLeft(text)).toEqual(['setInterval(…) is set where no statement can keep its handle']);
  });

  test('one that a property of an object keeps', () => {
    const text = `class Status { async start() { await this.open(); this.status.timer = setInterval(() => this.tick(), 50); } ${STOP} tick() { this.n++; } }`;
    expect(whyLeft(text)).toEqual(['setInterval(…) is kept in this.status.timer']);
  });
});

describe('leaves what clearing would break', () => {
  test('a timer that settles a promise', () => {
    const text = 'class Runner { async start() { this.running = true; await this.turn(); } async stop() { this.running = false; clearTimeout(this.timer); await this.done; } async turn() { while (this.running) { await new Promise((resolve) => { this.timer = setTimeout(resolve, 50); }); } } }';
    expect(whyLeft(text)).toEqual(['setTimeout(…) settles a promise that is waited for; let what clears it settle that too']);
  });

  test('a timer that does what stop waits for', () => {
    const text = 'class Queue { async start() { await this.open(); this.timer = setInterval(() => this.flush(), 50); } async stop() { while (this.left > 0) await this.tick(); } flush() { this.left = 0; } }';
    expect(whyLeft(text)).toEqual(['setInterval(…) does what stop() waits for']);
  });

  test('a timer of which each caller has one of its own', () => {
    const text = 'class Debouncer { async start() { await this.open(); } async stop() { clearTimeout(this.timer); await this.close(); } async later(job) { this.timer = setTimeout(() => this.send(job), 50); } }';
    expect(whyLeft(text)).toEqual(['setTimeout(…) does what its caller has asked for: clearing it would drop that of the caller before']);
  });

  test('a field that is looked at, and has no room for a handle that is gone', () => {
    const text = `class Poller { private timer!: NodeJS.Timeout; async start() { if (this.timer) return; await this.open(); this.timer = setInterval(() => this.poll(), 50); } ${STOP} }`;
    expect(whyLeft(text)).toEqual(['looks at this.timer, whose type has no room for a handle that is gone: this.timer']);
  });
});

describe('leaves what it cannot tell', () => {
  test('whether a flag that start does not lower is of this run', () => {
    const text = 'class Loop { stopped = false; async start() { await this.open(); this.turn(); } async stop() { this.stopped = true; clearTimeout(this.timer); await this.close(); } turn() { this.timer = setTimeout(async () => { await this.step(); this.turn(); }, 50); } }';
    expect(whyLeft(text)).toEqual(['nothing tells after line 1 whether stop() has been called']);
  });

  test('which listener is meant, where it is taken off by its name', () => {
    const text =
      "export function wait(bus) {\n  return new Promise((resolve, reject) => {\n    const timer = setTimeout(() => { bus.off('done', resolve); reject(1); }, 50);\n    bus.once('done', resolve);\n    bus.once('error', (error) => { clearTimeout(timer); bus.off('done', resolve); reject(error); });\n  });\n}\n";
    expect(whyLeft(text, 'wait.mjs')).toEqual(['line 4 settles the promise in a way that has no place to clear timer']);
  });

  test('where a call in parentheses ends', () => {
    const text =
      "export function wait(bus) {\n  return new Promise((resolve, reject) => {\n    const timer = setTimeout(() => reject(1), 50);\n    bus.once('error', (error) => { clearTimeout(timer); reject(error); });\n    bus.once('end', () => (resolve(2)));\n  });\n}\n";
    expect(whyLeft(text, 'wait.mjs')).toEqual(['line 5 settles the promise in a way that has no place to clear timer']);
  });

  test('whether stop has been called', () => {
    const text = 'class Loop { async start() { await this.turn(); } async stop() { clearTimeout(this.timer); await this.close(); } async turn() { await this.step(); this.timer = setTimeout(() => this.turn(), 50); } }';
    expect(whyLeft(text)).toEqual(['nothing tells after line 1 whether stop() has been called']);
  });

  test('whether a timer has an unref()', () => {
    const text = 'class Link { async start() { await this.open(); this.heartbeat = setInterval(() => this.beat(), 50); } async stop() { clearInterval(this.heartbeat); await this.close(); } beat() { this.socket.write(1); } }';
    expect(whyLeft(text)).toEqual(['setInterval(…) may run where a timer has no unref()']);
  });

  test('what comes later of what is declared before an interval is cleared', () => {
    const text = 'export async function run(work, tell) {\n  const timer = setInterval(tell, 50);\n  const result = await work();\n  clearInterval(timer);\n  await tell(result);\n}\n';
    expect(whyLeft(text, 'run.mjs')).toEqual(['what is declared before line 4 is used after it, and later than that the interval would go on']);
  });
});

test('a timer that only stop has emptied tells by itself whether it goes on', () => {
  const text = 'class Loop {\n  async start() {\n    await this.open();\n    this.timer = setTimeout(() => this.turn(), 50);\n  }\n  async stop() {\n    clearTimeout(this.timer);\n    this.timer = undefined;\n    await this.close();\n  }\n  async turn() {\n    await this.step();\n    this.timer = setTimeout(() => this.turn(), 50);\n  }\n}\n';
  const result = runCodemods([releaseTimers], { fileName: 'loop.mjs', text });
  expect(result.text).toBe(text.replace('    await this.step();\n    this', '    await this.step();\n    clearTimeout(this.timer);\n    if (this.timer !== undefined) this'));
});

test('a clear moves behind what uses the result, where nothing is waited for any more', () => {
  const before = 'export async function timed(work, tell) {\n  const progress = setInterval(tell, 1_000);\n  const result = await work();\n  clearInterval(progress);\n  return result;\n}\n';
  const after =
    'export async function timed(work, tell) {\n  const progress = setInterval(tell, 1_000);\n  try {\n    const result = await work();\n    return result;\n  } finally {\n    clearInterval(progress);\n  }\n}\n';
  const result = runCodemods([releaseTimers], { fileName: 'timed.mjs', text: before });
  expect(result.text).toBe(after);
  expect(runCodemods([releaseTimers], { fileName: 'timed.mjs', text: after }).text).toBe(after);
});

test('what it does to the services of the rule book holds', () => {
  for (const { name, text } of serviceFixtures()) {
    const result = runCodemods([releaseTimers], { fileName: name, text });
    expect(result.services.flatMap(({ left }) => left.filter(({ why }) => why.includes('did not hold')))).toEqual([]);
  }
});
