import { expect, test } from 'vitest';
import { fakeEngine } from './fake-engine.ts';
import { makeProject, makeRepository, run } from './project.ts';

const RULE = 'title=lifecycle/require-lock';

test('a check warns at each place that would be mended, and notes what is left', async () => {
  const { root } = makeRepository({ 'src/a.ts': '\n  class A {}\nclass B { leave }\n', 'package.json': '{ "name": "shop" }' });
  const { exitCode, stdout, stderr } = await run(root, ['--check', '--format', 'github', '.']);
  expect(exitCode).toBe(1);
  expect(stdout).toBe(
    `::warning file=src/a.ts,line=2,endLine=2,col=3,${RULE}::\`A\` holds no lock. \`lifecycle-codemod --codemod add-lock\` mends it.\n` +
      `::notice file=src/a.ts,line=3,col=1,${RULE}::\`B\` is left to mend by hand: start() waits for itself (add-lock).\n`,
  );
  expect(stderr).toContain('found 2 services: 1 would change in 1 file, 1 left for you.\n');
});

test('files are told from the root of the repository, wherever the command runs', async () => {
  const { at } = makeRepository({ 'packages/one/src/a.ts': 'class A {}' });
  const { stdout } = await run(at('packages/one'), ['--check', '--format=github', 'src']);
  expect(stdout).toContain('file=packages/one/src/a.ts,');
});

test('outside of a repository, from the working directory', async () => {
  const { root } = makeProject({ 'src/a.ts': 'class A {}' });
  expect((await run(root, ['--check', '--format=github', 'src'])).stdout).toContain('file=src/a.ts,');
});

test('what GitHub would take for its own signs is escaped', async () => {
  const { root } = makeRepository({ 'a, b:50%.ts': 'class A {}', 'c.ts': 'class @@' });
  const engine = fakeEngine();
  const loadRules = async (): ReturnType<typeof engine.loadRules> => ({ ...(await engine.loadRules()), reportsOf: () => [] });
  const { stdout } = await run(root, ['--check', '--format=github', '.'], { ...engine, loadRules });
  expect(stdout).toBe(
    `::warning file=a%2C b%3A50%25.ts,line=1,col=1,${RULE}::\`A\` lacks what the codemod adds: lock. \`lifecycle-codemod --codemod add-lock\` mends it.\n` +
      '::error file=c.ts,line=1,col=7,title=lifecycle-codemod::cannot be parsed: Unexpected token\n',
  );
});

test('a run that wrote has only what it left', async () => {
  const { root, read } = makeRepository({ 'a.ts': 'class A {}\nclass B { leave }' });
  const { stdout } = await run(root, ['--format=github', '.']);
  expect(stdout).toMatch(/^::notice file=a.ts,line=2,[^\n]*\n$/);
  expect(read('a.ts')).toContain('#lock');
});

test('a file that could not be written keeps its warning', async () => {
  const { root, write } = makeRepository({ 'a.ts': 'class A {}' });
  const engine = fakeEngine(() => write({ 'a.ts': 'class Other {}' }));
  const { exitCode, stdout } = await run(root, ['--format=github', '--allow-dirty', '.'], engine);
  expect(exitCode).toBe(2);
  expect(stdout).toContain('::warning file=a.ts,line=1');
  expect(stdout).toContain('::error file=a.ts,title=lifecycle-codemod::not written: it was changed while this ran; run again\n');
});

test('a run that could not be made is an error, with its lines', async () => {
  const { root } = makeProject({ 'a.ts': 'class A {}' });
  const { exitCode, stdout, stderr } = await run(root, ['--format', 'github', '.']);
  expect(exitCode).toBe(3);
  expect(stdout).toMatch(/^::error title=lifecycle-codemod::nothing was written\.%0AThese files are not under version control[^\n]*%0A {2}a\.ts\n$/);
  expect(stderr).toBe('');
});
