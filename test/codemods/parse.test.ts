import { expect, test } from 'vitest';
import { UnparsableError } from '../../codemods/codemod.ts';
import { parse } from '../../codemods/parse.ts';

// oxc-parser 0.154 writes the backslash into its JSON as it stands; a name that is decoded some day parses.
test('a JSX name with an escape in it is a text that cannot be parsed, and no crash', () => {
  expect(() => parse('a.jsx', String.raw`<\u{2F804}></\u{2F804}>`)).toThrow(UnparsableError);
});
