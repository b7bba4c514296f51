import { expect, test } from 'vitest';
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
