import { expect, test } from 'vitest';
import { boundNames } from '../../model/ast/bound-names.ts';
import { parse } from './parse.ts';

test.each([
  ['let a, b = c;', ['a', 'b']],
  ['const { a, b: { c: [d, , ...e] }, [f]: g = h, ...i } = j;', ['a', 'd', 'e', 'g', 'i']],
  ['let a: Map<string, Set<B>>;', ['a']],
  ['a = b;', []],
])('%s', (text, names) => {
  expect(parse(text).program.body.flatMap(boundNames)).toEqual(names);
});

test('parameters, those that are fields too', () => {
  const [statement] = parse('class A { constructor(private readonly a: B, { c } = d, ...e) {} }').program.body;
  const member = statement?.type === 'ClassDeclaration' ? statement.body.body[0] : undefined;
  expect(member?.type === 'MethodDefinition' ? member.value.params.flatMap(boundNames) : []).toEqual(['a', 'c', 'e']);
});
