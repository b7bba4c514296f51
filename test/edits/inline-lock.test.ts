import { expect, test } from 'vitest';
import { parse } from '../../codemods/parse.ts';
import { inlineLock } from '../../edits/inline-lock.ts';

function specifier(fileName: string, text: string, lockFile?: string): string {
  return inlineLock(parse(fileName, text), lockFile, false).specifier;
}

test.each([
  ['as the other imports end', '/p/src/a.ts', "import './b.ts';", '/p/src/lifecycle-lock.ts', './lifecycle-lock.ts'],
  [
    'without an extension, where the others have none',
    '/p/src/a/b/c.ts',
    "import './b';",
    '/p/src/lifecycle-lock.ts',
    '../../lifecycle-lock',
  ],
  ['as run time needs it, where there are no others', '/p/src/a.ts', '', '/p/src/lifecycle-lock.ts', './lifecycle-lock.js'],
  ['with the module kind of the file', '/p/a.cts', '', undefined, './lifecycle-lock.cjs'],
  ['as other files are required', 'a.cjs', "const b = require('../b.cjs');", undefined, './lifecycle-lock.cjs'],
])('the lock is imported %s', (_name, fileName, text, lockFile, expected) => {
  expect(specifier(fileName, text, lockFile)).toBe(expected);
});

test('its guard takes a name that is free', () => {
  const { use } = inlineLock(parse('a.ts', 'const _held = 1;'), undefined, true);
  expect(use('this.lock', "'")).toEqual({ form: 'guard', guard: 'using _lifecycleHeld = await this.lock.acquire()' });
});
