import { describe, expect, test } from 'vitest';
import { defaultEngine } from '../../cli/default-engine.ts';
import { vendoredFiles, vendoredPath } from '../../cli/planning/vendored-file.ts';
import type { Need } from '../../edits/outcome.ts';
import { makeProject } from './project.ts';

const LOCK: Need = { kind: 'file', specifier: './lifecycle-lock.js' };
const STACK: Need = { kind: 'file', specifier: '../lifecycle-stack.js' };

describe('vendoredFiles', () => {
  test('makes each file that a result imports, once into the sources', async () => {
    const { root, at } = makeProject({ 'src/deep/a.ts': '' });
    const text = "import { LifecycleLock } from './lifecycle-lock.js';\nimport { AsyncDisposableStack } from '../lifecycle-stack.js';\n";
    const needs: readonly Need[] = [LOCK, STACK, { kind: 'package', specifier: 'async-mutex' }];
    const found = await vendoredFiles({ needs, text }, { source: at('src/deep/a.ts'), root, cwd: root, engine: defaultEngine });
    expect(found.map((one) => (one.kind === 'new' ? [one.file.name, one.file.path, /export class \w+/.exec(one.file.text)?.[0]] : one))).toEqual([
      ['src/lifecycle-lock.ts', at('src/lifecycle-lock.ts'), 'export class LifecycleLock'],
      ['src/lifecycle-stack.ts', at('src/lifecycle-stack.ts'), 'export class AsyncDisposableStack'],
    ]);
  });

  test('makes the stack in the module system in which it is asked for', async () => {
    const { root, at } = makeProject({ 'a.js': '' });
    const text = "const { AsyncDisposableStack } = require('../lifecycle-stack.js');\n";
    const [found] = await vendoredFiles({ needs: [STACK], text }, { source: at('a.js'), root, cwd: root, engine: defaultEngine });
    expect(found).toMatchObject({ kind: 'new', file: { name: 'lifecycle-stack.js', text: expect.stringContaining('module.exports = { AsyncDisposableStack };') as string } });
  });

  test.each([
    ['the stack, formatted since', 'export class AsyncDisposableStack\n{\n}\n', { kind: 'there' }],
    ['something else', 'export const stack = [];\n', { kind: 'taken', why: 'lifecycle-stack.ts is there and is not the stack: rename it' }],
  ])('uses or leaves what is there: %s', async (_name, present, expected) => {
    const { root, at } = makeProject({ 'a.ts': '', 'lifecycle-stack.ts': present });
    expect(await vendoredFiles({ needs: [STACK], text: '' }, { source: at('a.ts'), root, cwd: root, engine: defaultEngine })).toEqual([expected]);
  });
});

test.each([
  ['/app/src/deep/a.tsx', '/app', '/app/src/lifecycle-stack.ts'],
  ['/app/bin/a.mjs', '/app', '/app/bin/lifecycle-stack.mjs'],
  ['/app/src/a.cts', undefined, '/app/src/lifecycle-stack.cts'],
])('of %s in %s the stack stands at %s', (source, root, path) => {
  expect(vendoredPath(source, root, 'lifecycle-stack')).toBe(path);
});
