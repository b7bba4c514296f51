import { delimiter } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { addBin, callsIn } from './fake-bin.ts';
import { commitAll, makeProject, type Project, run } from './project.ts';

afterEach(() => vi.unstubAllEnvs());

/** A repository of these files, with fake package managers before all others on the PATH. */
function makeShop(files: Readonly<Record<string, string>>, script?: string): Project {
  const project = makeProject({ '.gitignore': 'bin\ncalls.txt\n', 'package.json': '{ "name": "shop" }', 'a.ts': 'class A {}', ...files });
  for (const name of ['npm', 'pnpm', 'yarn', 'bun']) addBin(project, `bin/${name}`, script);
  commitAll(project.root);
  vi.stubEnv('PATH', `${project.at('bin')}${delimiter}${process.env['PATH'] ?? ''}`);
  return project;
}

test.each([
  ['package-lock.json', 'npm in .: [install] [async-mutex]'],
  ['pnpm-lock.yaml', 'pnpm in .: [add] [async-mutex]'],
  ['yarn.lock', 'yarn in .: [add] [async-mutex]'],
  ['bun.lock', 'bun in .: [add] [async-mutex]'],
  ['README.md', 'npm in .: [install] [async-mutex]'],
])('with %s, runs %s', async (lockfile, call) => {
  const project = makeShop({ [lockfile]: '{}' }, 'grep -q lock a.ts && echo "after the files"');
  const { exitCode, stdout, stderr } = await run(project.root, ['--install', '.']);
  expect(callsIn(project)).toEqual([call]);
  expect(exitCode).toBe(0);
  expect(stderr).toBe(`$ ${call.replace(' in .:', '').replaceAll(/[[\]]/g, '')}\nafter the files\n`);
  expect(stdout).not.toContain('To install');
});

test('installs for each package in its own folder', async () => {
  const project = makeShop({ 'pnpm-lock.yaml': '', 'pnpm-workspace.yaml': '', 'packages/one/package.json': '{ "name": "one" }', 'packages/one/a.ts': 'class A {}' });
  const { stderr } = await run(project.root, ['--install', '.']);
  expect(callsIn(project)).toEqual(['pnpm in .: [add] [-w] [async-mutex]', 'pnpm in packages/one: [add] [async-mutex]']);
  expect(stderr).toContain('$ cd packages/one && pnpm add async-mutex\n');
});

test('tells yarn that the root of a workspace is meant', async () => {
  const project = makeShop({ 'yarn.lock': '', 'package.json': '{ "name": "shop", "workspaces": ["packages/*"] }' });
  await run(project.root, ['--install', '.']);
  expect(callsIn(project)).toEqual(['yarn in .: [add] [-W] [async-mutex]']);
});

test('what fails is a problem, and the files stay written', async () => {
  const project = makeShop({}, 'echo "npm error 404"; echo "see the log" >&2; exit 7');
  const { exitCode, stdout, stderr } = await run(project.root, ['--install', '.']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('npm error 404\n');
  expect(stdout).toMatch(/Failed\n {2}package\.json {2}async-mutex not installed \(it exited with 7: .+\); the files that import it are written: run `npm install async-mutex` yourself\n/);
  expect(stdout).toContain('To install\n  npm install async-mutex\n');
  expect(project.read('a.ts')).toContain('#lock');
});

test('a package manager that is not there is a problem', async () => {
  const project = makeShop({ 'pnpm-lock.yaml': '' });
  vi.stubEnv('PATH', '/usr/bin:/bin');
  project.write({ 'bin/pnpm': '' });
  const { exitCode, stdout } = await run(project.root, ['--install', '.']);
  expect(exitCode).toBe(2);
  expect(stdout).toContain('async-mutex not installed (there is no pnpm)');
});

test('in a document, says what is installed', async () => {
  const { root } = makeShop({});
  const { stdout } = await run(root, ['--install', '--json', '.']);
  expect(JSON.parse(stdout)).toMatchObject({ exitCode: 0, install: [{ command: 'npm install async-mutex', isInstalled: true }], problems: [] });
});

test.each([['nothing is missing', { 'package.json': '{ "name": "shop", "dependencies": { "async-mutex": "1" } }' }], ['nothing is written', { 'a.ts': 'class A { #lock;}' }]])(
  'where %s, installs nothing',
  async (_, files) => {
    const project = makeShop(files);
    expect((await run(project.root, ['--install', '.'])).exitCode).toBe(0);
    expect(callsIn(project)).toEqual([]);
  },
);

test('is not asked for, installs nothing', async () => {
  const project = makeShop({});
  await run(project.root, ['.']);
  expect(callsIn(project)).toEqual([]);
});

test('cannot go with a run that writes nothing', async () => {
  const { root } = makeShop({});
  expect(await run(root, ['--install', '--check', '.'])).toMatchObject({ exitCode: 2, stderr: "lifecycle-codemod: option '--install' cannot be used with option '--check'\n" });
});
