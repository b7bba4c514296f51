import { expect, test } from 'vitest';
import { parentsOf } from '../../model/ast/parents.ts';
import { bindingOf } from '../../model/names/binding-of.ts';
import { readNames } from '../../model/names/read-names.ts';
import { parse, parseAsJavaScript, parseAsTypeScript } from './parse.ts';

/** What `it` means at its last place in a text: the kind and the declaration. */
function meaningIn(text: string, read = parse): string {
  const { program } = read(text);
  const names = readNames(parentsOf(program));
  const last = [...parentsOf(program).keys()].filter((node) => node.type === 'Identifier' && node.name === 'it').toSorted((a, b) => a.range[0] - b.range[0]).at(-1);
  const binding = last && names.get(last);
  return binding === undefined ? 'global' : `${binding.kind} ${text.slice(...binding.node.range)}`;
}

test.each([
  ['import it from "it"; it;', 'import it'],
  ['import { other as it } from "it"; it;', 'import other as it'],
  ['import * as it from "it"; it;', 'import * as it'],
  ['const { a: [it] } = b; it;', 'const { a: [it] } = b'],
  ['let it; { let it = 1; } it;', 'let it'],
  ['function f(it) { { it; } }', 'parameter it'],
  ['function f(it = 1) { it; }', 'parameter it = 1'],
  ['function it() {} it;', 'function function it() {}'],
  ['(function it() { it; });', 'function function it() { it; }'],
  ['class it {} new it();', 'class class it {}'],
  ['(class it { a = it; });', 'class class it { a = it; }'],
  ['try {} catch (it) { it; }', 'catch it'],
  ['try {} catch ({ it }) { it; }', 'catch { it }'],
  ['for (const it of them) it;', 'const it'],
  ['for (const it of them); it;', 'global'],
  ['{ const it = 1; } it;', 'global'],
  ['switch (a) { case 1: let it; break; default: it; }', 'let it'],
  // A `var` belongs to its function, wherever in it it stands.
  ['function f() { if (a) { var it = 1; } return it; }', 'let it = 1'],
  ['function f() { for (var it of them); return it; } ', 'let it'],
  ['it = 1; var it;', 'let it'],
  ['function f() { return it; } const it = 1;', 'const it = 1'],
])('%s', (text, expected) => {
  expect(meaningIn(text)).toBe(expected);
  expect(meaningIn(text, parseAsTypeScript)).toBe(expected);
  expect(meaningIn(text, parseAsJavaScript)).toBe(expected);
});

test.each([
  'const it = 1; a.it;',
  'const it = 1; ({ it: 1 });',
  'const it = 1; class A { it() {} }',
  'const it = 1; class A { it = 1; }',
  'const it = 1; it: for (;;) break it;',
])('a key or a label is none: %s', (text) => {
  expect(meaningIn(text)).toBe('global');
});

test.each([
  ['import it = require("it"); it;', 'import import it = require("it");'],
  ['class A { constructor(private it: B) { it; } }', 'parameter private it: B'],
  ['namespace A { const it = 1; } it;', 'global'],
  ['namespace A { const it = 1; it; }', 'const it = 1'],
  ['const it = 1; interface A { it: B; it(): void }', 'global'],
])('TypeScript: %s', (text, expected) => {
  expect(meaningIn(text)).toBe(expected);
  expect(meaningIn(text, parseAsTypeScript)).toBe(expected);
});

test('the mentions of a name, in the order of the text', () => {
  const { program, text } = parse(';it(); const it = () => { it(); { const it = 1; } return { it, a: it.it }; };');
  const parents = parentsOf(program);
  const names = readNames(parents);
  const outer = bindingOf('it', program, parents);
  expect(outer && names.mentionsOf(outer).map(({ range }) => text.slice(range[0] - 1, range[1] + 1))).toEqual([';it(', ' it(', ' it,', ' it.']);
});
