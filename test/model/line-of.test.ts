import { expect, test } from 'vitest';
import { lineOf, positionOf } from '../../model/line-of.ts';
import { parse } from './parse.ts';

test('lines and columns count from one', () => {
  const source = parse('let a;\nlet b;\n');
  expect([positionOf(source, 0), positionOf(source, 4), positionOf(source, 7)]).toEqual([
    { line: 1, column: 1 },
    { line: 1, column: 5 },
    { line: 2, column: 1 },
  ]);
});

test('a line break belongs to the line that it ends', () => {
  const source = parse('let a;\nlet b;');
  expect(positionOf(source, 6)).toEqual({ line: 1, column: 7 });
});

test('CRLF is one line break', () => {
  const source = parse('let a;\r\nlet b;\r\nlet c;');
  expect(source.program.body.map((node) => lineOf(source, node))).toEqual([1, 2, 3]);
});

test('a lone carriage return and the separators of Unicode end lines too', () => {
  const source = parse('let a;\rlet b;\u2028let c;\u2029let d;');
  expect(source.program.body.map((node) => lineOf(source, node))).toEqual([1, 2, 3, 4]);
});

test('the last line, with and without a line break at its end', () => {
  expect(positionOf(parse('let a;\nlet b;'), 13)).toEqual({ line: 2, column: 7 });
  expect(positionOf(parse('let a;\nlet b;\n'), 14)).toEqual({ line: 3, column: 1 });
});

test('an empty text', () => {
  expect(positionOf(parse(''), 0)).toEqual({ line: 1, column: 1 });
});

test('columns count UTF-16 units, as editors do', () => {
  const source = parse('"😀"; let a;');
  expect(positionOf(source, source.program.body[1]?.range[0] ?? 0)).toEqual({ line: 1, column: 7 });
});

test('without a byte order mark the first column is one', () => {
  const source = parse('\uFEFFlet a;\nlet b;'.slice(1));
  expect(source.program.body.map((node) => positionOf(source, node.range[0]))).toEqual([
    { line: 1, column: 1 },
    { line: 2, column: 1 },
  ]);
});
