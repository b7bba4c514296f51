import { expect, test } from 'vitest';
import { fakeEngine } from './fake-engine.ts';
import { makeRepository, run } from './project.ts';

test('without a path, lists the codemods and what to do next, and writes nothing', async () => {
  const { root, read } = makeRepository({ 'a.ts': 'class A {}' });
  const { exitCode, stdout, stderr } = await run(root, []);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('  add-lock     Does add-lock\n  add-dispose  Does add-dispose\n');
  expect(stdout).toContain('lifecycle-codemod --dry-run src');
  expect(stderr).toBe('');
  expect(read('a.ts')).toBe('class A {}');
});

test('--list lists the codemods', async () => {
  expect(await run('/', ['--list'])).toEqual({
    exitCode: 0,
    stdout: '  add-lock     Does add-lock\n  add-dispose  Does add-dispose\n\nOnly when named with --codemod:\n  isolate      Does isolate\n',
    stderr: '',
  });
});

test('--version prints the version of the package', async () => {
  expect(await run('/', ['--version'])).toEqual({ exitCode: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\S*\n$/) as string, stderr: '' });
});

test('--help has examples and exit codes', async () => {
  const { exitCode, stdout } = await run('/', ['--help']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Usage: lifecycle-codemod [options] [paths...]');
  expect(stdout).toContain('In CI:\n  lifecycle-codemod --check .');
  expect(stdout).toContain('3  refused: ');
});

test.each([
  [['--dryrun', 'a.ts'], "unknown option '--dryrun' (did you mean --dry-run?)"],
  [['--colour', 'a.ts'], "unknown option '--colour'"],
  [['a.ts', '--codemod', 'add-loock'], "there is no codemod 'add-loock' (did you mean add-lock?); --list shows them"],
  [['a.ts', '--codemod', 'quick'], "there is no codemod 'quick'; --list shows them"],
  [['a.ts', '--codemod', ''], '--codemod needs a name; --list shows them'],
  [['a.ts', '--codemod'], "option '--codemod <names...>' argument missing"],
  [['--style', 'warp', 'a.ts'], "--style cannot be 'warp' (did you mean wrap?); it is one of delegate, wrap, using"],
  [['--lock=file', 'a.ts'], "--lock cannot be 'file'; it is one of auto, inline"],
  [['--drain-timeout', 'soon', 'a.ts'], "--drain-timeout cannot be 'soon'; it is a number of milliseconds from 1 to 2147483647"],
  [['--drain-timeout=0', 'a.ts'], "--drain-timeout cannot be '0'; it is a number of milliseconds from 1 to 2147483647"],
  [['--drain-timeout=3000000000', 'a.ts'], "--drain-timeout cannot be '3000000000'; it is a number of milliseconds from 1 to 2147483647"],
  [['a.ts', 'nowhere'], 'nowhere: no such file or folder'],
])('%j fails with one line and 2', async (argv, message) => {
  const { root, read } = makeRepository({ 'a.ts': 'class A {}' });
  expect(await run(root, argv)).toEqual({ exitCode: 2, stdout: '', stderr: `lifecycle-codemod: ${message}\n` });
  expect(read('a.ts')).toBe('class A {}');
});

test.each([
  [['--codemod', 'add-dispose', '--codemod', 'add-lock', 'src'], ['add-lock', 'add-dispose']],
  [['--codemod', 'add-dispose,add-lock', 'src'], ['add-lock', 'add-dispose']],
  [['--codemod', 'add-dispose', 'add-lock', 'src'], ['add-lock', 'add-dispose']],
  [['src', '--codemod', 'add-dispose'], ['add-dispose']],
  [['--codemod', 'add-dispose', '**/*.ts'], ['add-dispose']],
  [['--codemod=add-dispose', 'src'], ['add-dispose']],
  [['src'], ['add-lock', 'add-dispose']],
  [['src', '--codemod', 'isolate', 'add-lock'], ['add-lock', 'isolate']],
])('%j runs %j, in the order of the set', async (argv, names) => {
  const { root } = makeRepository({ 'src/a.ts': 'class A {}' });
  const engine = fakeEngine();
  expect((await run(root, argv, engine)).exitCode).toBe(0);
  expect(engine.calls.map(({ codemods }) => codemods)).toEqual([names]);
});

test('hands the options on', async () => {
  const { root } = makeRepository({ 'a.ts': 'class A {}', 'package.json': '{ "name": "shop", "engines": { "node": ">=22" }, "dependencies": { "async-lock": "1" }, "devDependencies": { "@types/node": "^24.1.0" } }' });
  const engine = fakeEngine();
  await run(root, ['a.ts', '--lock', 'inline', '--style', 'using', '--drain-timeout', '30_000'], engine);
  expect(engine.calls[0]?.options).toMatchObject({ lock: 'inline', style: 'using', drainTimeout: 30_000, nodeMajor: 22, nodeTypesMajor: 24, packages: ['async-lock', '@types/node'] });
});
