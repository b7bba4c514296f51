import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultEngine } from '../cli/default-engine.ts';
import type { JsonReport } from '../cli/reports/report-json.ts';
import { makeRepository, run } from './cli/project.ts';
import { readPage } from './read-page.ts';

const ROOT = resolve(import.meta.dirname, '..');
const WORKSPACE = join(ROOT, 'fixtures/workspaces/cached');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

describe('docs/monorepos.md', () => {
  const shown = readPage(read('docs/monorepos.md')).flatMap(({ blocks }) => blocks.map(({ code }) => code));

  test.each(['turbo.json', 'nx.json'])('shows the %s that npm run caching tries', (file) => {
    expect(shown).toContain(readFileSync(join(WORKSPACE, file), 'utf8'));
  });

  test('shows the scripts that it tries', () => {
    const { scripts } = JSON.parse(readFileSync(join(WORKSPACE, 'packages/service/package.json'), 'utf8')) as { readonly scripts: object };
    expect(JSON.parse(shown[0] ?? '')).toEqual({ scripts });
  });
});

/** One for each file. In a patch of the whole, the new files stand first. */
function patchesOf({ diff = '' }: JsonReport): readonly string[] {
  return diff.split(/^(?=--- )/m).filter((patch) => patch !== '');
}

describe('a run split by package finds what the whole run finds', () => {
  const poller = read('fixtures/installs/javascript/src/poller.js');
  const arming = poller.replace('async start(', 'async arm(').replace('async stop(', 'async disarm(');
  const files = {
    'package.json': '{ "private": true, "type": "module" }',
    'lifecycle.config.json': '{ "pairs": [["arm", "disarm"]] }',
    'packages/a/package.json': '{ "name": "a", "type": "commonjs", "dependencies": { "async-lock": "1" } }',
    'packages/a/poller.js': poller.replaceAll(/^import .*$/gm, '').replaceAll('export ', ''),
    'packages/b/package.json': '{ "name": "b", "type": "module", "lifecycle": {} }',
    'packages/b/poller.js': poller,
    'packages/b/arming.js': arming,
    'packages/c/package.json': '{ "name": "c", "type": "module", "engines": { "node": ">=16" } }',
    'packages/c/src/arming.js': arming,
  };

  test.each(['--check', '--dry-run'])('%s', async (mode) => {
    const { root } = makeRepository(files);
    const reportOf = async (path: string): Promise<JsonReport> => JSON.parse((await run(root, [mode, '--format', 'json', path], defaultEngine)).stdout) as JsonReport;
    const whole = await reportOf('packages');
    const parts = [await reportOf('packages/a'), await reportOf('packages/b'), await reportOf('packages/c')];
    expect(whole.files.filter(({ isChanged }) => isChanged).map(({ file }) => file)).toEqual(['packages/a/poller.js', 'packages/b/poller.js', 'packages/c/src/arming.js']);
    expect(parts.flatMap((part) => part.files)).toEqual(whole.files);
    expect(parts.flatMap((part) => part.newFiles)).toEqual(whole.newFiles);
    expect(parts.flatMap(patchesOf).sort()).toEqual([...patchesOf(whole)].sort());
    expect(Math.max(...parts.map(({ exitCode }) => exitCode))).toBe(whole.exitCode);
  });
});
