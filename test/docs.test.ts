import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';
import { codemods, projectCodemods } from '../codemods/index.ts';
import { runCodemods } from '../codemods/run-codemod.ts';
import { rules } from '../rules/index.ts';
import plugin from '../rules/plugin.ts';
import { type CodeBlock, type Section, readPage } from './read-page.ts';

const DOCS = join(import.meta.dirname, '../docs');

describe.each(rules)('the page of $name', ({ name, meta }) => {
  const page = readPage(readFileSync(join(DOCS, 'rules', `${name}.md`), 'utf8'));

  test('has the sections of a rule', () => {
    const headings = page.map(({ heading }) => heading);
    expect(headings).toEqual(expect.arrayContaining(['## What it reports', '## Examples', '## Limits', '## Related']));
    expect(headings.includes('## Options')).toBe(hasOptions(meta.schema));
    expect(headings.includes('## Fix safety')).toBe(meta.hasSuggestions === true || meta.fixable !== undefined);
  });

  test('says how safe its edits are', () => {
    const text = sectionOf(page, '## Fix safety')?.text ?? '';
    expect(text.includes('`review`')).toBe(meta.hasSuggestions === true);
    expect(text.includes('`safe`')).toBe(meta.fixable !== undefined);
  });

  test.each(blocksOf(page, '### Incorrect'))('incorrect: $code', (block) => {
    expect(lint(name, block)).toContain(`lifecycle/${name}`);
  });

  test.each(blocksOf(page, '### Correct'))('correct: $code', (block) => {
    expect(lint(name, block)).toEqual([]);
  });
});

test.each([...codemods, ...projectCodemods])('the page of $name has the sections of a codemod', ({ name }) => {
  const headings = readPage(readFileSync(join(DOCS, 'codemods', `${name}.md`), 'utf8')).map(({ heading }) => heading);
  expect(headings).toEqual(expect.arrayContaining(['## What it changes', '## What it leaves', '## How to run it', '## Related']));
});

describe.each(codemods.map((codemod) => ({ name: codemod.name, codemod })))('the page of $name', ({ name, codemod }) => {
  const page = readPage(readFileSync(join(DOCS, 'codemods', `${name}.md`), 'utf8'));

  test.each(pairs(page))('before and after: $before.code', ({ before, after }) => {
    const fileName = `example.${before.language}`;
    expect(runCodemods([codemod], { fileName, text: before.code }, before.options).text).toBe(after?.code);
  });
});

/** What `npm run check:package` installs and runs. */
describe('README.md', () => {
  const readme = readFileSync(join(DOCS, '../README.md'), 'utf8');
  const read = (path: string): string => readFileSync(join(DOCS, '../fixtures/installs', path), 'utf8');

  test.each(['javascript/eslint.config.js', 'typescript-6/eslint.config.ts', 'typescript-7/.oxlintrc.json'])('has the lines of %s', (path) => {
    expect(readme).toContain(read(path));
  });

  test('has the packages that stand beside TypeScript 7', () => {
    const { devDependencies } = JSON.parse(read('typescript-7-eslint/package.json')) as { readonly devDependencies: object };
    const [, shown = '{}'] = /```json\n(\{\n {2}"devDependencies"[\S\s]*?)^```$/m.exec(readme) ?? [];
    expect({ devDependencies }).toMatchObject(JSON.parse(shown) as object);
    expect(shown).toContain('@typescript/typescript6');
  });
});

/** What ESLint says of the block: the rule's reports, and whatever is wrong with the block itself. */
function lint(rule: string, { language, options, code }: CodeBlock): readonly string[] {
  const config: Linter.Config = {
    files: ['**/*.*'],
    languageOptions: { parser },
    plugins: { lifecycle: plugin },
    rules: { [`lifecycle/${rule}`]: options === undefined ? 'error' : ['error', options] },
  };
  return new Linter().verify(code, config, `example.${language}`).map(({ ruleId, message }) => ruleId ?? message);
}

function hasOptions(schema: unknown): boolean {
  return Array.isArray(schema) && schema.length > 0;
}

function sectionOf(page: readonly Section[], heading: string): Section | undefined {
  return page.find((section) => section.heading === heading);
}

function blocksOf(page: readonly Section[], heading: string): readonly CodeBlock[] {
  const blocks = sectionOf(page, heading)?.blocks ?? [];
  if (blocks.length === 0) throw new Error(`The page has no block under ${heading}`);
  return blocks;
}

function pairs(page: readonly Section[]): readonly { readonly before: CodeBlock; readonly after: CodeBlock | undefined }[] {
  const after = blocksOf(page, '### After');
  return blocksOf(page, '### Before').map((before, index) => ({ before, after: after[index] }));
}
