import { chmodSync, linkSync, lstatSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fakeEngine } from './fake-engine.ts';
import { makeRepository, run } from './project.ts';

test('writes what the codemods made of the files, and says so', async () => {
  const { root, read } = makeRepository({
    'package.json': '{ "name": "shop", "dependencies": { "async-mutex": "1" } }',
    'src/queue.ts': '\nclass Queue {}\n',
    'src/plain.ts': 'export const one = 1;\n',
  });
  const { exitCode, stdout, stderr } = await run(root, ['src']);
  expect(read('src/queue.ts')).toBe('\nclass Queue { #lock;}\n');
  expect(exitCode).toBe(0);
  expect(stderr).toBe('');
  expect(stdout).toBe('Added\n  src/queue.ts:2  Queue: lock\n\nRead 2 files, found 1 service: 1 changed in 1 file.\n');
});

test('a second run changes nothing', async () => {
  const { root, read } = makeRepository({ 'a.ts': 'class A {}' });
  await run(root, ['.']);
  const once = read('a.ts');
  const second = await run(root, ['.']);
  expect(second.stdout).toBe('Read 1 file, found 1 service: 1 fine as it is.\n');
  expect(second.exitCode).toBe(0);
  expect(read('a.ts')).toBe(once);
});

test('keeps the byte order mark, CRLF, tabs and a missing last newline', async () => {
  const { root, read } = makeRepository({ 'a.ts': '\uFEFFclass A {\r\n\tx = 1;\r\n}' });
  const engine = fakeEngine();
  await run(root, ['a.ts'], engine);
  expect(read('a.ts')).toBe('\uFEFFclass A { #lock;\r\n\tx = 1;\r\n}');
  expect(engine.calls[0]?.text.startsWith('class')).toBe(true);
});

test('keeps the mode of a file', async () => {
  const { root, at } = makeRepository({ 'run.mjs': '#!/usr/bin/env node\nclass A {}\n' });
  chmodSync(at('run.mjs'), 0o755);
  await run(root, ['run.mjs', '--allow-dirty']);
  expect(statSync(at('run.mjs')).mode & 0o777).toBe(0o755);
});

test('reads and writes a file once that several paths lead to', async () => {
  const { root, at, read } = makeRepository({ 'src/a.ts': 'class A {}' });
  symlinkSync(at('src/a.ts'), at('link.ts'));
  symlinkSync(at('src'), at('folder'));
  const engine = fakeEngine();
  const { exitCode } = await run(root, ['src', 'src/a.ts', '.', 'link.ts', 'folder', 'src/*.ts', './src//a.ts'], engine);
  expect(exitCode).toBe(0);
  expect(engine.calls.map(({ fileName }) => fileName)).toEqual([at('src/a.ts')]);
  expect(read('src/a.ts')).toBe('class A { #lock;}');
  expect(lstatSync(at('link.ts')).isSymbolicLink()).toBe(true);
});

test('does not follow links it meets in a folder', async () => {
  const { root, at } = makeRepository({ 'src/a.ts': 'const a = 1;', 'other/b.ts': 'class B {}' });
  symlinkSync(at('other'), at('src/other'));
  symlinkSync(at('other/b.ts'), at('src/b.ts'));
  symlinkSync(at('src'), at('src/loop'));
  expect((await run(root, ['src'])).stdout).toContain('Read 1 file,');
});

test('leaves a file alone that was changed while it was planned, and writes the others', async () => {
  const { root, at, read } = makeRepository({ 'a.ts': 'class A {}', 'b.ts': 'class B {}' });
  const engine = fakeEngine((fileName) => {
    if (fileName.endsWith('b.ts')) writeFileSync(at('a.ts'), 'class Other {}');
  });
  const { exitCode, stdout } = await run(root, ['.', '--allow-dirty'], engine);
  expect(exitCode).toBe(2);
  expect(stdout).toContain('Failed\n  a.ts  not written: it was changed while this ran; run again\n');
  expect(stdout).toContain('found 2 services: 1 changed in 1 file.');
  expect(read('a.ts')).toBe('class Other {}');
  expect(read('b.ts')).toBe('class B { #lock;}');
});

test('leaves a read-only file alone', async () => {
  const { root, at, read } = makeRepository({ 'a.ts': 'class A {}' });
  chmodSync(at('a.ts'), 0o444);
  const { exitCode, stdout } = await run(root, ['a.ts']);
  expect(exitCode).toBe(2);
  expect(stdout).toContain('a.ts  not written: it is read-only');
  expect(read('a.ts')).toBe('class A {}');
});

test('leaves no temporary file behind', async () => {
  const { root, at, read } = makeRepository({ 'src/a.ts': 'class A {}' });
  await run(root, ['src']);
  expect(read('src/a.ts')).toContain('#lock');
  expect(readdirSync(at('src'))).toEqual(['a.ts']);
});

test('with --lock=inline, makes the lock once for a project', async () => {
  const { root, read, at } = makeRepository({
    'package.json': '{ "name": "shop" }',
    'src/a.ts': 'class A {}',
    'src/deep/b.tsx': 'class B {}',
    'bin/c.mjs': 'class C {}',
  });
  const engine = fakeEngine();
  const { exitCode, stdout } = await run(root, ['.', '--lock=inline'], engine);
  expect(exitCode).toBe(0);
  expect(engine.calls.map(({ options }) => options.lockFile)).toEqual([at('bin/lifecycle-lock.mjs'), at('src/lifecycle-lock.ts'), at('src/lifecycle-lock.ts')]);
  expect(read('src/lifecycle-lock.ts')).toContain('// typed');
  expect(read('bin/lifecycle-lock.mjs')).toContain('// plain');
  expect(stdout).toContain('  src/lifecycle-lock.ts   new file: the lock that the others import\n');
});

test('with --lock=inline, uses the lock that is there, though it was formatted since', async () => {
  const mine = '/* eslint-disable */\nexport class LifecycleLock { held = false }\n';
  const { root, read } = makeRepository({ 'a.ts': 'class A {}', 'lifecycle-lock.ts': mine });
  const { exitCode } = await run(root, ['a.ts', '--lock=inline']);
  expect(exitCode).toBe(0);
  expect(read('lifecycle-lock.ts')).toBe(mine);
  expect(read('a.ts')).toContain('#lock');
});

test('with --lock=inline, leaves a file of that name alone that is something else, and all that would import it', async () => {
  const { root, read } = makeRepository({ 'a.ts': 'class A {}', 'lifecycle-lock.ts': 'export const lock = 1;\n' });
  const { exitCode, stdout } = await run(root, ['a.ts', '--lock=inline']);
  expect(exitCode).toBe(2);
  expect(stdout).toContain('a.ts  not changed, because lifecycle-lock.ts is there and is not the lock: rename it, or use --lock=auto');
  expect(read('lifecycle-lock.ts')).toBe('export const lock = 1;\n');
  expect(read('a.ts')).toBe('class A {}');
});

test('with --lock=inline, asks for an older lock file to be made anew, and leaves all that would import it', async () => {
  const older = 'export class LifecycleLock {}\n';
  const { root, read } = makeRepository({ 'a.ts': 'class A {}', 'lifecycle-lock.ts': older });
  const newer = `${older}export class DrainTimeoutError extends Error {}\n`;
  const { exitCode, stdout } = await run(root, ['a.ts', '--lock=inline'], { ...fakeEngine(), loadVendoredSource: () => Promise.resolve(() => newer) });
  expect(exitCode).toBe(2);
  expect(stdout).toContain('a.ts  not changed, because lifecycle-lock.ts is an older lock, without all that is needed now: delete it and run again');
  expect(read('lifecycle-lock.ts')).toBe(older);
  expect(read('a.ts')).toBe('class A {}');
});

test('with --lock=inline, does not overwrite a lock file that came into being meanwhile', async () => {
  const { root, at, read } = makeRepository({ 'a.ts': 'class A {}', 'b.ts': 'class B {}' });
  const engine = fakeEngine((fileName) => {
    if (fileName.endsWith('b.ts')) writeFileSync(at('lifecycle-lock.ts'), 'mine');
  });
  const { exitCode } = await run(root, ['.', '--lock=inline'], engine);
  expect(exitCode).toBe(2);
  expect(read('lifecycle-lock.ts')).toBe('mine');
  expect(read('a.ts')).toBe('class A {}');
});

test('one of two hard links is written as it was named', async () => {
  const { root, at, read } = makeRepository({ 'a.ts': 'class A {}' });
  linkSync(at('a.ts'), at('b.ts'));
  const { exitCode } = await run(root, ['a.ts']);
  expect(exitCode).toBe(0);
  expect(read('a.ts')).toContain('#lock');
});

test('with --lock=inline, a file that requires the lock gets one to be required', async () => {
  const { root, read } = makeRepository({ 'a.js': "require('./lifecycle-lock.js'); class A {}" });
  await run(root, ['a.js', '--lock=inline']);
  expect(read('lifecycle-lock.js')).toBe('// plain commonjs\nexport class LifecycleLock {}\n');
});
