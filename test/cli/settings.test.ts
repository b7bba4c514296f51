import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parseSettings } from '../../model/parse-settings.ts';
import { DEFAULT_SETTINGS } from '../../model/settings.ts';
import { fakeEngine } from './fake-engine.ts';
import { makeRepository, run } from './project.ts';

test.each([
  ['lifecycle.config.json', '{ "pairs": [["begin", "halt"]] }'],
  ['package.json', '{ "name": "shop", "lifecycle": { "pairs": [["begin", "halt"]] } }'],
])('%s holds the settings, also above the working directory', async (name, content) => {
  const { at } = makeRepository({ [name]: content, 'app/package.json': '{ "name": "app" }', 'app/a.ts': 'begin' });
  const engine = fakeEngine();
  expect((await run(at('app'), ['a.ts'], engine)).exitCode).toBe(0);
  expect(engine.calls[0]?.options.settings).toMatchObject({ pairs: [['begin', 'halt']], timeouts: [] });
});

test('the nearest settings win', async () => {
  const { at } = makeRepository({ 'lifecycle.config.json': '{ "timeouts": ["far"] }', 'app/lifecycle.config.json': '{ "timeouts": ["near"] }', 'app/a.ts': 'class A {}' });
  const engine = fakeEngine();
  await run(at('app'), ['a.ts'], engine);
  expect(engine.calls[0]?.options.settings).toMatchObject({ timeouts: ['near'] });
});

test.each([
  ['an unknown key', { 'lifecycle.config.json': '{ "pair": [] }' }, /lifecycle\.config\.json: lifecycle setting "pair" is unknown\. Known settings: pairs, /],
  ['a wrong value', { 'package.json': '{ "lifecycle": { "pairs": ["start"] } }' }, /package\.json: lifecycle setting "pairs\.0" must be /],
  ['an empty file', { 'lifecycle.config.json': ' \n' }, /lifecycle\.config\.json is empty: it has to hold an object, \{\} at least/],
  ['a comment', { 'lifecycle.config.json': '// ours\n{}' }, /lifecycle\.config\.json is not valid JSON: /],
  ['no JSON', { 'lifecycle.config.json': '{ pairs: [] }' }, /lifecycle\.config\.json is not valid JSON: /],
  ['no object', { 'lifecycle.config.json': '[]' }, /lifecycle\.config\.json is not valid: it has to hold an object/],
  ['settings in two places', { 'lifecycle.config.json': '{}', 'package.json': '{ "lifecycle": {} }' }, /both hold settings: keep one/],
])('%s fails with one line that names the file, and 2', async (_, files, message) => {
  const { root, read } = makeRepository({ ...files, 'a.ts': 'class A {}' });
  const { exitCode, stdout, stderr } = await run(root, ['a.ts']);
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(read('a.ts')).toBe('class A {}');
});

test('each file has the settings nearest to it, not to the working directory, and nothing is merged', async () => {
  const { root, at } = makeRepository({
    'lifecycle.config.json': '{ "timeouts": ["all"], "safeBases": ["Base"] }',
    'packages/one/package.json': '{ "name": "one", "lifecycle": { "timeouts": ["one"] } }',
    'packages/one/src/deep/a.ts': 'class A {}',
    'packages/two/lifecycle.config.json': '\uFEFF{ "$schema": "x", "pairs": [["begin", "halt"]] }',
    'packages/two/b.ts': 'begin',
    'packages/three/c.ts': 'class C {}',
    'packages/three/d.ts': 'begin',
    'packages/four/package.json': '{ "name": "four" }',
    'packages/four/package-lock.json': '{}',
    'packages/four/e.ts': 'class E {}',
  });
  const engine = fakeEngine();
  expect((await run(at('packages/one'), ['../..', '--dry-run'], engine)).exitCode).toBe(0);
  const read = engine.calls.map(({ fileName, options: { settings } }) => [fileName.slice(root.length), settings]);
  expect(Object.fromEntries(read)).toEqual({
    '/packages/four/e.ts': { ...DEFAULT_SETTINGS, timeouts: ['all'], safeBases: ['Base'] },
    '/packages/one/src/deep/a.ts': { ...DEFAULT_SETTINGS, timeouts: ['one'] },
    '/packages/three/c.ts': { ...DEFAULT_SETTINGS, timeouts: ['all'], safeBases: ['Base'] },
    '/packages/two/b.ts': { ...DEFAULT_SETTINGS, pairs: [['begin', 'halt']] },
  });
});

test('files with the same settings get the same object, by which facts are kept', async () => {
  const { root } = makeRepository({ 'lifecycle.config.json': '{ "timeouts": ["x"] }', 'a.ts': 'class A {}', 'deep/b.ts': 'class B {}' });
  const engine = fakeEngine();
  await run(root, ['.'], engine);
  expect(engine.calls[0]?.options.settings).toBe(engine.calls[1]?.options.settings);
});

test('wrong settings anywhere stop the run before anything is written', async () => {
  const { root, read } = makeRepository({ 'a.ts': 'class A {}', 'z/lifecycle.config.json': '{ "pair": [] }', 'z/b.ts': 'class B {}' });
  const { exitCode, stderr } = await run(root, ['.']);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/z\/lifecycle\.config\.json: lifecycle setting "pair" is unknown/);
  expect(read('a.ts')).toBe('class A {}');
});

test('a configuration that is code is never run', async () => {
  const boom = 'throw new Error("this was run")';
  const { root } = makeRepository({
    'lifecycle.config.js': boom, 'lifecycle.config.cjs': boom, 'lifecycle.config.mjs': boom, '.lifecyclerc.js': boom, '.lifecyclerc': '{ "pair": [] }',
    'eslint.config.js': boom, 'package.json': '{ "name": "shop", "lifecycle": { "timeouts": ["x"] } }', 'src/a.ts': 'class A {}',
  });
  const engine = fakeEngine();
  expect((await run(root, ['src'], engine)).exitCode).toBe(0);
  expect(engine.calls[0]?.options.settings).toMatchObject({ timeouts: ['x'] });
});

describe('the schema for editors', () => {
  const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(new URL('../../schemas/lifecycle-config.schema.json', import.meta.url), 'utf8')) as object);

  test.each([
    [{}, true],
    [{ $schema: './node_modules/eslint-plugin-lifecycle/schemas/lifecycle-config.schema.json' }, true],
    [{ pairs: [['arm', 'disarm']], lockMethods: ['a'], lockClasses: ['B'], timeouts: ['c'], safeBases: ['D'], frameworks: ['nest', 'loopback', 'libp2p'] }, true],
    [{ lockDecorators: [{ decorator: 'WithLock', lockProperty: 'mutex' }], resources: [{ acquire: 'follow', release: ['unfollow'] }] }, true],
    [{ pair: [] }, false],
    [{ pairs: ['start'] }, false],
    [{ pairs: [['start']] }, false],
    [{ pairs: [['start', 'stop', 'pause']] }, false],
    [{ lockMethods: 'runLocked' }, false],
    [{ lockDecorators: [{ decorator: 'WithLock' }] }, false],
    [{ resources: [{ acquire: 'follow', release: 'unfollow' }] }, false],
    [{ frameworks: ['rails'] }, false],
    [[], false],
    ['', false],
  ])('says of %j what the settings themselves do', (value, isValid) => {
    expect(validate(value)).toBe(isValid);
    if (isValid) expect(() => parseSettings(value)).not.toThrow();
    else expect(() => parseSettings(value)).toThrow();
  });
});

test('docs/settings.md names every key, and its example holds', () => {
  const page = readFileSync(new URL('../../docs/settings.md', import.meta.url), 'utf8');
  const keys = Object.keys(DEFAULT_SETTINGS);
  expect(keys.filter((key) => !page.includes(`\n| \`${key}\` |`))).toEqual([]);
  const example: unknown = JSON.parse(/```json\n([^]*?)```/.exec(page)?.[1] ?? '');
  expect(Object.keys(parseSettings(example)).sort()).toEqual([...keys].sort());
  expect(Object.keys(example as object).sort()).toEqual(['$schema', ...keys].sort());
});
