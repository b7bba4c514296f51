import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newCodemod } from '../../tools/new-codemod.ts';
import { newRule } from '../../tools/new-rule.ts';

const ROOT = join(import.meta.dirname, '../..');
const NOT_COPIED = new Set(['.git', '.real-code', 'coverage', 'dist', 'node_modules']);
const RULE = 'require-scaffold-proof';
const CODEMOD = 'add-scaffold-proof';
const WRITTEN = [...newRule(RULE).keys(), ...newCodemod(CODEMOD).keys(), 'rules/index.ts', 'codemods/index.ts'];

let copy = '';

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'lifecycle-new-'));
  cpSync(ROOT, copy, { recursive: true, filter: (path) => !NOT_COPIED.has(basename(path)) });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  run('tsx', 'tools/new.ts', 'rule', RULE);
  run('tsx', 'tools/new.ts', 'codemod', CODEMOD);
}, 120_000);

afterAll(() => rmSync(copy, { recursive: true }));

test('the files of a new rule and a new codemod type-check', { timeout: 120_000 }, () => {
  run('tsc');
});

test('they lint', { timeout: 120_000 }, () => {
  run('eslint', '--max-warnings', '0', ...WRITTEN.filter((path) => path.endsWith('.ts') && !path.startsWith('fixtures/')));
});

test('they pass their own tests, and those of the package and the pages', { timeout: 120_000 }, () => {
  run('vitest', 'run', 'scaffold-proof', 'test/package.test.ts', 'test/docs.test.ts');
});

test('what is generated is up to date', { timeout: 120_000 }, () => {
  run('tsx', 'tools/generate.ts', '--check');
});

function run(command: string, ...args: string[]): void {
  const { status, stdout, stderr } = spawnSync(join(copy, 'node_modules/.bin', command), args, { cwd: copy, encoding: 'utf8' });
  expect(status, `${command} ${args.join(' ')}\n${stdout}${stderr}`).toBe(0);
}
