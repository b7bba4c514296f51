import fc from 'fast-check';
import { block, expression, FIELDS, statement, synchronous } from './hostile-statements.ts';

/** A source file with odd classes in it. */
export interface HostileFile {
  readonly fileName: string;
  readonly text: string;
}

const PAIRS = [
  ['start', 'stop'], ['run', 'close'], ['connect', 'disconnect'], ['open', 'close'], ['listen', 'close'], ['init', 'dispose'], ['start', '[Symbol.asyncDispose]'], ['onModuleInit', 'onModuleDestroy'],
] as const;

const HEADS = [
  'class A', 'export class A', 'export default class', 'export default class A', 'class A extends Base', 'class A‹<T extends object = {}>› extends (class { stop() {} })', 'export const A = class', 'module.exports = class A',
  '@dec() @ns.other({ a: 1 }) class A', 'class A‹ implements Runnable, AsyncDisposable›', 'class get', 'const make = (Base) => class extends Base', '‹export abstract ›class A', 'class A extends mixin(Base, `x${1}`)',
] as const;

const FILES = ['a.ts', 'a.js', 'a.mts', 'a.cjs', 'a.tsx', 'a.jsx', 'a.mjs'] as const;

const TRIVIA = [' ', ' ', ' ', ' ', '\n', '\n  ', '\t', ' /* c? */ ', ' // c?\n', '\n/** c? {@link} */\n', ' /* c?\n * } */ ', '\u00A0', '\n\n', ' // c? \u2028\n'] as const;

const name = fc.constantFrom(...PAIRS.flat(), 'loop', 'tick', 'get', 'static', 'async', 'constructor_', "'quoted name'", '42', '[`computed`]', '#secret', '["start"]');
const modifiers = fc.constantFrom('', '', '', 'async ', 'async ', 'static ', 'static async ', '*', 'async *', '‹private ›', '‹protected override ›async ', '@dec ', '@dec()§async ', 'get ', 'async§/* c? */ ');
const params = fc.constantFrom('', '', '', 'options = {}', '{ signal, ...rest } = {}', '...args', 'a‹: string›, b‹?: number›', 'cb = async () => { await this.stop(); }');

const method = fc.tuple(modifiers, name, params, block).map(([modifier, key, parameters, body]) => {
  const isAsync = modifier.includes('async');
  return `${modifier}${key}§(${modifier === 'get ' ? '' : parameters})‹: any›§${isAsync ? body : synchronous(body)}`;
});

const member = fc.oneof(
  { weight: 3, arbitrary: method },
  fc.tuple(fc.constantFrom(...FIELDS, 'extra', "'x-y'", '[key()]'), fc.constantFrom('', 'static ', '‹readonly ›', '‹private › ', '@dec '), expression).map(([key, modifier, value]) => `${modifier}${key}‹: any›§=§(${synchronous(value)});`),
  fc.constantFrom(...FIELDS).map((key) => `${key};`),
  block.map((body) => `static§${synchronous(body).replaceAll(/\barguments\b/g, 'args').replaceAll(/\breturn\b/g, 'void 0,').replaceAll(/void 0,§?;/g, ';')}`),
  fc.tuple(name, block).map(([key, body]) => `${key} = async () => ${body};`),
  fc.constantFrom(';', ';;', '‹[key: string]: any;›', '‹declare x: number;›', 'accessor y = 1;', '‹start(): void;›', 'get;', 'set§;', 'static;'),
  fc.constantFrom('constructor() { super(); this.start(); }', 'constructor() { setInterval(() => {}, 1); }', 'constructor(‹private readonly ›deps) {}'),
);

/** The two sides as they usually look, so that most files hold a service. */
const sides = fc
  .tuple(fc.constantFrom(...PAIRS), fc.array(statement, { maxLength: 5 }), fc.array(statement, { maxLength: 5 }), fc.boolean())
  .map(([[start, stop], first, last, isArrow]) => {
    const side = (key: string, body: readonly string[]): string =>
      isArrow && !key.startsWith('[') ? `${key} = async ()‹: Promise<void>› => {§${body.join('§')}§};` : `async ${key}()‹: Promise<any>›§{§${body.join('§')}§}`;
    return [side(start, ['if (this.running) return;', 'await connect();', ...first, 'this.running = true;']), side(stop, [...last, 'await this.#server.close();', 'this.running = false;'])];
  });

const oddClass = fc.tuple(fc.constantFrom(...HEADS), fc.option(sides, { freq: 8 }), fc.array(member, { maxLength: 4 }), fc.nat()).map(([head, pair, others, seed]) => {
  const privates = FIELDS.filter((field) => field.startsWith('#') && !others.some((one) => one.includes(`${field}‹`) || one.startsWith(`${field};`)));
  const members = [...privates.map((field) => `${field};`), ...(pair ?? []), ...others];
  const start = seed % members.length;
  return `${head} {§${[...members.slice(start), ...members.slice(0, start)].join('§')}§}`;
});

const placed = fc.tuple(oddClass, fc.constantFrom('', '', '', 'function', 'block', 'object', 'class')).map(([text, where]) => {
  const inner = text.replace(/^(?:export default|export|module\.exports =) ?/, '').replace(/^class \{|^class§?\{/, 'class Inner {').replace('‹export abstract ›', '');
  if (where === 'function') return `function factory() {§${inner};§}`;
  if (where === 'block') return `{§${inner};§}`;
  if (where === 'object') return inner.startsWith('class') ? `const box = { kept: 1,§made: ${inner},§async start() {}, stop() {} };` : text;
  if (where === 'class') return inner.startsWith('class') ? `class Outer { start() {}§static Inner = ${inner};§async stop() { await 1; } }` : text;
  return text;
});

const header = fc.constantFrom('', "import { connect } from './net.js';", "'use strict';\nconst { connect } = require('./net');", '#!/usr/bin/env node\n', '/* c? */', "import type‹›§from './x';", 'import { Mutex } from "async-mutex"\n');

/** Files of every kind; not every one of them parses, most do. */
export const hostileFile: fc.Arbitrary<HostileFile> = fc
  .record({
    fileName: fc.constantFrom(...FILES),
    header,
    classes: fc.array(placed, { minLength: 1, maxLength: 2 }),
    trivia: fc.array(fc.constantFrom(...TRIVIA), { minLength: 1, maxLength: 25 }),
    hasCrlf: fc.boolean(),
    hasBom: fc.boolean(),
  })
  .map(({ fileName, header: first, classes, trivia, hasCrlf, hasBom }) => {
    const isTypeScript = /tsx?$/.test(fileName);
    const marked = [first, ...classes].join(';\n');
    const typed = marked.replaceAll(/‹([^›]*)›/g, isTypeScript ? '$1' : '');
    let place = 0;
    let comment = 0;
    const text = typed.replaceAll('§', () => trivia[place++ % trivia.length] ?? ' ').replaceAll('c?', () => `comment ${String(comment++)}`);
    return { fileName, text: (hasBom && !text.startsWith('#') ? '\uFEFF' : '') + (hasCrlf ? text.replaceAll('\n', '\r\n') : text) };
  });
