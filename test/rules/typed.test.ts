import { join } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import dedent from 'dedent';
import { Linter } from 'eslint';
import * as espree from 'espree';
import { describe, expect, test } from 'vitest';
import plugin from '../../rules/plugin.ts';
import { rules } from '../../rules/index.ts';
import { typesOf } from '../../rules/types-of.ts';

const TYPED = join(import.meta.dirname, '../../fixtures/typed');

const FILES = ['**/*.js', '**/*.ts'];

const code = dedent`
  import { Client } from './services.js';

  export class Poller {
    async start() { if (this.running) return; await this.boot(); this.running = true; }
    async stop() { this.running = false; await this.halt(); }
  }

  export async function count() {
    const client = new Client('db');
    await client.connect();
    const { rows } = await client.rows('users');
    return rows.length;
  }

  export async function send() {
    const client = new Client('db');
    await client.connect();
    await client.ping();
    await client.disconnect();
  }
`;

function reports(languageOptions: Linter.LanguageOptions, name: keyof typeof plugin.configs, file = 'file.ts'): readonly string[] {
  const config: Linter.Config[] = [{ files: FILES, languageOptions }, ...plugin.configs[name]];
  return new Linter({ cwd: TYPED }).verify(code, config, join(TYPED, file)).map(({ line, message, messageId, ruleId }) => `${line} ${ruleId ?? message} ${messageId ?? ''}`);
}

const typed: Linter.LanguageOptions = { parser, parserOptions: { projectService: true, tsconfigRootDir: TYPED } };

describe('recommended-typed', () => {
  const recommended = reports(typed, 'recommended');

  test('sees more with types, and all that recommended sees', () => {
    const found = reports(typed, 'recommended-typed');
    expect(found.filter((report) => !recommended.includes(report))).toEqual(['10 lifecycle/prefer-await-using unstopped']);
    expect(recommended.filter((report) => !found.includes(report))).toEqual([]);
    expect(recommended).toEqual(['4 lifecycle/require-lifecycle-lock late-guard', '17 lifecycle/prefer-await-using skipped']);
  });

  test('is recommended where there are no types', () => {
    expect(reports({ parser }, 'recommended-typed')).toEqual(recommended);
    expect(reports({ parser: espree }, 'recommended-typed', 'file.js')).toEqual(recommended);
  });

  test('is named by no other preset', () => {
    expect(reports(typed, 'strict')).not.toContain('10 lifecycle/prefer-await-using unstopped');
  });
});

test('every rule gives the same with and without types, unless its options ask for them', () => {
  let found = 0;
  for (const { name } of rules) {
    const lint = (languageOptions: Linter.LanguageOptions): readonly string[] => {
      const config: Linter.Config = { files: FILES, languageOptions, plugins: { lifecycle: plugin }, rules: { [`lifecycle/${name}`]: 'error' } };
      return new Linter({ cwd: TYPED }).verify(code, [config], join(TYPED, 'file.ts')).map(({ line, message }) => `${line} ${message}`);
    };
    expect(lint(typed), name).toEqual(lint({ parser }));
    found += lint(typed).length;
  }
  expect(found).toBeGreaterThan(1);
});

describe('typesOf', () => {
  test.each([
    ['oxlint and espree', {}],
    ['typescript-eslint without a project', { program: null, esTreeNodeToTSNodeMap: new WeakMap(), tsNodeToESTreeNodeMap: new WeakMap() }],
    ['the services of another parser', { program: undefined, defineTemplateBodyVisitor: () => ({}) }],
  ])('none of %s', (_name, services) => {
    expect(typesOf(services)).toBeUndefined();
  });

  test('a node that the compiler does not know has no type', () => {
    const { ast, services } = parser.parseForESLint('new Client();', { range: true, projectService: true, tsconfigRootDir: TYPED, filePath: join(TYPED, 'file.ts') });
    const types = typesOf(services);
    const [statement] = ast.body;
    if (statement === undefined || types === undefined) throw new Error('not parsed with types');
    expect(types.typeOf({ ...statement })).toBeUndefined();
    expect(types.isData?.({ ...statement })).toBe('unknown');
  });
});
