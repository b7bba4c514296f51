import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { Linter, type SourceCode } from 'eslint';
import lifecycle from '../../rules/plugin.ts';
import type { Preset, Report } from './report.ts';

const PREFIX = 'lifecycle/';
const LANGUAGES: Linter.Config[] = [
  { files: ['**/*.js', '**/*.jsx'], languageOptions: { sourceType: 'module', parserOptions: { ecmaFeatures: { jsx: true } } } },
  { files: ['**/*.{ts,tsx,mts,cts}'], languageOptions: { parser } },
];

/** What ESLint says of one file below `folder`, by each of the presets: TypeScript through its parser, JavaScript through espree. It is parsed once. */
export function runEslint(folder: string, file: string, presets: readonly Preset[]): ReadonlyMap<Preset, readonly Report[]> {
  const linter = new Linter({ cwd: folder });
  const filename = join(folder, file);
  const text = readFileSync(filename, 'utf8');
  const toReport = ({ ruleId, line, column, message, fatal }: Linter.LintMessage): Report[] => {
    if (fatal === true && message.startsWith('Parsing error')) return [{ file, rule: undefined, line, column, message }];
    return ruleId?.startsWith(PREFIX) === true ? [{ file, rule: ruleId.slice(PREFIX.length), line, column, message }] : [];
  };
  return new Map(
    presets.map((preset) => {
      const parsed = linter.getSourceCode() as SourceCode | undefined;
      return [preset, linter.verify(parsed ?? text, [...LANGUAGES, ...lifecycle.configs[preset]], { filename }).flatMap(toReport)];
    }),
  );
}
