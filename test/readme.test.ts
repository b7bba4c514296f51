import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { describe, expect, test, vi } from 'vitest';

import { codemods } from '../codemods/index.ts';
import { runCodemods } from '../codemods/run-codemod.ts';
import plugin from '../rules/plugin.ts';
import { compileFile } from './explorer/compile-file.ts';
import { readPage } from './read-page.ts';

const text = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
const blocks = readPage(text).flatMap((section) => section.blocks);
const example = codeOf('ts');

function codeOf(language: string): string {
  return blocks.find((block) => block.language === language)?.code ?? '';
}

interface Tunnelled {
  start(): Promise<string>;
  stop(): Promise<void>;
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

  test.each([
    { sign: '-' as const, open: 1 },
    { sign: '+' as const, open: 0 },
  ])('its picture is true: a stop() during start() leaves $open open, on the side of $sign', async ({ sign, open }) => {
    const { NgrokAdapter } = (await import(pathToFileURL(compileFile(`declare const forward: unknown;\n${sideOf(sign)}`)).href)) as { readonly NgrokAdapter: new () => Tunnelled };
    const tunnel = { isOpen: false, url: () => 'https://tunnel', close: async () => void (tunnel.isOpen = false) };
    let opened = (): void => undefined;
    vi.stubGlobal('forward', () => new Promise((resolve) => {
      opened = () => {
        tunnel.isOpen = true;
        resolve(tunnel);
      };
    }));
    const adapter = new NgrokAdapter();
    const started = adapter.start();
    const stopped = adapter.stop();
    await new Promise(setImmediate);
    opened();
    await Promise.all([started, stopped]);
    expect(Number(tunnel.isOpen)).toBe(open);
    vi.unstubAllGlobals();
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
