import { describe, expect, test } from 'vitest';
import { readDrains } from '../../model/read-drains.ts';
import { readFlow } from '../../model/read-flow.ts';
import { readLocks } from '../../model/read-locks.ts';
import { readSides } from '../../model/read-sides.ts';
import { factsOf } from '../../model/services-of.ts';
import { DEFAULT_SETTINGS } from '../../model/settings.ts';
import type { Source } from '../../model/source.ts';
import { drainsOf, outlineDrains, serviceWith } from './drains-of.ts';
import { classIn, codeOf, parse, parseAsJavaScript, parseAsTypeScript } from './parse.ts';

describe('names and functions that lead back to themselves', () => {
  test.each([
    ['a local', 'let task = this.task; task = task ?? task; await task;', {}],
    ['two locals', 'let a = this.task; let b = a; a = b; await b;', {}],
    ['a function of the file', 'await ended(this.task);', { top: 'async function ended(work) { await ended(work); await work; }' }],
    ['two functions of the file', 'await one(this.task);', { top: 'const one = (work) => two(work); const two = async (work) => { await one(work); await work; };' }],
    ['a field', 'this.ending = this.ending ?? this.task; await this.ending;', {}],
  ])('%s', (_name, stop, around) => {
    expect(drainsOf(stop, around)).toHaveLength(1);
  });

  test('a helper that sleeps and calls itself is a poll; one that counts may end', () => {
    const helper = (params: string, args: string): object => ({ members: `async #idle(${params}) { if (!this.busy) return; await sleep(10); return this.#idle(${args}); }` });
    expect(drainsOf('await this.#idle();', helper('', ''))).toEqual(['#idle: no this.#idle()']);
    expect(drainsOf('await this.#idle(0);', helper('tries', 'tries + 1'))).toEqual(['#idle: unknown this.#idle(tries + 1)']);
  });
});

describe('only so much is read', () => {
  test('of helpers that all call each other', () => {
    const names = Array.from({ length: 40 }, (_, index) => `#m${index}`);
    const members = names.map((name) => `async ${name}() { await this.task; ${names.map((other) => `await this.${other}();`).join(' ')} }`).join('\n');
    const { drains, time } = timed(serviceWith('await this.#m0();', { members }));
    expect(drains).toBeGreaterThan(0);
    expect(time).toBeLessThan(3000);
  });

  test('of a long stop, each wait once', () => {
    const stop = Array.from({ length: 2000 }, (_, index) => `const p${index} = this.part${index}; await p${index}.stop();`).join('\n');
    const { drains, time } = timed(serviceWith(stop));
    expect(drains).toBe(2000);
    expect(time).toBeLessThan(3000);
  });
});

/** Only the drains: the other facts of a service are not at stake here. */
function timed(text: string): { readonly drains: number; readonly time: number } {
  const { program } = parse(text);
  const facts = classIn(text);
  const sides = readSides(facts, DEFAULT_SETTINGS);
  if (sides === undefined) throw new Error('no pair');
  const names = new Set(['start', 'stop']);
  const flows = [{ start: readFlow(facts, sides.start.main, names), stop: readFlow(facts, sides.stop.main, names) }];
  const lock = readLocks(facts, sides.start, sides.stop, 'no', DEFAULT_SETTINGS, program);
  const before = performance.now();
  const drains = readDrains(facts, sides, flows, { kind: 'background', lock, settings: DEFAULT_SETTINGS, program }).length;
  return { drains, time: performance.now() - before };
}

test('odd shapes', () => {
  expect(drainsOf('await 1; await null; await undefined; await (() => {})(); await `x`; await [, 1]; await {};')).toEqual([]);
  expect(drainsOf('await Promise.race(); await Promise.all(); await new Promise(); await new Promise(f); await this[name]; await this[name]();')).toEqual([]);
  expect(drainsOf('await Promise.race([, this.task, ...this.others]);')[0]).toMatch(/^stop: unknown/);
  expect(drainsOf('label: for (;;) { await this.tick(); break label; }')).toEqual([]);
  expect(outlineDrains('class A { start = () => { this.timer = setInterval(f, 10); }; stop = () => this.server.close(); }')).toEqual([]);
  expect(outlineDrains('class A { start = () => { this.timer = setInterval(f, 10); }; stop = async () => this.server.close(); }')).toEqual(['stop: no this.server.close()']);
});

test('the parsers agree', () => {
  const stop = `const { a, b: { c } } = this.parts; await c?.close(); await (this.x)?.['stop']?.();
    try { await Promise.race([this.task, new Promise((_, no) => { this.t = setTimeout(no, 9); })]); } catch { await this.y.end(); } finally { await this.z.quit(); }
    switch (this.state) { case 1: await this.u.close(); break; default: while (this.v) await sleep(1); }`;
  const text = serviceWith(stop);
  const outline = (source: Source): readonly string[] =>
    factsOf(source).services.flatMap(({ drains }) => drains.map(({ node, work, bounded, name }) => `${bounded} ${name} ${codeOf(text, node)} ${codeOf(text, work)}`));
  const expected = outline(parse(text));
  expect(expected).toHaveLength(7);
  expect(outline(parseAsTypeScript(text))).toEqual(expected);
  expect(outline(parseAsJavaScript(text))).toEqual(expected);
});
