/**
 * One ESLint run in a process of its own: `node lint-once.mjs <contender> <folder>`.
 * Prints its time without start-up, by the clock and of the processor, and that of the rules, in milliseconds.
 */
import process from 'node:process';
import * as parser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';

const [contender, folder] = process.argv.slice(2);

const CONFIGS = {
  core: () => [{ rules: { 'no-debugger': 'error' } }],
  ours: async () => (await import('eslint-plugin-lifecycle')).default.configs.all,
  typed: async () => [
    {
      plugins: { '@typescript-eslint': (await import('typescript-eslint')).default.plugin },
      languageOptions: { parserOptions: { project: ['tsconfig.json'], tsconfigRootDir: folder } },
      rules: { '@typescript-eslint/no-floating-promises': 'error' },
    },
  ],
};

const eslint = new ESLint({
  cwd: folder,
  allowInlineConfig: false,
  overrideConfigFile: true,
  overrideConfig: [{ files: ['**/*.ts'], languageOptions: { parser } }, ...(await CONFIGS[contender]())],
  stats: true,
});

const begin = performance.now();
const cpuBefore = process.cpuUsage();
const results = await eslint.lintFiles(['.']);
const wall = performance.now() - begin;
const { user, system } = process.cpuUsage(cpuBefore);

const passes = results.flatMap(({ stats }) => stats.times.passes);
const ruleTimes = passes.flatMap(({ rules = {} }) => Object.values(rules).map(({ total }) => total));
process.stdout.write(
  JSON.stringify({
    wall,
    cpu: (user + system) / 1000,
    rules: ruleTimes.reduce((sum, time) => sum + time, 0),
    parse: passes.reduce((sum, { parse }) => sum + parse.total, 0),
    files: results.length,
    reports: results.reduce((sum, { messages }) => sum + messages.length, 0),
    fatal: results.filter(({ fatalErrorCount }) => fatalErrorCount > 0).length,
  }),
);
