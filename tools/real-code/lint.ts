import * as typescriptParser from '@typescript-eslint/parser';
import type { Linter } from 'eslint';
import eslint from 'eslint';
import plugin from '../../rules/plugin.ts';

/** A file of the corpus, or what a codemod made of it. */
export interface SourceFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/** One finding, however it was got at. Lines and columns are 1-based. */
export interface Report {
  readonly rule: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** The code does not parse. */
export class ParseFailure extends Error {
  override readonly name = 'ParseFailure';
}

const PREFIX = 'lifecycle/';

const linter = new eslint.Linter({ cwd: '/' });

const LANGUAGES: readonly Linter.Config[] = [
  { files: ['**/*.{js,cjs}'], languageOptions: { sourceType: 'commonjs' } },
  { files: ['**/*.mjs'], languageOptions: { sourceType: 'module' } },
  { files: ['**/*.{ts,tsx,mts,cts}'], languageOptions: { parser: typescriptParser } },
];

/** The reports of a preset, or of every rule there is, as ESLint gives them: TypeScript through its parser, JavaScript through espree. */
export function lint({ path, text }: SourceFile, preset: readonly Linter.Config[] = plugin.configs.all): Report[] {
  return linter.verify(text, [...LANGUAGES, ...preset], { filename: path, allowInlineConfig: false }).map(({ ruleId, line, column, message, fatal }) => {
    if (fatal === true) throw new ParseFailure(`${path}:${line}:${column} ${message}`);
    if (ruleId === null) throw new Error(`${path}: ${message}`);
    return { rule: ruleId.replace(PREFIX, ''), line, column, message };
  });
}
