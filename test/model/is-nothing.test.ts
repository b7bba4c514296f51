import { expect, test } from 'vitest';
import { isNothing } from '../../model/ast/is-nothing.ts';
import { parse } from './parse.ts';

test.each([
  ['null', true],
  ['undefined', true],
  ['void 0', true],
  ['(undefined as unknown)', true],
  // It waits for nothing, and gives nothing; but it does something.
  ['void close()', false],
  ['!0', false],
  ['false', false],
  ['nothing', false],
  ["'null'", false],
])('%s', (text, expected) => {
  const [statement] = parse(`${text};`).program.body;
  expect(statement?.type === 'ExpressionStatement' && isNothing(statement.expression)).toBe(expected);
});
