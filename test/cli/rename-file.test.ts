import type * as fs from 'node:fs';
import { beforeEach, expect, test, vi } from 'vitest';
import { renameFile } from '../../cli/writing/rename-file.ts';
import { makeProject } from './project.ts';

/** What the next renames fail with. */
let failures: string[] = [];

vi.mock('node:fs', async (importOriginal) => {
  const original = await importOriginal<typeof fs>();
  return {
    ...original,
    renameSync(from: string, to: string) {
      const code = failures.shift();
      if (code !== undefined) throw Object.assign(new Error(code), { code });
      original.renameSync(from, to);
    },
  };
});

beforeEach(() => {
  failures = [];
});

test('on Windows a file that somebody holds is tried again', () => {
  const { at, read } = makeProject({ new: 'new', old: 'old' });
  failures = ['EPERM', 'EBUSY', 'EACCES'];
  renameFile(at('new'), at('old'), 'win32');
  expect(read('old')).toBe('new');
});

test('and is given up in the end, as it was', () => {
  const { at, read } = makeProject({ new: 'new', old: 'old' });
  failures = Array.from({ length: 40 }, () => 'EPERM');
  expect(() => renameFile(at('new'), at('old'), 'win32')).toThrow('EPERM');
  expect(failures.length).toBeGreaterThan(0);
  expect(read('old')).toBe('old');
});

test.each([
  ['ENOSPC', 'win32'],
  ['EPERM', 'linux'],
  ['EACCES', 'darwin'],
] as const)('%s on %s is final', (code, platform) => {
  const { at } = makeProject({ new: 'new', old: 'old' });
  failures = [code];
  expect(() => renameFile(at('new'), at('old'), platform)).toThrow(code);
});
