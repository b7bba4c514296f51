import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createFile, replaceFile } from '../../cli/writing/replace-file.ts';
import { writePlan } from '../../cli/writing/write-plan.ts';
import { fakeEngine } from './fake-engine.ts';
import { makeProject, makeRepository, run, type Project } from './project.ts';

const OLD = `class A {}\n${'// old\n'.repeat(2000)}`;
const NEW = `class A { #lock;}\n${'// new\n'.repeat(2000)}`;

function project(count: number, prefix = 'a'): Project & { readonly names: readonly string[] } {
  const names = Array.from({ length: count }, (_, index) => `${prefix}${String(index)}.js`);
  return { ...makeProject(Object.fromEntries(names.map((name) => [name, OLD]))), names };
}

function states({ names, read }: ReturnType<typeof project>): { readonly old: number; readonly new: number; readonly torn: number } {
  const texts = names.map((name) => read(name));
  const [old, fresh] = [OLD, NEW].map((text) => texts.filter((one) => one === text).length);
  return { old: old ?? 0, new: fresh ?? 0, torn: names.length - (old ?? 0) - (fresh ?? 0) };
}

const TSX = ['--import', import.meta.resolve('tsx')];
const at = (name: string): string => new URL(`../../${name}`, import.meta.url).pathname;

describe('a signal while files are written', () => {
  test.each([['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const)('%s: the file at hand is finished, no other begun, and the run exits with %d', async (signal, code) => {
    const { root, read } = makeRepository(Object.fromEntries(['a.ts', 'b.ts', 'c.ts'].map((name) => [name, 'class A {}'])));
    // The engine is asked for the last file before anything is written: the signal comes at the first look after that.
    const sent = fakeEngine();
    const listeners = process.listenerCount(signal);
    const send = (): void => {
      if (process.listenerCount(signal) > listeners) process.emit(signal, signal);
      else setImmediate(send);
    };
    setImmediate(send);
    const { exitCode, stdout } = await run(root, ['.'], sent);
    expect(exitCode).toBe(code);
    expect(stdout).toMatch(/Failed\n {2}[abc]\.ts {2}not written(?:, nor \d more)?: the run was interrupted; run again\n/);
    const texts = ['a.ts', 'b.ts', 'c.ts'].map(read);
    expect(texts.filter((text) => text !== 'class A {}' && text !== 'class A { #lock;}')).toEqual([]);
    expect(texts).toContain('class A {}');
    expect(readdirSync(root).sort()).toEqual(['.git', 'a.ts', 'b.ts', 'c.ts']);
    expect(process.listenerCount(signal)).toBe(listeners);
  });

  test('of files that belong together none is changed', async () => {
    const files = ['a.ts', 'b.ts', 'c.ts'];
    const { at: path, read, root } = makeProject(Object.fromEntries(files.map((name) => [name, 'old'])));
    const planned = files.map((name) => ({ path: path(name), name, before: 'old', after: 'new', services: [], newFiles: [path('lock.ts')] }));
    const listeners = process.listenerCount('SIGINT');
    const send = (): void => {
      if (process.listenerCount('SIGINT') > listeners && read('a.ts') === 'new') process.emit('SIGINT', 'SIGINT');
      else setImmediate(send);
    };
    setImmediate(send);
    const written = await writePlan({ isJoint: true, files: planned, newFiles: [{ path: path('lock.ts'), name: 'lock.ts', text: 'lock' }] });
    expect(written).toMatchObject({ interrupted: 130, paths: new Set() });
    expect(files.map(read)).toEqual(['old', 'old', 'old']);
    expect(readdirSync(root).sort()).toEqual(files);
  });
});

test.each([
  ['a', []],
  ['slow', ['--workers', '2']],
])('SIGINT while files called %s… are planned with %j: nothing is written, and a shell sees 130', { timeout: 120_000 }, async (prefix, options) => {
  const many = project(300, prefix);
  writeFileSync(join(many.root, 'package.json'), '{ "name": "x" }');
  const shell = spawn('/bin/sh', ['-c', `'${process.execPath}' ${TSX.map((part) => `'${part}'`).join(' ')} '${at('test/cli/slow-command.ts')}' ${options.join(' ')} .; echo "exit $?"`], { cwd: many.root, detached: true });
  let output = '';
  shell.stdout.on('data', (text: Buffer) => (output += text.toString()));
  while (!output.includes('planning')) await setTimeout(20);
  spawnSync('pkill', ['-INT', '-P', String(shell.pid)]);
  await new Promise((resolve) => shell.on('close', resolve));
  expect(output).toContain('exit 130');
  expect(states(many)).toMatchObject({ old: 300, torn: 0 });
});

test('kill -9 at any moment leaves every file old or new, and what else it leaves is no source', { timeout: 600_000 }, async () => {
  const rounds = Number(process.env['KILL_ROUNDS'] ?? 3);
  let cut = 0;
  for (let round = 0; round < rounds; round++) {
    const many = project(150);
    const child = spawn(process.execPath, [...TSX, at('test/cli/write-files.ts'), many.root], { stdio: ['ignore', 'pipe', 'inherit'] });
    const closed = new Promise((resolve) => child.on('close', resolve));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await setTimeout(Math.random() * 60);
    child.kill('SIGKILL');
    await closed;
    const { old, new: fresh, torn } = states(many);
    expect(torn).toBe(0);
    if (old > 0 && fresh > 0) cut++;
    const others = readdirSync(many.root).filter((name) => !many.names.includes(name) && name !== 'lifecycle-lock.js');
    expect(others.filter((name) => !/^\.lifecycle-codemod-[\da-f]+\.tmp$/.test(name))).toEqual([]);
    if (readdirSync(many.root).includes('lifecycle-lock.js')) expect(many.read('lifecycle-lock.js')).toBe(NEW);
    rmSync(many.root, { recursive: true, force: true });
  }
  if (rounds > 20) process.stdout.write(`${String(rounds)} rounds, ${String(cut)} of them cut off between two files\n`);
});

test('two runs at once: every file is written once, and each run says what it did not write', { timeout: 120_000 }, async () => {
  const many = project(60);
  const runs = await Promise.all(
    [1, 2].map(async () => {
      const child = spawn(process.execPath, [...TSX, at('test/cli/slow-command.ts'), '--allow-no-vcs', '.'], { cwd: many.root });
      let output = '';
      child.stdout.on('data', (text: Buffer) => (output += text.toString()));
      const code = await new Promise((resolve) => child.on('close', resolve));
      return { code, output };
    }),
  );
  const mended = OLD.replace('{}', '{ #lock;}');
  expect(many.names.filter((name) => many.read(name) !== mended)).toEqual([]);
  expect(readdirSync(many.root).sort()).toEqual([...many.names].sort());
  for (const { code, output } of runs) if (code !== 0) expect(output).toContain('it was changed while this ran; run again');
});

describe('a full disk', () => {
  /** A folder with room for 64 KB, or undefined where nobody may make one. */
  function smallDisk(): { readonly folder: string; readonly remove: () => void } | undefined {
    const { root } = makeProject({});
    const folder = join(root, 'disk');
    mkdirSync(folder);
    if (process.getuid?.() !== 0 || spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).status !== 0) return undefined;
    return { folder, remove: () => void spawnSync('umount', [folder]) };
  }

  test('keeps the old text whole where the new one fits in half', (context) => {
    const disk = smallDisk();
    if (disk === undefined) return context.skip('mounting a tmpfs needs root');
    try {
      const { folder } = disk;
      writeFileSync(join(folder, 'a.ts'), 'x'.repeat(20_000));
      writeFileSync(join(folder, 'b.ts'), 'y'.repeat(12_000));
      expect(statfsSync(folder).bavail * statfsSync(folder).bsize).toBeLessThan(40_000);
      expect(() => replaceFile(join(folder, 'a.ts'), 'z'.repeat(40_000))).toThrow('ENOSPC');
      expect(() => createFile(join(folder, 'lock.ts'), 'z'.repeat(40_000))).toThrow('ENOSPC');
      expect(readFileSync(join(folder, 'a.ts'), 'utf8')).toBe('x'.repeat(20_000));
      expect(readdirSync(folder).sort()).toEqual(['a.ts', 'b.ts']);
    } finally {
      disk.remove();
    }
  });

  test('is said in one line, and files that have room are written', async (context) => {
    const disk = smallDisk();
    if (disk === undefined) return context.skip('mounting a tmpfs needs root');
    try {
      const { folder } = disk;
      writeFileSync(join(folder, 'a.ts'), `class A {}${' '.repeat(30_000)}`);
      writeFileSync(join(folder, 'b.ts'), 'class B {}');
      writeFileSync(join(folder, 'c.ts'), 'x'.repeat(8000));
      const { exitCode, stdout } = await run(folder, ['.', '--allow-no-vcs']);
      expect(exitCode).toBe(2);
      expect(stdout).toContain('Failed\n  a.ts  not written: the disk is full\n');
      expect(readFileSync(join(folder, 'a.ts'), 'utf8')).toBe(`class A {}${' '.repeat(30_000)}`);
      expect(readFileSync(join(folder, 'b.ts'), 'utf8')).toBe('class B { #lock;}');
    } finally {
      disk.remove();
    }
  });
});
