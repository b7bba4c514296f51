import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';

import { codemods } from '../codemods/index.ts';
import { runCodemods } from '../codemods/run-codemod.ts';
import plugin from '../rules/plugin.ts';
import { readPage } from './read-page.ts';

const text = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
const blocks = readPage(text).flatMap((section) => section.blocks);
const example = codeOf('ts');

function codeOf(language: string): string {
  return blocks.find((block) => block.language === language)?.code ?? '';
}

/** One side of the diff that the README shows. */
function sideOf(sign: '-' | '+'): string {
  const lines = codeOf('diff').split('\n');
  return lines.filter((line) => line === '' || line.startsWith(' ') || line.startsWith(sign)).map((line) => line.slice(1)).join('\n');
}

describe('README', () => {
  test('says of its example what the rule says', () => {
    const recommended: Linter.Config[] = [{ files: ['**/*.ts'], languageOptions: { parser } }, ...plugin.configs.recommended];
    const reports = new Linter().verify(example, recommended, 'ngrok.ts').map(({ message, ruleId }) => `${message} \`${ruleId ?? ''}\``);
    const quoted = text.match(/^> .*$/gm)?.map((line) => line.slice(2)).join(' ');
    expect(reports).toEqual([quoted]);
  });

  test('shows what the command makes of it', () => {
    expect(sideOf('-')).toBe(example);
    expect(sideOf('+')).toBe(runCodemods(codemods.filter(({ isDefault }) => isDefault), { fileName: 'ngrok.ts', text: example }).text);
  });

  test('names every rule of recommended in the configuration of oxlint', () => {
    const { code } = blocks.find((block) => block.code.includes('jsPlugins')) ?? { code: '{}' };
    const oxlint = JSON.parse(code) as { readonly rules?: object };
    const recommended = plugin.configs.recommended.flatMap(({ rules }) => Object.keys(rules ?? {}));
    expect(Object.keys(oxlint.rules ?? {}).sort()).toEqual(recommended.sort());
  });

  test('names the two commands that do all the set-up', () => {
    expect(text).toContain('npm ci && npx lifecycle-codemod --dry-run fixtures/services\nnpm ci && npm test\n');
  });
});
