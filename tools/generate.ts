/**
 * Writes what can be derived from the rules and codemods on disk: the indexes, the exports of package.json, the tables of
 * the README and the headers of the pages. With `--check` it compares in memory, names what is out of date, and writes nothing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { generatedFiles } from './generate/generated-files.ts';

const root = resolve(import.meta.dirname, '..');
const check = process.argv.includes('--check');

const stale = [...(await generatedFiles(root))].filter(([path, text]) => readIfPresent(path) !== text);

if (check) {
  for (const [path] of stale) console.error(`${path} is out of date: run npm run generate`);
  if (stale.length > 0) process.exitCode = 1;
} else {
  for (const [path, text] of stale) writeFileSync(join(root, path), text);
  run('tsdown', '--log-level', 'error');
}

// It reads the built plugin: `npm run check` builds before it comes here.
run('eslint-doc-generator', '--ignore-config', 'all', '--ignore-config', 'off-in-tests', '--ignore-config', 'recommended-typed', '--rule-doc-title-format', 'name', ...(check ? ['--check'] : []));

function readIfPresent(path: string): string | undefined {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function run(command: string, ...args: string[]): void {
  const { status } = spawnSync(join(root, 'node_modules/.bin', command), args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
