import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildPackage } from '../tools/build-package.ts';
import { compare } from '../tools/oxlint/compare.ts';
import { makeProject } from './cli/project.ts';
import { readPage } from './read-page.ts';

const ROOT = resolve(import.meta.dirname, '..');
const RULE = 'lifecycle/require-lifecycle-lock';

const poller = readFileSync(join(ROOT, 'fixtures/installs/javascript/src/poller.js'), 'utf8');
const renamed = poller.replace('async start(', 'async arm(').replace('async stop(', 'async disarm(');
let plugin = '';

beforeAll(async () => {
  plugin = join(await buildPackage('oxlint'), 'dist/plugin.js');
});

interface OxlintRun {
  readonly status: number | null;
  readonly output: string;
  readonly text: string;
}

/** Runs oxlint in a folder with this one file, which is given back as it is afterwards. */
function oxlint(text: string, config: object | string, ...args: readonly string[]): OxlintRun {
  const configFile = typeof config === 'string' ? 'oxlint.config.mjs' : '.oxlintrc.json';
  const project = makeProject({ 'poller.js': text, [configFile]: typeof config === 'string' ? config : JSON.stringify({ jsPlugins: [plugin], ...config }) });
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'node_modules/oxlint/bin/oxlint'), '-c', configFile, ...args, '.'], {
    cwd: project.root,
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr, text: project.read('poller.js') };
}

test.each(['services', 'codemods'])('oxlint reports what ESLint reports in fixtures/%s', { timeout: 300_000 }, (folder) => {
  for (const { preset, same, onlyEslint, onlyOxlint, unparsable } of compare(join(ROOT, 'fixtures', folder), plugin)) {
    expect({ preset, onlyEslint, onlyOxlint, unparsable }).toEqual({ preset, onlyEslint: [], onlyOxlint: [], unparsable: [] });
    expect(same).toBeGreaterThan(20);
  }
});

describe('what docs/oxlint.md says of oxlint', () => {
  test('settings.lifecycle holds', () => {
    expect(oxlint(renamed, { rules: { [RULE]: 'error' } })).toMatchObject({ status: 0 });
    const { status, output } = oxlint(renamed, { rules: { [RULE]: 'error' }, settings: { lifecycle: { pairs: [['arm', 'disarm']] } } });
    expect(output).toContain('lifecycle(require-lifecycle-lock)');
    expect(status).toBe(1);
  });

  test('an unknown setting and an unknown option are errors', () => {
    const setting = oxlint(poller, { rules: { [RULE]: 'error' }, settings: { lifecycle: { pears: [] } } });
    expect(setting).toMatchObject({ status: 1, output: expect.stringContaining('lifecycle setting "pears" is unknown') as string });
    const option = oxlint(poller, { rules: { [RULE]: ['error', { wher: 1 }] } });
    expect(option).toMatchObject({ status: 1, output: expect.stringContaining('Unexpected property "wher"') as string });
  });

  test('a comment for ESLint disables', () => {
    expect(oxlint(`/* eslint-disable ${RULE} */\n${poller}`, { rules: { [RULE]: 'error' } })).toMatchObject({ status: 0 });
  });

  test('a configuration in JavaScript takes the presets', () => {
    const page = readPage(readFileSync(join(ROOT, 'docs/oxlint.md'), 'utf8'));
    const config = page.flatMap(({ blocks }) => blocks).find(({ language }) => language === 'js')?.code ?? '';
    const { status, output } = oxlint(poller, config.replaceAll("'eslint-plugin-lifecycle'", JSON.stringify(plugin)));
    expect(output).toContain('lifecycle(require-lifecycle-lock)');
    expect(output).toContain('lifecycle(require-async-dispose)');
    expect(status).toBe(1);
  });

  test('--fix-suggestions applies a suggestion, --fix does not', () => {
    const config = { rules: { [RULE]: 'error' } };
    expect(oxlint(poller, config, '--fix')).toMatchObject({ status: 1, text: poller });
    expect(oxlint(poller, config, '--fix-suggestions')).toMatchObject({ status: 0, text: expect.stringContaining('runExclusive') as string });
  });

  test('JSON has no suggestions, and minified files are passed over', () => {
    const { output } = oxlint(poller, { rules: { [RULE]: 'error' } }, '-f', 'json');
    expect(output).not.toContain('suggest');
    const { root } = makeProject({ 'poller.min.js': poller, '.oxlintrc.json': JSON.stringify({ jsPlugins: [plugin], rules: { [RULE]: 'error' } }) });
    expect(spawnSync(process.execPath, [join(ROOT, 'node_modules/oxlint/bin/oxlint'), '.'], { cwd: root, encoding: 'utf8' }).stdout).toContain('No files found');
  });
});
