import { describe, expect, test } from 'vitest';
import { addBin, callsIn } from './fake-bin.ts';
import { commitAll, makeProject, type Project, run } from './project.ts';

const MANIFEST = '{ "name": "shop", "dependencies": { "async-mutex": "1" } }';

/** A repository of these files in which all formatters are installed. */
function makeShop(files: Readonly<Record<string, string>>, script?: string): Project {
  const project = makeProject({ '.gitignore': 'node_modules\ncalls.txt\n', 'package.json': MANIFEST, 'src/a.ts': 'class A {}', ...files });
  for (const name of ['prettier', 'biome', 'oxfmt', 'dprint']) addBin(project, `node_modules/.bin/${name}`, script);
  commitAll(project.root);
  return project;
}

const PRETTIER = 'prettier in .: [--write] [--ignore-unknown] [--log-level=warn] [./src/a.ts]';
const BIOME = 'biome in .: [format] [--write] [--no-errors-on-unmatched] [./src/a.ts]';
const OXFMT = 'oxfmt in .: [--write] [--no-error-on-unmatched-pattern] [./src/a.ts]';
const DPRINT = 'dprint in .: [fmt] [--allow-no-files] [--] [./src/a.ts]';

describe('--formatter auto', () => {
  test.each([
    ['.prettierrc', PRETTIER],
    ['.prettierrc.json', PRETTIER],
    ['prettier.config.mjs', PRETTIER],
    ['biome.json', BIOME],
    ['biome.jsonc', BIOME],
    ['.oxfmtrc.json', OXFMT],
    ['dprint.json', DPRINT],
    ['.dprint.jsonc', DPRINT],
  ])('goes by %s', async (config, call) => {
    const project = makeShop({ [config]: '{}' });
    const { exitCode, stdout, stderr } = await run(project.root, ['--formatter', 'auto', '.']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).not.toContain('Warnings');
    expect(callsIn(project)).toEqual([call]);
  });

  test.each([
    ['a key of package.json', { 'package.json': MANIFEST.replace('}', '}, "prettier": {}') }, PRETTIER],
    ['devDependencies', { 'package.json': MANIFEST.replace('}', '}, "devDependencies": { "@biomejs/biome": "2" }') }, BIOME],
    ['a configuration rather than devDependencies', { 'package.json': MANIFEST.replace('}', '}, "devDependencies": { "@biomejs/biome": "2" }'), 'dprint.json': '{}' }, DPRINT],
  ])('goes by %s', async (_, files, call) => {
    const project = makeShop(files);
    await run(project.root, ['--formatter=auto', '.']);
    expect(callsIn(project)).toEqual([call]);
  });

  test('formats nothing but what was written, new files too, each as its package does', async () => {
    const project = makeShop({
      'biome.json': '{}',
      'src/fine.ts': 'class Fine { #lock;}',
      'packages/one/.prettierrc': '',
      'packages/one/package.json': '{ "name": "one" }',
      'packages/one/-[a] b.ts': 'class A {}',
    });
    await run(project.root, ['--formatter=auto', '--lock=inline', '.']);
    expect(callsIn(project).toSorted()).toEqual([
      'biome in .: [format] [--write] [--no-errors-on-unmatched] [./src/lifecycle-lock.ts] [./src/a.ts]',
      'prettier in packages/one: [--write] [--ignore-unknown] [--log-level=warn] [./lifecycle-lock.ts] [./-[a] b.ts]',
    ]);
  });

  test('runs after the files are written', async () => {
    const project = makeShop({ '.prettierrc': '' }, 'sed -i "s/#lock/ #lock/" "$4"');
    await run(project.root, ['--formatter=auto', '.']);
    expect(project.read('src/a.ts')).toBe('class A {  #lock;}');
  });

  test.each([
    ['nothing is set up', {}, 'not formatted: no configuration of prettier, biome, oxfmt or dprint was found'],
    ['two are', { '.prettierrc': '', 'biome.json': '' }, 'not formatted: . is set up for biome and prettier; name one of them, as in --formatter biome'],
  ])('warns where %s', async (_, files, warning) => {
    const project = makeShop(files);
    const { exitCode, stdout } = await run(project.root, ['--formatter=auto', '.']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`Warnings\n  ${warning}\n`);
    expect(callsIn(project)).toEqual([]);
  });
});

test('a formatter that is named is taken, whatever else is set up', async () => {
  const project = makeShop({ '.prettierrc': '', 'biome.json': '' });
  await run(project.root, ['--formatter', 'biome', '.']);
  expect(callsIn(project)).toEqual([BIOME]);
});

test('a formatter that fails is a warning, and the files stay written', async () => {
  const project = makeShop({ '.prettierrc': '' }, 'echo "[error] no such plugin" >&2; exit 2');
  const { exitCode, stdout, stderr } = await run(project.root, ['--formatter=auto', '.']);
  expect(exitCode).toBe(0);
  expect(stderr).toBe('[error] no such plugin\n');
  expect(stdout).toContain('Warnings\n  not formatted: prettier failed in ., it exited with 2: [error] no such plugin\n');
  expect(project.read('src/a.ts')).toBe('class A { #lock;}');
});

test('a formatter that is not installed is a warning', async () => {
  const project = makeProject({ 'package.json': MANIFEST, '.prettierrc': '', 'a.ts': 'class A {}' });
  commitAll(project.root);
  const { exitCode, stdout } = await run(project.root, ['--formatter=auto', '.']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain("not formatted: prettier is set up in . and not installed there; install the project's packages first");
});

test.each([[[]], [['--formatter', 'none']]])('with %j, no formatter runs', async (argv) => {
  const project = makeShop({ '.prettierrc': '' });
  await run(project.root, [...argv, '.']);
  expect(callsIn(project)).toEqual([]);
});

test('one that is not known is refused', async () => {
  const { root } = makeShop({});
  expect((await run(root, ['--formatter', 'pretier', '.'])).stderr).toBe(
    "lifecycle-codemod: --formatter cannot be 'pretier' (did you mean prettier?); it is one of auto, none, prettier, biome, oxfmt, dprint\n",
  );
});
