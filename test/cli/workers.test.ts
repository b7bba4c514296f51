import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Tree } from '../../bench/tree.ts';
import { defaultEngine } from '../../cli/default-engine.ts';
import type { Engine } from '../../cli/engine.ts';
import { planInWorkers } from '../../cli/planning/plan-in-workers.ts';
import { planFiles } from '../../cli/planning/plan.ts';
import type { FileContext } from '../../cli/planning/plan-file.ts';
import { FormatReader } from '../../cli/settings/read-format.ts';
import { ProjectReader } from '../../cli/settings/read-project.ts';
import { SettingsReader } from '../../cli/settings/read-settings.ts';
import { fakeEngine } from './fake-engine.ts';
import { type CliRun, makeProject, makeRepository, type Project, run } from './project.ts';

const ROOT = join(import.meta.dirname, '../..');
const TSX = import.meta.resolve('tsx');

/** Two packages, and of each kind of file that a run has something to say of. */
const FILES: Readonly<Record<string, Buffer | string>> = {
  ...Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`shop/src/plain-${String(index)}.ts`, 'export const answer = 42;\n'])),
  ...Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`shop/src/feed-${String(index)}.ts`, `class Feed${String(index)} {}\n`])),
  'shop/package.json': '{ "name": "shop" }',
  'shop/src/fine.ts': 'class Fine { #lock;}\n',
  'shop/src/left.ts': 'class Left { leave }\n',
  'shop/src/none.ts': '@@ no class\n',
  'shop/src/torn-a.ts': 'class Torn { @@\n',
  'shop/src/torn-b.ts': '\n  @@ class Torn {\n',
  'shop/src/bom.ts': '\uFEFFclass Bom {}\r\n',
  'shop/src/latin.ts': Buffer.from('class Caf\xE9 {}', 'latin1'),
  'shop/src/huge.ts': `class Huge {}${' '.repeat(5_000_000)}`,
  'tools/package.json': '{ "name": "tools", "dependencies": { "async-mutex": "1" } }',
  'tools/lifecycle.config.json': '{ "pairs": [["boot", "halt"]] }',
  'tools/boot.js': 'boot(); // class Boot {',
  'broken/package.json': '{',
  'broken/a.js': 'class A {}',
};

/** Every file but those of git, by name. */
function textsIn({ root, read }: Project): Readonly<Record<string, string>> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !entry.parentPath.startsWith(join(root, '.git')));
  return Object.fromEntries(entries.map(({ name, parentPath }) => relative(root, join(parentPath, name))).map((name) => [name, read(name)]));
}

describe('prints and writes the same, letter by letter,', () => {
  test.each([
    ['a check', ['--check']],
    ['a check for machines', ['--check', '--format', 'json']],
    ['a check for code scanning', ['--check', '--format', 'sarif']],
    ['a preview', ['--dry-run', '--format', 'markdown']],
    ['a preview in which two threads want the same new file', ['--dry-run', '--lock', 'inline']],
  ])('%s', async (_, options) => {
    const { root } = makeRepository(FILES);
    const alone = await run(root, [...options, '.']);
    expect(alone.stdout).toContain('feed-11.ts');
    for (const workers of ['1', '2', '4']) expect(await run(root, [...options, '--workers', workers, '.'])).toEqual(alone);
  });

  test.each([['', []], [' with a new file that two threads want', ['--lock', 'inline']]])('a run that writes%s', async (_, options) => {
    const [alone, shared] = [makeRepository(FILES), makeRepository(FILES)];
    const expected = await run(alone.root, [...options, '.']);
    expect(expected.stdout).toContain('Feed11: lock');
    const { stdout, ...others } = await run(shared.root, [...options, '--workers', '2', '.']);
    expect({ ...others, stdout: stdout.replaceAll(shared.root, alone.root) }).toEqual(expected);
    expect(textsIn(shared)).toEqual(textsIn(alone));
    expect(Object.keys(textsIn(shared)).includes('shop/src/lifecycle-lock.ts')).toBe(options.length > 0);
    expect(shared.read('shop/src/feed-11.ts')).toBe('class Feed11 { #lock;}\n');
  });

  test('the real engine, on fixtures and a generated tree', async () => {
    using tree = new Tree(200);
    for (const name of ['services', 'codemods/escalate-kill']) cpSync(join(ROOT, 'fixtures', name), join(tree.folder, name), { recursive: true });
    const engine: Engine = { ...defaultEngine, workerFile: () => join(import.meta.dirname, 'plan-worker.mjs') };
    const preview = async (workers: string): Promise<CliRun> => await run(tree.folder, ['--dry-run', '--format', 'json', '--workers', workers, '.'], engine);
    const alone = await preview('1');
    expect(alone).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/module-180\.ts[^]+"newFiles": \[\n[^]+LifecycleLock/) as string });
    expect(await preview('2')).toEqual(alone); // not four: each loads all sources by itself
  });
});

test('a file that is gone when its turn comes leaves the others alone', async () => {
  const { root, at } = makeProject(FILES);
  const files = ['feed-1.ts', 'gone-a.ts', 'feed-2.ts', 'gone-b.ts', 'feed-3.ts'].map((name) => ({ name, path: at(`shop/src/${name}`) }));
  const engine = fakeEngine();
  const context: FileContext = { cwd: root, codemods: engine.codemods, options: {}, engine, projects: new ProjectReader(), formats: new FormatReader(), settings: new SettingsReader(engine.loadParseSettings) };
  const done: number[] = [];
  const plan = await planInWorkers({ files, context, workers: 2, workerFile: engine.workerFile(), onProgress: (count) => void done.push(count) });
  expect(plan).toEqual(await planFiles({ files, context, onProgress: () => undefined }));
  expect(plan.problems).toEqual(['gone-a.ts', 'gone-b.ts'].map((file) => ({ file, message: 'cannot be read: it is no longer there' })));
  expect(done).toEqual([1, 2, 3, 4, 5]);
});

describe('fails in one line, and writes nothing,', () => {
  test('for the first settings that are wrong', async () => {
    const { root, read } = makeRepository({ ...FILES, 'tools/lifecycle.config.json': '{ "pairs": 1 }', 'zoo/lifecycle.config.json': '{', 'zoo/a.ts': 'class A {}' });
    const alone = await run(root, ['.']);
    expect(alone).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/^lifecycle-codemod: \S+tools\/lifecycle\.config\.json: [^\n]+\n$/) as string });
    expect(await run(root, ['--workers', '2', '.'])).toEqual(alone);
    expect(read('shop/src/feed-0.ts')).toBe('class Feed0 {}\n');
  });

  test('where workers run out of memory', () => {
    const { root, read } = makeRepository({ ...FILES, 'shop/src/exhausting.ts': 'class A {}', 'tools/exhausting.ts': 'class A {}' });
    const argv = ['--max-old-space-size=100', '--import', TSX, join(import.meta.dirname, 'slow-command.ts'), '--workers', '2', '.'];
    const { status, stdout, stderr } = spawnSync(process.execPath, argv, { cwd: root, encoding: 'utf8' });
    expect(stderr).toBe('lifecycle-codemod: a worker ran out of memory, and nothing was written: use fewer --workers, or give each more with NODE_OPTIONS=--max-old-space-size=4096\n');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(read('shop/src/feed-0.ts')).toBe('class Feed0 {}\n');
  });

  test('where a worker ends', async () => {
    const { root, read } = makeRepository({ ...FILES, 'shop/src/leaving.ts': 'class A {}' });
    expect(await run(root, ['--workers', '2', '.'])).toEqual({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/^lifecycle-codemod: a fault of its own, please report it: Error: worker exited with code: 3\n/) as string });
    expect(read('shop/src/feed-0.ts')).toBe('class Feed0 {}\n');
  });

  test('where a worker cannot even start', async () => {
    const { root, read, at } = makeRepository({ ...FILES, 'worker.mjs': "throw new Error('no such binary');" });
    const { exitCode, stdout, stderr } = await run(root, ['--workers', '2', 'shop'], { ...fakeEngine(), workerFile: () => at('worker.mjs') });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^lifecycle-codemod: a fault of its own, please report it: Error: no such binary\n/);
    expect(read('shop/src/feed-0.ts')).toBe('class Feed0 {}\n');
  });

  test.each([
    [['--workers', '0', '.'], "--workers cannot be '0'; it is a number of threads from 1 to 64"],
    [['--workers=-1', '.'], "--workers cannot be '-1'; it is a number of threads from 1 to 64"],
    [['--workers', 'x', '.'], "--workers cannot be 'x'; it is a number of threads from 1 to 64"],
    [['--workers', '1.5', '.'], "--workers cannot be '1.5'; it is a number of threads from 1 to 64"],
    [['--workers', '65', '.'], "--workers cannot be '65'; it is a number of threads from 1 to 64"],
    [['.', '--workers'], "option '--workers <n>' argument missing"],
    [['-i', '--workers', '2', '.'], '-i asks class by class: leave --workers out'],
  ])('for %j', async (argv, message) => {
    const { root } = makeProject({ 'a.ts': 'class A {}' });
    expect(await run(root, argv)).toEqual({ exitCode: 2, stdout: '', stderr: `lifecycle-codemod: ${message}\n` });
  });
});

test('has nothing to do where git calls nothing changed', async () => {
  const { root } = makeRepository({ 'a.ts': 'class A {}' });
  expect(await run(root, ['--since', 'HEAD', '--workers', '4'])).toEqual({ exitCode: 0, stdout: 'There was no file to read.\n', stderr: '' });
});
