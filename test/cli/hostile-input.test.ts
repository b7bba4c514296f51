import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultEngine } from '../../cli/default-engine.ts';
import { fakeEngine } from './fake-engine.ts';
import { applyPatch, makeProject, makeRepository, run, type Project } from './project.ts';

const FEED = `export class Feed {
  async start() {
    if (this.server) return;
    this.server = await listen();
  }
  async stop() {
    await this.server.close();
    this.server = undefined;
  }
}
`;

describe('with the real codemods', () => {
  test('keeps every byte that it does not change: mark, line ends of both kinds, tabs, no newline at the end', async () => {
    const lines = FEED.trimEnd().split('\n');
    const text = `\uFEFF${lines.map((line, index) => line.replace(/^ +/, '\t') + (index % 3 === 0 ? '\n' : '\r\n')).join('')}// last\r// line`;
    const { root, read } = makeRepository({ 'a.js': text });
    expect(await run(root, ['.'], defaultEngine)).toMatchObject({ exitCode: 0 });
    const after = read('a.js');
    expect(after.startsWith('\uFEFF')).toBe(true);
    expect(after.endsWith('// last\r// line')).toBe(true);
    const kept = new Set(after.split(/(?<=\n)/));
    const bodies = text.slice(1).split(/(?<=\n)/).filter((line) => line.startsWith('\t\t'));
    expect(bodies.filter((line) => !kept.has(line) && !kept.has(line.replace('\t\t', '\t')))).toEqual([]);
  });

  test('leaves files with syntax errors, in binary, and without anything, and mends the others', async () => {
    const files = {
      'syntax.js': `${FEED}class {`,
      'unclosed.js': FEED.slice(0, -3),
      'binary.js': Buffer.from([...Buffer.from(FEED), 0, 1, 2, 0xff, 0xfe]),
      'nul.js': `${FEED}\0`,
      'empty.js': '',
      'blank.js': ' \n\r\n\t',
      'mark.js': '\uFEFF',
      'conflict.js': `<<<<<<< ours\n${FEED}=======\n>>>>>>> theirs\n`,
      'good.js': FEED,
    };
    const { root, at, read } = makeRepository(files);
    const { exitCode, stdout } = await run(root, ['.'], defaultEngine);
    expect(exitCode).toBe(2);
    for (const [name, content] of Object.entries(files)) {
      if (name !== 'good.js') expect(readFileSync(at(name)).equals(Buffer.from(content))).toBe(true);
    }
    expect(read('good.js')).toContain('runExclusive');
    const failed = /Failed\n((?: {2}.*\n)+)/.exec(stdout)?.[1]?.split('\n').map((line) => line.trim().split(/[ :]/, 1).join('')).filter(Boolean);
    expect(failed).toEqual(['binary.js', 'conflict.js', 'nul.js', 'syntax.js', 'unclosed.js']);
  });

  test('a file of 10 MB is skipped, with a line', async () => {
    const text = `${FEED}// ${'x'.repeat(10 * 1024 * 1024)}\n`;
    const { root, read } = makeProject({ 'a.js': text });
    const { exitCode, stdout } = await run(root, ['.', '--allow-no-vcs'], defaultEngine);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Skipped\n  a.js  larger than 4 MB\n');
    expect(read('a.js')).toBe(text);
  });
});

describe('a name', () => {
  const NAMES = ['-rf.ts', '--check', '[id].ts', '(group)/page.ts', '{a,b}.ts', 'a b.ts', 'é.ts', 'e\u0301.ts', '日本語/名前.ts', '😀.ts', '$HOME.ts', '`x`.ts', "it's.ts", 'a"b.ts', 'back\\slash.ts', 'star*.ts', '!not.ts', '#hash.ts', '~.ts'];

  test.each(NAMES.filter((name) => name.endsWith('.ts')))('%j is found, mended, and in a diff that git applies', async (name) => {
    const { root, read } = makeRepository({ [name]: 'class A {}\n' });
    const { stdout } = await run(root, ['--dry-run', '.']);
    applyPatch(root, stdout);
    expect(read(name)).toBe('class A { #lock;}\n');
    writeFileSync(`${root}/${name}`, 'class A {}\n');
    expect(await run(root, ['.'])).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(`${name}:1`) as string });
    expect(read(name)).toBe('class A { #lock;}\n');
  });

  test.each(['[id].ts', '{a,b}.ts', 'a b.ts', 'star*.ts', '!not.ts'])('%j may be given as it is', async (name) => {
    const { root, read } = makeRepository({ [name]: 'class A {}', 'a.ts': 'class B {}', 'start.ts': 'class C {}' });
    expect((await run(root, [name])).exitCode).toBe(0);
    expect(read(name)).toContain('#lock');
    expect(read('a.ts') + read('start.ts')).toBe('class B {}class C {}');
  });

  test('with a leading dash is a path behind --', async () => {
    const { root, read } = makeRepository({ '-rf.ts': 'class A {}', '--check/a.ts': 'class B {}' });
    expect((await run(root, ['-rf.ts'])).exitCode).toBe(2);
    expect((await run(root, ['--', '-rf.ts', '--check'])).exitCode).toBe(0);
    expect(read('-rf.ts') + read('--check/a.ts')).toBe('class A { #lock;}class B { #lock;}');
  });

  test('with a line end takes one line of the summary, of the check and of a refusal', async () => {
    const { root, read, write } = makeRepository({ 'a\nb.ts': 'class A {}\n' });
    const { stdout: checked } = await run(root, ['--check', '.']);
    expect(checked).toBe('"a\\nb.ts"\n');
    const { stdout: diff } = await run(root, ['--dry-run', '.']);
    applyPatch(root, diff);
    expect(read('a\nb.ts')).toBe('class A { #lock;}\n');
    write({ 'a\nb.ts': 'class B {}\n' });
    expect((await run(root, ['.'])).stderr).toContain('--allow-dirty:\n  "a\\nb.ts"\n');
    expect((await run(root, ['.', '--allow-dirty'])).stdout).toContain('Added\n  "a\\nb.ts":1  B: lock\n');
  });
});

test('links in a circle, to nowhere and out of the tree are not followed', async () => {
  const outside = makeProject({ 'theirs.ts': 'class Theirs {}' });
  const { root, at } = makeRepository({ 'src/a.ts': 'class A {}' });
  mkdirSync(at('src/deep'));
  symlinkSync('..', at('src/deep/up'));
  symlinkSync('me', at('src/me'));
  symlinkSync('other', at('src/one'));
  symlinkSync('one', at('src/other'));
  symlinkSync('nowhere.ts', at('src/b.ts'));
  symlinkSync(outside.root, at('src/outside'));
  const { exitCode, stdout } = await run(root, ['.']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Read 1 file,');
  expect(outside.read('theirs.ts')).toBe('class Theirs {}');
});

test.each([
  ['the file is gone', ({ at }: Project) => rmSync(at('src/a.ts')), 'it is no longer there'],
  ['the folder is gone', ({ at }: Project) => rmSync(at('src'), { recursive: true }), 'it is no longer there'],
  ['the file has become a folder', ({ at }: Project) => {
    rmSync(at('src/a.ts'));
    mkdirSync(at('src/a.ts'));
  }, 'it is a folder'],
  ['only a byte is different', ({ write }: Project) => write({ 'src/a.ts': 'class A {} ' }), 'it was changed while this ran; run again'],
])('between plan and write %s: said in one line, and nothing is made in its place', async (_, meanwhile, why) => {
  const project = makeRepository({ 'src/a.ts': 'class A {}', 'src/b.ts': 'class B {}' });
  const engine = fakeEngine((fileName) => {
    if (fileName.endsWith('b.ts')) meanwhile(project);
  });
  const { exitCode, stdout } = await run(project.root, ['src', '--allow-dirty'], engine);
  expect(exitCode).toBe(2);
  expect(stdout).toContain(`src/a.ts  not written: ${why}\n`);
  expect(existsSync(project.at('src')) ? readdirSync(project.at('src')).filter((name) => name.includes('tmp')) : []).toEqual([]);
});

describe('for one who is not root', () => {
  /** The command in a process of nobody, whom the modes of files hold back. */
  function asNobody(root: string, ...argv: readonly string[]): { readonly status: number | null; readonly stdout: string } {
    const main = new URL('../../cli/main.ts', import.meta.url).pathname;
    const own = { uid: process.getuid?.() === 0 ? 65534 : undefined, gid: process.getuid?.() === 0 ? 65534 : undefined };
    const ids = own.uid === undefined ? {} : { uid: own.uid, gid: own.gid };
    const { status, stdout } = spawnSync(process.execPath, ['--import', import.meta.resolve('tsx'), main, ...argv], { cwd: root, encoding: 'utf8', ...ids, env: { ...process.env, HOME: root, TMPDIR: dirname(root) } });
    return { status, stdout };
  }

  test('folders and files that cannot be read, and folders that cannot be written, are named', { timeout: 60_000 }, () => {
    const { root, at, read } = makeProject({ 'secret/a.js': FEED, 'unreadable.js': FEED, 'fixed/a.js': FEED, 'good.js': FEED });
    spawnSync('chmod', ['-R', 'a+rwX', root]);
    chmodSync(at('secret'), 0);
    chmodSync(at('unreadable.js'), 0);
    chmodSync(at('fixed'), 0o555);
    const { status, stdout } = asNobody(root, '--allow-no-vcs', '.');
    chmodSync(at('secret'), 0o755);
    expect(stdout).toContain('secret         cannot be read: permission denied');
    expect(stdout).toContain('unreadable.js  cannot be read: permission denied');
    expect(stdout).toContain('fixed/a.js     not written: permission denied');
    expect(status).toBe(2);
    expect(read('good.js')).toContain('runExclusive');
    expect(read('fixed/a.js')).toBe(FEED);
    expect(readdirSync(at('fixed'))).toEqual(['a.js']);
  });
});
