import { writeFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { commitAll, git, makeProject, makeRepository, run } from './project.ts';

describe('refuses with 3, and writes nothing,', () => {
  test('a file with changes that are not committed', async () => {
    const { root, read, write } = makeRepository({ 'a.ts': 'class A {}', 'b.ts': 'class B {}' });
    write({ 'a.ts': 'class A {} // mine' });
    expect(await run(root, ['.'])).toEqual({
      exitCode: 3,
      stdout: '',
      stderr:
        'lifecycle-codemod: nothing was written.\nThese files have changes that are not committed. Commit or stash them, or use --allow-dirty:\n  a.ts\n',
    });
    expect(read('b.ts')).toBe('class B {}');
    expect((await run(root, ['.', '--allow-dirty'])).exitCode).toBe(0);
    expect(read('a.ts')).toBe('class A { #lock;} // mine');
  });

  test('a file that is staged, and one that git does not know yet', async () => {
    const { root, write } = makeRepository({ 'a.ts': 'class A {}', 'README.md': '' });
    write({ 'a.ts': 'class A {} // mine', 'new/[b].ts': 'class B {}' });
    git(root, 'add', 'a.ts');
    const { exitCode, stderr } = await run(root, ['.']);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('--allow-dirty:\n  a.ts\n  new/[b].ts\n');
  });

  test('a file outside version control', async () => {
    const { root, read } = makeProject({ 'a.ts': 'class A {}' });
    const { exitCode, stderr } = await run(root, ['a.ts', '--allow-dirty']);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('Use --allow-no-vcs to change them:\n  a.ts\n');
    expect(read('a.ts')).toBe('class A {}');
    expect((await run(root, ['a.ts', '--allow-no-vcs'])).exitCode).toBe(0);
    expect(read('a.ts')).toBe('class A { #lock;}');
  });

  test('a file that the repository ignores', async () => {
    const { root } = makeRepository({ '.gitignore': 'generated/', 'generated/deep/a.ts': 'class A {}' });
    const { exitCode, stderr } = await run(root, ['generated/deep/a.ts']);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('--allow-no-vcs');
  });

  test('where there is no git to ask', async () => {
    const { root } = makeRepository({ 'a.ts': 'class A {}' });
    vi.stubEnv('PATH', '');
    const { exitCode, stderr } = await run(root, ['a.ts']).finally(() => vi.unstubAllEnvs());
    expect(exitCode).toBe(3);
    expect(stderr).toContain('--allow-no-vcs');
  });

  test('where git fails', async () => {
    const { root } = makeRepository({ 'a.ts': 'class A {}' });
    writeFileSync(`${root}/.git/HEAD`, 'broken');
    const { exitCode, stderr } = await run(root, ['a.ts']);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^lifecycle-codemod: git cannot say whether .* has uncommitted changes \(fatal: .*\); --allow-dirty goes on without asking it\n$/);
    expect((await run(root, ['a.ts', '--allow-dirty'])).exitCode).toBe(0);
  });
});

test('lists ten files at most', async () => {
  const { root } = makeProject(Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`${String(index)}.ts`, 'class A {}'])));
  expect((await run(root, ['.'])).stderr).toMatch(/\n {2}7\.ts\n {2}and 2 more\n$/);
});

test('does not mind changes in files that it would not touch', async () => {
  const { root, write } = makeRepository({ 'a.ts': 'class A {}', 'b.ts': 'class B { #lock;}' });
  write({ 'b.ts': 'class B { #lock;} // mine', 'new.ts': '', 'README.md': 'new' });
  expect((await run(root, ['.'])).exitCode).toBe(0);
});

test.each(['--dry-run', '--check'])('%s needs no version control', async (mode) => {
  const { root } = makeProject({ 'a.ts': 'class A {}' });
  expect((await run(root, [mode, 'a.ts'])).exitCode).toBe(mode === '--check' ? 1 : 0);
});

test('asks each repository about its own files', async () => {
  const { root, at, write } = makeRepository({ 'a.ts': 'class A {}', '.gitignore': '' });
  write({ 'inner/b.ts': 'class B {}', 'inner/c.ts': 'class C {}' });
  commitAll(at('inner'));
  write({ 'inner/c.ts': 'class C {} // mine' });
  const { exitCode, stderr } = await run(root, ['.']);
  expect(exitCode).toBe(3);
  expect(stderr).toContain('--allow-dirty:\n  inner/c.ts\n');
});

test('is not led astray by the variables of a git hook', async () => {
  const { root } = makeRepository({ 'a.ts': 'class A {}' });
  vi.stubEnv('GIT_DIR', '/nowhere');
  vi.stubEnv('GIT_INDEX_FILE', '/nowhere/index');
  expect((await run(root, ['a.ts']).finally(() => vi.unstubAllEnvs())).exitCode).toBe(0);
});

test('works from a folder below the root of the repository', async () => {
  const { at, write } = makeRepository({ 'packages/one/src/a.ts': 'class A {}' });
  write({ 'packages/one/src/a.ts': 'class A {} // mine' });
  expect((await run(at('packages/one'), ['src'])).stderr).toContain('  src/a.ts\n');
});
