import { describe, expect, test } from 'vitest';
import { visit } from '../../model/ast/visit.ts';
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
    expect(drainsOf('await this.#idle();', helper('', ''))).toEqual(['stop: no this.#idle()']);
    expect(drainsOf('await this.#idle(0);', helper('tries', 'tries + 1'))).toEqual(['stop: unknown this.#idle(0)']);
  });
});

describe('only so much is read', () => {
  test('of helpers that all call each other', () => {
    const members = (length: number): string => {
      const names = Array.from({ length }, (_, index) => `#m${index}`);
      return names.map((name) => `async ${name}() { await this.task; ${names.map((other) => `await this.${other}();`).join(' ')} }`).join('\n');
    };
    const effort = (length: number): ReturnType<typeof effortOf> => effortOf(serviceWith('await this.#m0();', { members: members(length) }));
    const [few, many] = [effort(10), effort(40)];
    expect(few.drains).toBe(10);
    expect(many.drains).toBeGreaterThan(0);
    // The text has grown by as much.
    expect(many.looks).toBeLessThan(16 * few.looks);
  });

  test('of a long stop, each wait once', () => {
    const stop = (length: number): string => Array.from({ length }, (_, index) => `const p${index} = this.part${index}; await p${index}.stop();`).join('\n');
    const [one, two] = [effortOf(serviceWith(stop(1000))), effortOf(serviceWith(stop(2000)))];
    expect([one.drains, two.drains]).toEqual([1000, 2000]);
    expect(two.looks).toBeLessThan(2.1 * one.looks);
  });
});

/** Only the drains, and how often the type of a node is looked at: the other facts of a service are not at stake here. */
function effortOf(text: string): { readonly drains: number; readonly looks: number } {
  const { program } = parse(text);
  const facts = classIn(text);
  const sides = readSides(facts, DEFAULT_SETTINGS);
  if (sides === undefined) throw new Error('no pair');
  const names = new Set(['start', 'stop']);
  const flows = [{ start: readFlow(facts, sides.start.main, names), stop: readFlow(facts, sides.stop.main, names) }];
  const lock = readLocks(facts, sides.start, sides.stop, 'no', DEFAULT_SETTINGS, program);
  let looks = 0;
  visit(facts.node, (node) => {
    const { type } = node;
    const get = (): typeof type => {
      looks++;
      return type;
    };
    Object.defineProperty(node, 'type', { get, enumerable: true });
    return undefined;
  });
  looks = 0;
  const drains = readDrains(facts, sides, flows, { kind: 'background', lock, settings: DEFAULT_SETTINGS, program }).length;
  return { drains, looks };
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
