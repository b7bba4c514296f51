import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fakeEngine } from './fake-engine.ts';
import { makeRepository, run } from './project.ts';

test('a file that cannot be parsed does not keep the others from being written', async () => {
  const { root, read } = makeRepository({ 'a.ts': 'class A {}', 'b.ts': '\nclass B { @@ }', 'c.ts': 'class C {}' });
  const { exitCode, stdout } = await run(root, ['.']);
  expect(exitCode).toBe(2);
  expect(stdout).toContain('Failed\n  b.ts:2:11  cannot be parsed: Unexpected token\n');
  expect(read('a.ts') + read('b.ts') + read('c.ts')).toBe('class A { #lock;}\nclass B { @@ }class C { #lock;}');
});

test.each([
  ['Latin-1', Buffer.from('class A { name = "caf\u00E9" }', 'latin1'), 'not valid UTF-8'],
  ['UTF-16', Buffer.from('\uFEFFclass A {}', 'utf16le'), 'written in UTF-16'],
  ['UTF-16, big-endian', Buffer.from('\uFEFFclass A {}', 'utf16le').swap16(), 'written in UTF-16'],
])('a file in %s is left as it is, and named', async (_, bytes, reason) => {
  const { root, at, read } = makeRepository({ 'a.ts': bytes, 'b.ts': 'class B {}' });
  const { exitCode, stdout } = await run(root, ['.']);
  expect(exitCode).toBe(2);
  expect(stdout).toContain(`Failed\n  a.ts  ${reason}: save it as UTF-8, then run again\n`);
  expect(readFileSync(at('a.ts'))).toEqual(bytes);
  expect(read('b.ts')).toContain('#lock');
});

test('a file in another encoding that cannot hold a service is nobody’s concern', async () => {
  const { root } = makeRepository({ 'a.ts': Buffer.from('const name = "caf\u00E9"', 'latin1'), 'b.ts': Buffer.from([0xff]), 'c.ts': '' });
  expect(await run(root, ['.'])).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Read 3 files, found no service') as string });
});

test('a file larger than 4 MB is skipped, with a line', async () => {
  const { root } = makeRepository({ 'a.js': `class A {}${' '.repeat(4 * 1024 * 1024)}`, 'b.js': `class B {}${' '.repeat(4 * 1024 * 1024 - 10)}` });
  const { exitCode, stdout } = await run(root, ['.']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Skipped\n  a.js  larger than 4 MB\n');
  expect(stdout).toContain('found 1 service: 1 changed');
});

test.runIf(process.getuid?.() !== 0)('a file that cannot be read does not stop the others', async () => {
  const { root, at, read } = makeRepository({ 'a.ts': 'class A {}', 'b.ts': 'class B {}' });
  chmodSync(at('a.ts'), 0);
  const { exitCode, stdout } = await run(root, ['.', '--allow-dirty']);
  expect(exitCode).toBe(2);
  expect(stdout).toContain('a.ts  cannot be read: permission denied');
  expect(read('b.ts')).toContain('#lock');
});

test('a file that goes away while others are planned is named', async () => {
  const { root, at } = makeRepository({ 'a.ts': 'class A {}', 'b.ts': 'class B {}' });
  const engine = fakeEngine((fileName) => {
    if (fileName.endsWith('a.ts')) rmSync(at('b.ts'));
  });
  const { exitCode, stdout } = await run(root, ['.', '--allow-dirty'], engine);
  expect(exitCode).toBe(2);
  expect(stdout).toContain('b.ts  cannot be read: it is no longer there');
});

test('a fault of a codemod is told as one, and stops no other file', async () => {
  const { root, read } = makeRepository({ 'a.ts': 'class A {}', 'b.ts': 'class B {}' });
  const engine = fakeEngine((fileName) => {
    if (fileName.endsWith('a.ts')) throw new TypeError("Cannot read properties of undefined (reading 'range')\n at somewhere");
  });
  const { exitCode, stdout } = await run(root, ['.'], engine);
  expect(exitCode).toBe(2);
  expect(stdout).toContain("a.ts  lifecycle-codemod has a fault, please report it with this file: Cannot read properties of undefined (reading 'range')\n");
  expect(read('b.ts')).toContain('#lock');
});

test('a package.json that is no JSON stops the files of its project only', async () => {
  const { root, read } = makeRepository({ 'one/package.json': '{ "name": ', 'one/a.ts': 'class A {}', 'two/b.ts': 'class B {}' });
  const { exitCode, stdout } = await run(root, ['.']);
  expect(exitCode).toBe(2);
  expect(stdout).toMatch(/ {2}one\/a\.ts {2}its package\.json has to be mended first: .*one\/package\.json is not valid JSON: /);
  expect(read('one/a.ts')).toBe('class A {}');
  expect(read('two/b.ts')).toContain('#lock');
});
