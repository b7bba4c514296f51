import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { discoverFiles } from '../../cli/files/discover-files.ts';
import { git, makeProject, makeRepository } from './project.ts';

async function namesIn(cwd: string, ...paths: readonly string[]): Promise<readonly string[]> {
  return (await discoverFiles(paths, cwd)).files.map(({ name }) => name);
}

describe('a folder', () => {
  test('is searched for TypeScript and JavaScript, not for declarations and what is installed or built', async () => {
    const { root } = makeProject({
      'a.ts': '', 'b.tsx': '', 'c.mts': '', 'd.cts': '', 'e.js': '', 'f.jsx': '', 'g.mjs': '', 'h.cjs': '',
      'types.d.ts': '', 'types.d.mts': '', 'types.d.cts': '', 'style.d.css.ts': '', 'notes.md': '', 'data.json': '', 'x.ts.snap': '',
      'node_modules/x/index.ts': '', 'sub/node_modules/x/index.ts': '', 'dist/a.js': '', 'sub/dist/a.js': '', '.git/hook.js': '',
      '.storybook/main.ts': '', 'sub/deep/z.ts': '', 'distance/a.ts': '', 'weird.d/a.ts': '',
    });
    expect(await namesIn(root, '.')).toEqual([
      '.storybook/main.ts', 'a.ts', 'b.tsx', 'c.mts', 'd.cts', 'distance/a.ts', 'e.js', 'f.jsx', 'g.mjs', 'h.cjs', 'sub/deep/z.ts', 'weird.d/a.ts',
    ]);
  });

  test('is searched as git would', async () => {
    const { root } = makeRepository({
      '.gitignore': '\uFEFF# comment\n/build\n*.gen.ts\n!keep.gen.ts\nlogs/\n**/tmp/*\n!**/tmp/keep.ts\nspaced\\ name.ts\r\n',
      'build/a.ts': '', 'src/build/a.ts': '', 'a.gen.ts': '', 'src/b.gen.ts': '', 'src/keep.gen.ts': '', 'src/logs/a.ts': '', 'src/logs.ts': '',
      'src/tmp/a.ts': '', 'src/tmp/keep.ts': '', 'spaced name.ts': '',
      'packages/one/.gitignore': 'local.ts\n!again.gen.ts\n/rooted.ts\n', 'packages/one/local.ts': '', 'packages/one/deep/local.ts': '', 'packages/one/again.gen.ts': '',
      'packages/one/rooted.ts': '', 'packages/one/deep/rooted.ts': '', 'packages/two/local.ts': '', 'Build/a.ts': '',
      'packages/one/src/logs/kept.ts': '', 'packages/a [b]!/.gitignore': '# x\n!src/logs\n\nown/\n', 'packages/a [b]!/src/logs/kept.ts': '', 'packages/a [b]!/deep/own/x.ts': '',
      'packages/a [b]!/deep/own.ts': '',
    });
    const asGit = git(root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0').filter((name) => name.endsWith('.ts'));
    expect(await namesIn(root, '.')).toEqual(asGit.sort());
    expect(asGit).toContain('packages/one/again.gen.ts');
  });

  test('obeys what is ignored above it, up to the root of the repository', async () => {
    const { root, at } = makeProject({ '.gitignore': '*.ts', 'repo/.gitignore': 'old.ts', 'repo/src/deep/old.ts': '', 'repo/src/deep/new.ts': '' });
    mkdirSync(at('repo/.git'));
    expect(await namesIn(at('repo/src'), 'deep')).toEqual(['deep/new.ts']);
    expect(await namesIn(root, 'repo')).toEqual(['repo/src/deep/new.ts']);
  });

  test('without a repository, obeys what is ignored in the working directory', async () => {
    const { root } = makeProject({ '.gitignore': 'old.ts', 'src/deep/old.ts': '', 'src/deep/new.ts': '' });
    expect(await namesIn(root, 'src/deep')).toEqual(['src/deep/new.ts']);
  });

  test('that is itself ignored is searched when it is named', async () => {
    const { root } = makeRepository({ '.gitignore': 'build\n', 'build/a.ts': '', 'build/.gitignore': 'b.ts', 'build/b.ts': '', 'dist/c.ts': '' });
    expect(await namesIn(root, 'build', 'dist')).toEqual(['build/a.ts', 'dist/c.ts']);
  });

  test.each(['empty', 'notes'])('without a source file is an error: %s', async (folder) => {
    const { root, at } = makeProject({ 'notes/a.md': '', 'notes/a.d.ts': '' });
    mkdirSync(at('empty'));
    await expect(discoverFiles([folder], root)).rejects.toThrow(`${folder} holds no source files (node_modules, dist, .d.ts and what .gitignore lists do not count)`);
  });

  test.runIf(process.getuid?.() !== 0)('that cannot be read is a problem', async () => {
    const { root, at } = makeProject({ 'a.ts': '', 'secret/b.ts': '' });
    chmodSync(at('secret'), 0);
    expect(await discoverFiles(['.'], root)).toMatchObject({ files: [{ name: 'a.ts' }], problems: [{ file: 'secret', message: 'cannot be read: permission denied' }] });
    chmodSync(at('secret'), 0o755);
  });
});

describe('a file', () => {
  test('that is named is taken though it is ignored, built or installed', async () => {
    const { root } = makeRepository({ '.gitignore': 'a.ts', 'a.ts': '', 'dist/b.js': '', 'node_modules/c/index.js': '' });
    expect(await namesIn(root, 'a.ts', 'dist/b.js', 'node_modules/c/index.js')).toEqual(['a.ts', 'dist/b.js', 'node_modules/c/index.js']);
  });

  test('of another kind is skipped, with the reason', async () => {
    const { root, at } = makeProject({ 'a.ts': '', 'types.d.ts': '', 'notes.md': '' });
    execFileSync('mkfifo', [at('pipe.ts')]);
    const { files, skipped } = await discoverFiles(['a.ts', 'types.d.ts', 'notes.md', 'pipe.ts'], root);
    expect(files).toHaveLength(1);
    expect(skipped).toEqual([
      { file: 'types.d.ts', message: 'not looked at: a declaration file holds no code' },
      { file: 'notes.md', message: 'not looked at: it is neither TypeScript nor JavaScript' },
      { file: 'pipe.ts', message: 'not looked at: it is no regular file' },
    ]);
  });

  test('outside the working directory is named from there', async () => {
    const { at } = makeProject({ 'one/a.ts': '', 'two/b.ts': '' });
    expect(await namesIn(at('one'), '../two', at('one/a.ts'))).toEqual(['../two/b.ts', 'a.ts']);
  });

  test('behind a broken link does not exist', async () => {
    const { root, at } = makeProject({});
    symlinkSync(at('nowhere.ts'), at('a.ts'));
    await expect(discoverFiles(['a.ts'], root)).rejects.toThrow('a.ts: no such file or folder');
  });

  test('behind a link that leads to itself cannot be read', async () => {
    const { root, at } = makeProject({});
    symlinkSync(at('a.ts'), at('a.ts'));
    await expect(discoverFiles(['a.ts'], root)).rejects.toThrow('a.ts cannot be read: a link that leads to itself');
  });
});

describe('a glob', () => {
  const files = {
    '.gitignore': 'old.ts', 'a.ts': '', 'src/b.ts': '', 'src/old.ts': '', 'src/deep/c.mts': '', 'src/deep/d.test.ts': '', 'src/e.d.ts': '',
    'packages/one/src/f.ts': '', 'packages/two/src/g.js': '', 'packages/two/dist/h.js': '', 'app/[id].ts': '',
  };

  test.each([
    ['*.ts', ['a.ts']],
    ['**/*.ts', ['a.ts', 'app/[id].ts', 'packages/one/src/f.ts', 'src/b.ts', 'src/deep/d.test.ts']],
    ['src/**/*.{ts,mts}', ['src/b.ts', 'src/deep/c.mts', 'src/deep/d.test.ts']],
    ['./src/*.ts', ['src/b.ts']],
    ['packages/*/src', ['packages/one/src/f.ts', 'packages/two/src/g.js']],
    ['packages/*', ['packages/one/src/f.ts', 'packages/two/src/g.js']],
    ['app/[id].ts', ['app/[id].ts']],
  ])('%s', async (glob, names) => {
    const { root } = makeRepository(files);
    expect(await namesIn(root, glob)).toEqual(names);
  });

  test('may be absolute, or lead out of the working directory', async () => {
    const { at } = makeRepository(files);
    expect(await namesIn(at('app'), at('src/*.ts'))).toEqual(['../src/b.ts']);
    expect(await namesIn(at('app'), '../src/*.ts')).toEqual(['../src/b.ts']);
  });

  test('with ! takes files away again', async () => {
    const { root } = makeRepository(files);
    expect(await namesIn(root, 'src', '!**/*.test.ts')).toEqual(['src/b.ts', 'src/deep/c.mts']);
    expect(await namesIn(root, '!src/deep', 'src')).toEqual(['src/b.ts']);
  });

  test.each(['src/*.tss', 'nowhere/**/*.ts', 'src/old.t*', 'src/*.d.ts'])('that matches nothing is an error: %s', async (glob) => {
    const { root } = makeRepository(files);
    await expect(discoverFiles([glob], root)).rejects.toThrow(`${glob} matches no source file (node_modules, dist, .d.ts and what .gitignore lists do not count)`);
  });
});
