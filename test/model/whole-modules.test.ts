import { expect, test } from 'vitest';
import { hostOf } from '../../model/references/host-of.ts';
import { readReference } from '../../model/references/read-reference.ts';
import { wholeModulesIn } from '../../model/references/whole-modules.ts';
import { codeOf, parse } from './parse.ts';

test.each([
  ['import * as ns from "./x"; new ns.X(); let a: ns.Y; const { Z } = ns;', []],
  ['import * as ns from "./x"; Object.values(ns);', ['./x: ns']],
  ['import * as ns from "./x"; new ns[name]();', ['./x: ns']],
  ['import * as ns from "./x"; const { X, ...others } = ns;', ['./x: ns']],
  ['const { X } = await import("./x"); (await import("./x")).X; import("./x").then((m) => m.X);', []],
  ['const x = await import("./x"); new x.X();', []],
  ['const x = await import("./x"); register(x);', ['./x: x']],
  ['lazy(() => import("./x"));', ['./x: import("./x")']],
  ['import("./x").then(register);', ['./x: import("./x")']],
  ['const { X } = require("./x"); require("./x"); const x = require("./x"); x.Y();', []],
  ['module.exports = require("./x");', ['./x: require("./x")']],
])('%s', (text, expected) => {
  expect(wholeModulesIn(parse(text)).map(({ specifier, node }) => `${specifier}: ${codeOf(text, node)}`)).toEqual(expected);
});

test.each([
  ['new |X();', 'module: the module'],
  ['async function main() { new |X(); }', 'function: main()'],
  ['class A { async open() { new |X(); } }', 'function: A.open()'],
  ['class A { open = async () => { new |X(); }; }', 'function: A.open()'],
  ['class A { constructor() { new |X(); } }', 'constructor: the constructor of A'],
  ['class A { x = new |X(); }', 'class: a field of A'],
  ['class A { static { new |X(); } }', 'class: a static block of A'],
  ['async function main() { class A { x = new |X(); } }', 'class: a field of A'],
  ['async function main(x = new |X()) {}', 'parameter: a parameter of main()'],
  ['async function main() { list.map(() => new |X()); }', 'function: a function without a name'],
  ['async function main() { class A extends mixin(new |X()) {} }', 'class: the head of a class'],
])('what %s runs with', (marked, expected) => {
  const source = parse(marked.replace('|', ''));
  const node = readReference(source, marked.indexOf('|'))?.node;
  const host = node && hostOf(node, source.program);
  expect(`${host?.kind ?? ''}: ${host?.name ?? ''}`).toBe(expected);
});
