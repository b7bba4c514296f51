import { expect, test } from 'vitest';
import { otherClassesOf } from '../../model/why-no-service.ts';
import { parse } from './parse.ts';

test.each([
  ['no-pair', 'class A { async run() {} }'],
  ['declared', 'declare class A { start(): Promise<void>; stop(): Promise<void>; }'],
  ['synchronous', 'class A { start() { this.on = true; } stop() { this.on = false; } }'],
  ['empty', 'class A { async start() {} async stop() {} }'],
  ['only-super', 'class A extends B { async start() { await super.start(); } async stop() { await super.stop(); } }'],
  ['keyed', 'class A { async start(id) { await this.m.get(id).open(); } async stop(id) { await this.m.get(id).close(); } }'],
  ['factory', 'class A { async connect() { return { client: await dial() }; } async disconnect() { await log(); } }'],
  ['no-evidence', 'class A { async init() { await a(); } async destroy() { await b(); } }'],
])('%s', (why, text) => {
  const [first] = otherClassesOf(parse(text));
  expect(first === undefined ? undefined : [first.facts.name, first.why]).toEqual(['A', why]);
});

test('a service is none of them', () => {
  expect(otherClassesOf(parse('class A { async start() { this.s = await open(); } async stop() { await this.s.close(); } }'))).toEqual([]);
});
