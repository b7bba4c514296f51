import { join } from 'node:path';
import { parseForESLint } from '@typescript-eslint/parser';
import { expect, test } from 'vitest';
import { typesOf } from '../../rules/types-of.ts';

const TYPED = join(import.meta.dirname, '../../fixtures/typed');

/** What is known of the value of a type. */
function isData(type: string): string | undefined {
  const text = `import type { Client, Collection, Id, Registry, Session } from './services.js'; declare const value: ${type}; value;`;
  const { ast, services } = parseForESLint(text, { range: true, projectService: true, tsconfigRootDir: TYPED, filePath: join(TYPED, 'file.ts') });
  const last = ast.body.at(-1);
  if (last?.type !== 'ExpressionStatement') throw new Error('no expression');
  return typesOf(services)?.isData?.(last.expression);
}

test.each([
  'string',
  'number | undefined',
  '"a" | 1 | null',
  'bigint',
  'symbol',
  'void',
  'Date',
  'readonly string[]',
  '[string, number]',
  '{ readonly id: number; readonly tags?: readonly string[] }',
  '{ readonly rows: any[] }',
  'Record<string, any>',
  'Record<string, number>',
  '{ readonly more: unknown }',
  'Id',
  '{ readonly _id: Id } & { [key: string]: any }',
  'Tree; type Tree = { readonly children: readonly Tree[] }; declare const other: Tree',
])('data: %s', (type) => {
  expect(isData(type)).toBe('yes');
});

test.each([
  '() => void',
  'typeof Client',
  'Promise<string>',
  'Session',
  'Collection',
  'Registry',
  'Client | undefined',
  '{ readonly session: Session }',
  '{ readonly rows: readonly string[]; readonly next: () => Promise<void> }',
  'AsyncIterable<string>',
  'readonly Session[]',
  '{ readonly listeners: () => readonly (() => void)[] }',
])('more than data: %s', (type) => {
  expect(isData(type)).toBe('no');
});

test.each(['any', 'unknown', 'object', '{}', '{ readonly session: any }', 'Missing', 'any | string'])('not known: %s', (type) => {
  expect(isData(type)).toBe('unknown');
});
