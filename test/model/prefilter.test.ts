import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { visit } from '../../model/ast/visit.ts';
import { mayHoldService, mayHoldStop } from '../../model/prefilter.ts';
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
