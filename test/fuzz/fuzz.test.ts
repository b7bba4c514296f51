import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '../../codemods/parse.ts';
import { checkText } from '../../tools/fuzz/check-text.ts';
import { fuzzGenerated } from '../../tools/fuzz/generated.ts';
import { hostileFile } from '../../tools/fuzz/hostile-class.ts';
import { lostToken } from '../../tools/fuzz/lost-token.ts';

test('no rule and no codemod crashes, loses text or is not done after one run, on odd classes', () => {
  const { cases, parsed, services, mended, faults } = fuzzGenerated(15, 2026, Infinity);
  expect(faults).toEqual([]);
  expect(cases).toBe(15);
  // The generator would else prove nothing.
  expect(parsed).toBeGreaterThan(12);
  expect(services).toBeGreaterThan(10);
  expect(mended).toBeGreaterThan(10);
});

test('the generated files are the same for the same seed, and nearly all of them parse', () => {
  const [one, other] = [1, 2].map(() => fc.sample(hostileFile, { seed: 7, numRuns: 100 }));
  expect(one).toEqual(other);
  const unparsable = one?.filter(({ fileName, text }) => {
    try {
      parse(fileName, text.replace(/^\uFEFF/, ''));
      return false;
    } catch {
      return true;
    }
  });
  expect(unparsable?.length).toBeLessThan(10);
});

describe('what the fuzzer looks for, it finds', () => {
  const lost = (before: string, after: string): string | undefined => lostToken(before, after, (text) => parse('a.tsx', text));

  test.each([
    ['a(); // why', 'a();', 'Line why'],
    ['a(); /* why */ b();', 'a(); b();', 'Block why'],
    ['a("x", \'x\');', 'a("x");', "literal 'x'"],
    ['a(/x/g);', 'a(/x/);', 'literal /x/g'],
    ['a(`x ${b} y`);', 'a(`x ${b}`);', 'text } y`'],
    ['a(b); b();', 'a(b);', 'name b'],
    ['class A { #x; }', 'class A {}', 'name x'],
    ['<a>text</a>;', '<a></a>;', 'text text'],
    ['a(1_0);', 'a(10);', 'literal 1_0'],
  ])('%j as %j', (before, after, token) => {
    expect(lost(before, after)).toBe(token);
  });

  test.each([
    ['moved', 'a(); /* 1 */ b(); // 2', 'b(); // 2\na(); /* 1 */'],
    ['indented anew', '/* 1\n * 2 */ a();', 'if (x) { /* 1\n    * 2 */ a(); }'],
    ['indented anew as JSX', '<a>\n  text\n</a>;', 'if (x) {\n  <a>\n    text\n  </a>;\n}'],
  ])('but not what is only %s', (_, before, after) => {
    expect(lost(before, after)).toBeUndefined();
  });

  test('a text that does not parse is none of its business', () => {
    expect(checkText('a.js', 'class {{')).toEqual({ isParsable: false, services: 0, mended: 0, faults: [] });
  });
});
