import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { visit } from '../../model/ast/visit.ts';
import { mayHoldFinalizer, mayHoldProvider, mayHoldService, mayHoldStart, mayHoldStop } from '../../model/prefilter.ts';
import { factsOf } from '../../model/services-of.ts';
import type { Source } from '../../model/source.ts';
import { parse } from './parse.ts';

describe('texts that may hold a service', () => {
  test('methods, arrow-function members and string keys', () => {
    expect(mayHoldService('class A { start() {} stop() {} }')).toBe(true);
    expect(mayHoldService('class A { start = async () => {}; stop = async () => {}; }')).toBe(true);
    expect(mayHoldService('class A { "connect"() {} ["disconnect"]() {} }')).toBe(true);
    expect(mayHoldService('class A { [`open`]() {} [`close`]() {} }')).toBe(true);
  });

  test('whatever stands between a name and its parenthesis', () => {
    expect(mayHoldService('class A { start  \n () {} stop /* once */ () {} }')).toBe(true);
    expect(mayHoldService('class A { start // first\n () {} stop() {} }')).toBe(true);
    expect(mayHoldService('class A { start<T>(by: T) {} stop?(): void; stop() {} }')).toBe(true);
  });

  test('comments of any shape, with no end to the search', () => {
    expect(mayHoldService('class A { start /** a **/ /* b */ // c // d\r\n /***/ () {} stop() {} }')).toBe(true);
    expect(mayHoldService(`class A { start ${'/'.repeat(5000)}\n${'/* // */ '.repeat(5000)}\n} start ${'/*'.repeat(5000)}`)).toBe(false);
  });

  test('well-known symbols', () => {
    expect(mayHoldService('class A { start() {} async [Symbol.asyncDispose]() {} }')).toBe(true);
  });

  test('names of settings, also with a dollar', () => {
    expect(mayHoldService('class A { boot() {} halt() {} }')).toBe(false);
    expect(mayHoldService('class A { boot() {} halt() {} }', [['boot', 'halt']])).toBe(true);
    expect(mayHoldService('class A { $on() {} $off() {} }', [['$on', '$off']])).toBe(true);
  });
});

describe('texts that hold none', () => {
  test('no class', () => {
    expect(mayHoldService('const poller = { start() {}, stop() {} };')).toBe(false);
  });

  test('one side, or two that make no pair', () => {
    expect(mayHoldService('class A { start() {} }')).toBe(false);
    expect(mayHoldService('class A { open() {} shutdown() {} }')).toBe(false);
  });

  test('calls of other things', () => {
    expect(mayHoldService('class A { go() { this.server.start(); this.server.stop(); restart(); unstop(); } }')).toBe(false);
  });

  test('private names', () => {
    expect(mayHoldService('class A { #start() {} #stop() {} }')).toBe(false);
  });
});

test('the stop alone is enough for classes that start while they are constructed', () => {
  expect(mayHoldStop('class A { constructor() { this.t = setInterval(f, 1); } close() {} }')).toBe(true);
  expect(mayHoldStop('class A { start() {} }')).toBe(false);
  expect(mayHoldStop('const a = { stop() {} };')).toBe(false);
});

test('finalizers, providers and starts may stand outside classes', () => {
  expect(mayHoldFinalizer("process.on('exit', stop);")).toBe(true);
  expect(mayHoldFinalizer('new FinalizationRegistry(stop);')).toBe(true);
  expect(mayHoldFinalizer('if (!ref.deref()) stop();')).toBe(true);
  expect(mayHoldFinalizer("import { onExit } from 'signal-exit';")).toBe(true);
  expect(mayHoldFinalizer('process.exit(1);')).toBe(false);
  expect(mayHoldProvider('({ useFactory: async () => { await client.connect(); } })')).toBe(true);
  expect(mayHoldProvider('async function createBus() { await bus.start(); }')).toBe(true);
  expect(mayHoldProvider('async function createBus() { return new Bus(); }')).toBe(false);
  expect(mayHoldProvider('async function run() { await bus.start(); }')).toBe(false);
  expect(mayHoldStart('await bus.start();')).toBe(true);
  expect(mayHoldStart('let bus; try { work(); } finally { await bus?.stop(); }')).toBe(true);
  expect(mayHoldStart('start(); listen();')).toBe(false);
});

test('an answer does not depend on what was asked before', () => {
  const text = 'class A { boot() {} halt() {} }';
  expect([mayHoldService(text), mayHoldService(text, [['boot', 'halt']]), mayHoldService(text)]).toEqual([false, true, false]);
});

/** The pieces of code in the tests of the model. */
function* snippets(): Generator<Source> {
  for (const name of readdirSync(import.meta.dirname)) {
    const texts: string[] = [];
    visit(parse(readFileSync(join(import.meta.dirname, name), 'utf8')).program, (node) => {
      if (node.type === 'TemplateElement') texts.push(node.value.cooked ?? '');
      if (node.type === 'Literal' && typeof node.value === 'string') texts.push(node.value);
      return undefined;
    });
    for (const text of texts) if (text.includes('class ')) yield* parsed(text);
  }
}

/** Names of tests speak of classes too, and are no code. */
function parsed(text: string): Source[] {
  try {
    return [parse(text)];
  } catch {
    return [];
  }
}

test('none of the services in the tests of the model is missed', () => {
  const holding = [...snippets()].filter((source) => factsOf(source).services.length > 0);
  expect(holding.length).toBeGreaterThan(150);
  expect(holding.filter(({ text }) => !mayHoldService(text)).map(({ text }) => text)).toEqual([]);
});

test('none of the constructions either', () => {
  const holding = [...snippets()].filter((source) => factsOf(source).constructions.length > 0);
  expect(holding.length).toBeGreaterThan(10);
  expect(holding.filter(({ text }) => !mayHoldStop(text)).map(({ text }) => text)).toEqual([]);
});
