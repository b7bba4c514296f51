import js from '@eslint/js';
import type { Linter } from 'eslint';
import { defineConfig, globalIgnores } from 'eslint/config';
import eslintPlugin from 'eslint-plugin-eslint-plugin';
import tseslint from 'typescript-eslint';
import lifecycle from './rules/plugin.ts';

/** The floors of the tower, lowest first. A floor imports only from those below it. */
const FLOORS = ['model', 'edits', 'rules', 'codemods', 'cli'];

const TYPES_ONLY = {
  regex: '^(typescript$|@typescript-eslint/)',
  allowTypeImports: true,
  message: 'Users need not have it: import types from it, nothing else.',
};
const NO_ESLINT = { regex: '^eslint(/|$)', message: 'Only rules/define-rule.ts and rules/plugin.ts know ESLint.' };
const NO_TS_MORPH = { regex: '^@?ts-morph(/|$)', message: 'Only cli/project/ knows ts-morph.' };
const LAZY_PROJECT = {
  regex: '/project/',
  allowTypeImports: true,
  message: 'It takes a second to load: import it with `await import()`, once a whole project is asked for.',
};
const NO_DISK = { regex: '^(node:)?fs(/|$)', message: 'Only cli/ and tools/ touch the disk.' };

function notAbove(floor: string) {
  const forbidden = [...FLOORS.slice(FLOORS.indexOf(floor) + 1), 'bench', 'test', 'tools'];
  return { regex: `^(\\.\\./)+(${forbidden.join('|')})/`, message: `${floor}/ stands below it, and imports only from the floors below itself.` };
}

function restrictImports(files: string[], ...patterns: object[]): Linter.Config {
  return { files, rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] } };
}

export default defineConfig(
  globalIgnores(['coverage/', 'dist/', 'fixtures/', '.real-code/']),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  lifecycle.configs.all,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'object-shorthand': 'error',
      'prefer-template': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      // The types of nodes are compared as strings: their enum is a value of typescript-eslint, which users need not have.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['**/*.{cjs,js,mjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { 'no-undef': 'off', '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    // They are put into one script, and see each other's names.
    files: ['cli/inventory/page/*.js'],
    languageOptions: { sourceType: 'script' },
    rules: { '@typescript-eslint/no-unused-vars': ['error', { vars: 'local' }] },
  },
  {
    files: FLOORS.map((floor) => `${floor}/**`),
    rules: { 'max-depth': ['error', 3], 'max-lines': ['error', 400], 'max-lines-per-function': ['error', 60] },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines': ['error', 400],
      // A test looks at private members as `service['timer']`, and its fakes are async because what they stand for is.
      '@typescript-eslint/dot-notation': ['error', { allowPrivateClassPropertyAccess: true }],
      '@typescript-eslint/require-await': 'off',
    },
  },

  restrictImports(['model/**'], notAbove('model'), TYPES_ONLY, NO_ESLINT, NO_DISK, NO_TS_MORPH),
  restrictImports(['edits/**'], notAbove('edits'), TYPES_ONLY, NO_ESLINT, NO_DISK, NO_TS_MORPH),
  restrictImports(['rules/**'], notAbove('rules'), TYPES_ONLY, NO_ESLINT, NO_DISK, NO_TS_MORPH),
  restrictImports(['rules/define-rule.ts', 'rules/plugin.ts'], notAbove('rules'), TYPES_ONLY, NO_DISK, NO_TS_MORPH),
  restrictImports(['codemods/**'], notAbove('codemods'), TYPES_ONLY, NO_ESLINT, NO_DISK, NO_TS_MORPH),
  restrictImports(['cli/**'], notAbove('cli'), TYPES_ONLY, NO_ESLINT, NO_TS_MORPH, LAZY_PROJECT),
  restrictImports(['cli/project/**'], notAbove('cli'), TYPES_ONLY, NO_ESLINT),

  {
    files: ['rules/**', 'test/rules/**'],
    extends: [eslintPlugin.configs.all],
    settings: { 'eslint-plugin': { ruleTesterConstructors: [/RuleTester$/] } },
    rules: {
      'eslint-plugin/require-meta-docs-description': ['error', { pattern: '^(Disallow|Enforce|Prefer|Require) ' }],
      'eslint-plugin/require-test-case-name': ['error', { require: 'always' }],
      'eslint-plugin/test-case-property-ordering': [
        'error',
        ['name', 'filename', 'code', 'output', 'options', 'settings', 'languageOptions', 'errors'],
      ],
    },
  },
);
