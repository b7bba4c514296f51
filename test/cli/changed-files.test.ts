import { renameSync, rmSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { fakeEngine } from './fake-engine.ts';
import { commitAll, git, makeProject, makeRepository, type Project, run } from './project.ts';

/** The files that a run looked at. */
async function lookedAt(project: Project, argv: readonly string[], cwd = project.root): Promise<readonly string[]> {
  const engine = fakeEngine();
  const { exitCode, stderr } = await run(cwd, ['--dry-run', ...argv], engine);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringContaining('Read ') as string });
  return engine.calls.map(({ fileName }) => fileName.slice(project.root.length + 1));
}

function commit(project: Project, files: Readonly<Record<string, string>>): void {
  project.write(files);
  commitAll(project.root);
}

describe('--since', () => {
  test('takes what is committed, staged, changed and new since the branch left the ref', async () => {
    const project = makeRepository({ 'same.ts': 'class A {}', 'gone.ts': 'class B {}', 'old.ts': 'class C {}', 'changed.ts': '', '.gitignore': 'ignored.ts' });
    git(project.root, 'branch', 'main-line');
    commit(project, { 'committed.ts': 'class D {}' });
    project.write({ 'changed.ts': 'class E {}', 'new folder/é [1].ts': 'class F {}', 'ignored.ts': 'class G {}', 'staged.ts': 'class H {}' });
    git(project.root, 'add', 'staged.ts');
    rmSync(project.at('gone.ts'));
    renameSync(project.at('old.ts'), project.at('renamed.ts'));
    expect(await lookedAt(project, ['--since', 'main-line'])).toEqual(['changed.ts', 'committed.ts', 'new folder/é [1].ts', 'renamed.ts', 'staged.ts']);
  });

  test('what others have changed meanwhile does not count', async () => {
    const project = makeRepository({ 'a.ts': 'class A {}', 'theirs.ts': '' });
    git(project.root, 'checkout', '--quiet', '-b', 'mine');
    commit(project, { 'mine.ts': 'class M {}' });
    git(project.root, 'checkout', '--quiet', '-b', 'theirs', 'HEAD~1');
    commit(project, { 'theirs.ts': 'class T {}' });
    git(project.root, 'checkout', '--quiet', 'mine');
    expect(await lookedAt(project, ['--since', 'theirs'])).toEqual(['mine.ts']);
  });

  test('goes together with paths, from wherever it runs', async () => {
    const project = makeRepository({ 'src/a.ts': '', 'lib/b.ts': '' });
    project.write({ 'src/a.ts': 'class A {}', 'lib/b.ts': 'class B {}' });
    expect(await lookedAt(project, ['--since', 'HEAD', 'src'])).toEqual(['src/a.ts']);
    expect(await lookedAt(project, ['--since=HEAD', '../lib/*.ts'], project.at('src'))).toEqual(['lib/b.ts']);
    expect(await lookedAt(project, ['--since=HEAD'], project.at('src'))).toEqual(['src/a.ts']);
  });

  test('where nothing has changed there is nothing to do', async () => {
    const { root } = makeRepository({ 'a.ts': 'class A {}' });
    expect(await run(root, ['--check', '--since', 'HEAD'])).toEqual({ exitCode: 0, stdout: '', stderr: 'There was no file to read.\n' });
  });

  test.each([
    ['nowhere', "--since: git knows no commit 'nowhere'; in CI it may have to be fetched first, as in git fetch origin main"],
    ['--output=a.ts', "--since: git knows no commit '--output=a.ts'; in CI it may have to be fetched first, as in git fetch origin main"],
    ['alone', "--since: 'alone' and HEAD have no common commit here; a shallow clone has to be deepened, as with fetch-depth: 0 in GitHub Actions"],
  ])('%s fails with one line', async (ref, message) => {
    const { root, read } = makeRepository({ 'a.ts': 'class A {}' });
    const tree = git(root, 'rev-parse', 'HEAD^{tree}').trim();
    git(root, 'branch', 'alone', git(root, '-c', 'user.name=test', '-c', 'user.email=test@localhost', 'commit-tree', tree, '-m', 'alone').trim());
    expect(await run(root, [`--since=${ref}`])).toEqual({ exitCode: 2, stdout: '', stderr: `lifecycle-codemod: ${message}\n` });
    expect(read('a.ts')).toBe('class A {}');
  });

  test('outside of a repository, and without git, says so', async () => {
    const { root } = makeProject({ 'a.ts': 'class A {}' });
    expect((await run(root, ['--since', 'main'])).stderr).toBe(`lifecycle-codemod: --since asks git, and ${root} is in no repository\n`);
    const repository = makeRepository({ 'a.ts': 'class A {}' });
    vi.stubEnv('PATH', '/nowhere');
    expect((await run(repository.root, ['--since', 'main'])).stderr).toContain('--since asks git, which cannot be run');
    vi.unstubAllEnvs();
  });
});

describe('--staged', () => {
  test('takes what is staged, and nothing else', async () => {
    const project = makeRepository({ 'same.ts': 'class A {}', 'unstaged.ts': '', 'gone.ts': '' });
    project.write({ 'staged.ts': 'class B {}', 'unstaged.ts': 'class C {}', 'new.ts': 'class D {}' });
    git(project.root, 'add', 'staged.ts');
    git(project.root, 'rm', '--quiet', 'gone.ts');
    expect(await lookedAt(project, ['--staged'])).toEqual(['staged.ts']);
  });

  test('writes beside the index, which can bring the file back', async () => {
    const { root, read, write } = makeRepository({ 'a.ts': '' });
    write({ 'a.ts': 'class A {}' });
    git(root, 'add', 'a.ts');
    const { exitCode } = await run(root, ['--staged']);
    expect(exitCode).toBe(0);
    expect(read('a.ts')).toBe('class A { #lock;}');
    expect(git(root, 'show', ':a.ts')).toBe('class A {}');
  });

  test.each([['--check'], ['--dry-run'], ['--allow-dirty']])('with %s, does not look at a file that is staged in part, and does not pass for it', async (option) => {
    const { root, read, write } = makeRepository({ 'a.ts': '', 'b.ts': '' });
    write({ 'a.ts': 'class A {}', 'b.ts': 'class B { #lock;}' });
    git(root, 'add', '.');
    write({ 'a.ts': 'class A {}\nclass More {}' });
    const { exitCode, stdout, stderr } = await run(root, [option, '--staged']);
    expect(exitCode).toBe(2);
    expect(stdout + stderr).toContain('Failed\n  a.ts  not looked at: a part of its changes is not staged, and would be mixed with what is; stage the rest, or stash it with git stash --keep-index\n');
    expect(read('a.ts')).toBe('class A {}\nclass More {}');
  });

  test('in a hook, goes by the index of the commit that is being made', async () => {
    const project = makeRepository({ 'a.ts': '', 'b.ts': '' });
    project.write({ 'a.ts': 'class A {}', 'b.ts': 'class B {}' });
    git(project.root, 'add', 'b.ts');
    // As `git commit a.ts` does: its index has nothing but that file.
    const index = project.at('.git/next-index-1.lock');
    vi.stubEnv('GIT_INDEX_FILE', index);
    git(project.root, 'read-tree', 'HEAD');
    git(project.root, 'add', 'a.ts');
    expect(await lookedAt(project, ['--staged'])).toEqual(['a.ts']);
    vi.stubEnv('GIT_INDEX_FILE', '/elsewhere/.git/index');
    expect(await lookedAt(project, ['--staged'])).toEqual(['b.ts']);
    vi.unstubAllEnvs();
  });

  test('and --since exclude each other', async () => {
    const { root } = makeRepository({ 'a.ts': '' });
    expect((await run(root, ['--staged', '--since', 'HEAD'])).stderr).toBe("lifecycle-codemod: option '--since <ref>' cannot be used with option '--staged'\n");
  });
});
