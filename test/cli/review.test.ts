import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { Engine } from '../../cli/engine.ts';
import { runCli } from '../../cli/run-cli.ts';
import { fakeEngine } from './fake-engine.ts';
import { makeProject, makeRepository, type CliRun, type Project } from './project.ts';

const QUESTION = /\(\d+\/\d+\) Mend \w+\? \[y,n,a,q,\?\] /g;
const THREE = { 'package.json': '{ "name": "shop" }', 'a.ts': 'class A {}\nclass B {}\n', 'c.ts': 'class C {}\n' };

interface Terminal {
  readonly isTerminal?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly engine?: Engine;
}

/** Runs the command on a terminal at which somebody gives these answers, and then closes it. */
async function answer(cwd: string, argv: readonly string[], answers: readonly string[], { isTerminal = true, env = {}, engine = fakeEngine() }: Terminal = {}): Promise<CliRun> {
  const stdin = Object.assign(new PassThrough(), { isTTY: isTerminal });
  stdin.end(answers.map((line) => `${line}\n`).join(''));
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stderr' | 'stdout') => ({ isTTY: true, write: (text: string) => void (written[name] += text) });
  const exitCode = await runCli(argv, { cwd, env: { NO_COLOR: '1', ...env }, stdin, stdout: output('stdout'), stderr: output('stderr') }, engine);
  return { exitCode, ...written };
}

function textsOf({ read }: Project): readonly string[] {
  return [read('a.ts'), read('c.ts')];
}

test('shows the diff of each class and writes what is agreed to', async () => {
  const project = makeRepository(THREE);
  const { exitCode, stdout, stderr } = await answer(project.root, ['-i', '.'], ['y', 'n', 'y']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toBe(`
a.ts:1  A: lock
--- a/a.ts
+++ b/a.ts
@@ -1,2 +1,2 @@
-class A {}
+class A { #lock;}
 class B {}
(1/3) Mend A? [y,n,a,q,?]${' '}
a.ts:2  B: lock
--- a/a.ts
+++ b/a.ts
@@ -1,2 +1,2 @@
 class A { #lock;}
-class B {}
+class B { #lock;}
(2/3) Mend B? [y,n,a,q,?]${' '}
c.ts:1  C: lock
--- a/c.ts
+++ b/c.ts
@@ -1,1 +1,1 @@
-class C {}
+class C { #lock;}
(3/3) Mend C? [y,n,a,q,?]${' '}
Added
  a.ts:1  A: lock
  c.ts:1  C: lock

To install
  npm install async-mutex

Read 2 files, found 3 services: 2 changed in 2 files, 1 left as you wanted.
`);
  expect(textsOf(project)).toEqual(['class A { #lock;}\nclass B {}\n', 'class C { #lock;}\n']);
});

test.each([
  ['a mends all that follow', ['n', 'a'], ['class A {}\nclass B { #lock;}\n', 'class C { #lock;}\n'], 2],
  ['q leaves all that follow, and writes what was agreed to', ['y', 'q'], ['class A { #lock;}\nclass B {}\n', 'class C {}\n'], 2],
  ['so does the end of the input', ['y'], ['class A { #lock;}\nclass B {}\n', 'class C {}\n'], 2],
  ['words do as well', ['Yes', ' NO ', 'quit'], ['class A { #lock;}\nclass B {}\n', 'class C {}\n'], 3],
  ['nothing is taken for an answer that is none', ['', 'yy', 'no!', 'n', 'n', 'n'], ['class A {}\nclass B {}\n', 'class C {}\n'], 6],
])('%s', async (_, answers, texts, questions) => {
  const project = makeRepository(THREE);
  const { exitCode, stdout } = await answer(project.root, ['--interactive', '.'], answers);
  expect(exitCode).toBe(0);
  expect(stdout.match(QUESTION)).toHaveLength(questions);
  expect(textsOf(project)).toEqual(texts);
});

test('where nothing was agreed to, nothing is to install', async () => {
  const { root } = makeRepository(THREE);
  const { stdout } = await answer(root, ['-i', '.'], ['q']);
  expect(stdout).not.toContain('To install');
  expect(stdout).toMatch(/found 3 services: 3 left as you wanted\.\n$/);
});

test('? says what the rules report, what their page says, and which keys there are', async () => {
  const { root } = makeRepository({ 'a.ts': 'class A {}\n' });
  const { stdout } = await answer(root, ['-i', '.'], ['?', 'n']);
  expect(stdout).toContain('Line 1: `A` holds no lock.\nlifecycle/require-lock: Require a lock.\nhttps://example.org/require-lock\n\ny - mend it\n');
});

test('? gives the first paragraph of a page that there is', async () => {
  const { root } = makeRepository({ 'a.ts': 'class A {}\n' });
  const engine = fakeEngine();
  const loadRules = async (): ReturnType<typeof engine.loadRules> => ({
    reportsOf: (await engine.loadRules()).reportsOf,
    pageOf: () => ({ description: 'Require it', url: 'https://example.org' }),
  });
  const codemods = engine.codemods.map((codemod) => ({ ...codemod, mends: ['require-timer-release'] }));
  const { stdout } = await answer(root, ['-i', '.'], ['?', 'n'], { engine: { ...engine, codemods, loadRules } });
  expect(stdout).toContain('lifecycle/require-timer-release: Require it.\nA timer that outlives its service goes on working for it');
});

test('what is left to do by hand is told all the same', async () => {
  const { root } = makeRepository({ 'a.ts': 'class A {}\nclass B { leave }\n' });
  const { exitCode, stdout } = await answer(root, ['-i', '.'], ['n']);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('Left for you\n  a.ts:2:1  B: start() waits for itself (add-lock)\n');
});

test('a file that several classes import is made once, where one of them is wanted', async () => {
  const project = makeRepository(THREE);
  const { stdout } = await answer(project.root, ['-i', '--lock=inline', '.'], ['y', 'y', 'n']);
  expect(stdout.match(/\+\+\+ b\/lifecycle-lock\.ts/g)).toHaveLength(1);
  expect(project.read('lifecycle-lock.ts')).toContain('LifecycleLock');

  const other = makeRepository(THREE);
  await answer(other.root, ['-i', '--lock=inline', '.'], ['n', 'n', 'n']);
  expect(() => other.read('lifecycle-lock.ts')).toThrow('ENOENT');
});

test('keeps a byte order mark', async () => {
  const { root, read } = makeRepository({ 'a.ts': '\uFEFFclass A {}\r\n' });
  await answer(root, ['-i', '.'], ['y']);
  expect(read('a.ts')).toBe('\uFEFFclass A { #lock;}\r\n');
});

test('nothing is asked before it is sure that the answer can be carried out', async () => {
  const { root, read } = makeProject(THREE);
  const { exitCode, stdout, stderr } = await answer(root, ['-i', '.'], ['y', 'y', 'y']);
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
  expect(stderr).toContain('--allow-no-vcs');
  expect(read('a.ts')).toBe(THREE['a.ts']);
});

test.each([
  ['without a terminal', { isTerminal: false }, 'stdin is no terminal'],
  ['in CI', { env: { CI: 'true' } }, 'CI is set'],
])('%s nothing is asked and nothing written', async (_, terminal, why) => {
  const { root, read } = makeRepository(THREE);
  expect(await answer(root, ['-i', '.'], ['y', 'y', 'y'], terminal)).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: `lifecycle-codemod: -i asks questions, and nobody can answer here (${why}): use --dry-run to see the changes, or leave -i away to make them all\n`,
  });
  expect(read('a.ts')).toBe(THREE['a.ts']);
});

test.each([
  [['-i', '--check', '.'], "option '-i, --interactive' cannot be used with option '--check'"],
  [['-i', '--dry-run', '.'], "option '-i, --interactive' cannot be used with option '-d, --dry-run'"],
  [['-i', '--format=github', '.'], '-i is for people: it cannot be used with --format github'],
])('%j is refused', async (argv, message) => {
  const { root } = makeRepository(THREE);
  const { exitCode, stdout, stderr } = await answer(root, argv, []);
  expect(exitCode).toBe(2);
  expect(stdout + stderr).toContain(message);
});
