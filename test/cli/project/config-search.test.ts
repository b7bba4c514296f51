import { expect, test } from 'vitest';
import { foldersAbove } from '../../../cli/project/config-search.ts';

test.each([
  ['/home/me/src/a.ts', ['/home/me/src', '/home/me', '/home', '']],
  ['C:/me/src/a.ts', ['C:/me/src', 'C:/me', 'C:']],
])('the folders above %s', (file, folders) => {
  expect(foldersAbove(file)).toEqual(folders);
});
