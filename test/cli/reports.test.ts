import { describe, expect, test } from 'vitest';
import { JSON_SCHEMA } from '../../cli/reports/report-json.ts';
import { fakeEngine } from './fake-engine.ts';
import { applyPatch, makeProject, makeRepository, run } from './project.ts';

describe('--dry-run', () => {
  test('exits with 0, also where something is left', async () => {
    const { root } = makeProject({ 'a.ts': 'class A {}\n  class B { leave }' });
    const { exitCode, stderr } = await run(root, ['--dry-run', '.']);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('Left for you');
  });

  test('prints the diff on stdout, the summary on stderr, and writes nothing', async () => {
    const { root, read } = makeProject({ 'src/a.ts': 'class A {}\n' });
    const { exitCode, stdout, stderr } = await run(root, ['--dry-run', 'src']);
    expect(exitCode).toBe(0);
    expect(stdout).toBe('--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1,1 +1,1 @@\n-class A {}\n+class A { #lock;}\n');
    expect(stderr).toContain('Would add\n  src/a.ts:1  A: lock\n');
    expect(stderr).toContain('Read 1 file, found 1 service: 1 would change in 1 file.');
    expect(read('src/a.ts')).toBe('class A {}\n');
  });

  test.each(['.', 'my app'])('prints a diff that git apply takes in %j', async (folder) => {
    const { at, read } = makeRepository({
      'my app/a b.ts': 'class A {}\n',
      'my app/no newline.ts': 'const x = 1;\nclass B {}',
      'my app/crlf.ts': 'class C {\r\n}\r\n',
      'my app/é "1".ts': '\uFEFFclass D {}\n-- x\n',
    });
    const { stdout } = await run(at(folder), ['--dry-run', '--lock=inline', '.']);
    applyPatch(at(folder), stdout);
    expect(read('my app/a b.ts')).toBe('class A { #lock;}\n');
    expect(read('my app/no newline.ts')).toBe('const x = 1;\nclass B { #lock;}');
    expect(read('my app/crlf.ts')).toBe('class C { #lock;\r\n}\r\n');
    expect(read('my app/é "1".ts')).toBe('\uFEFFclass D { #lock;}\n-- x\n');
    expect(read('my app/lifecycle-lock.ts')).toBe('// typed esm\nexport class LifecycleLock {}\n');
  });

  test('colours the diff where colours are asked for, headers apart from lines that begin like one', async () => {
    const { root } = makeProject({ 'a.ts': '-- class A {}\n' });
    const { stdout } = await run(root, ['--dry-run', 'a.ts'], fakeEngine(), { FORCE_COLOR: '1' });
    expect(stdout).toContain('\u001B[1m--- a/a.ts\u001B[22m\n');
    expect(stdout).toContain('\u001B[31m--- class A {}\u001B[39m\n');
    expect(stdout).toContain('\u001B[32m+-- class A { #lock;}\u001B[39m\n');
  });

  test('NO_COLOR has the last word', async () => {
    const { root } = makeProject({ 'a.ts': 'class A {}\n' });
    const { stdout, stderr } = await run(root, ['--dry-run', 'a.ts'], fakeEngine(), { FORCE_COLOR: '1', NO_COLOR: '1' });
    expect(stdout + stderr).not.toContain('\u001B');
  });
});

describe('--check', () => {
  test('prints the files that would change and exits with 1', async () => {
    const { root, read } = makeProject({ 'a.ts': 'class A {}', 'b.ts': 'class B { #lock;}', 'c.ts': 'class C {}' });
    const { exitCode, stdout, stderr } = await run(root, ['--check', '.']);
    expect(exitCode).toBe(1);
    expect(stdout).toBe('a.ts\nc.ts\n');
    expect(stderr).toContain('found 3 services: 2 would change in 2 files, 1 fine as it is.');
    expect(read('a.ts')).toBe('class A {}');
  });

  test('exits with 0 where nothing would change', async () => {
    const { root } = makeProject({ 'b.ts': 'class B { #lock;}' });
    expect(await run(root, ['--check', '.'])).toMatchObject({ exitCode: 0, stdout: '' });
  });

  test('exits with 0 where only what no codemod mends is left', async () => {
    const { root } = makeProject({ 'b.ts': 'class B { leave }' });
    const { exitCode, stderr } = await run(root, ['--check', '.']);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('Left for you');
  });

  test('with --dry-run, prints the diff as well', async () => {
    const { root } = makeProject({ 'a.ts': 'class A {}' });
    const { exitCode, stdout } = await run(root, ['--check', '--dry-run', '.']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('+class A { #lock;}');
  });
});

describe('summary', () => {
  test('says what is left and why, and exits with 1', async () => {
    const { root } = makeRepository({ 'src/a.ts': 'class A {}\n  class B { leave }' });
    const { exitCode, stdout } = await run(root, ['src']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Left for you\n  src/a.ts:2:3  B: start() waits for itself (add-lock)\n');
    expect(stdout).toContain('found 2 services: 1 changed in 1 file, 1 left for you.');
  });

  test('says what a service is where there is none', async () => {
    const { root } = makeRepository({ 'a.ts': 'const a = 1;' });
    expect((await run(root, ['.'])).stdout).toBe('Read 1 file, found no service (a class with a start and a stop).\n');
  });

  test.each([
    ['package-lock.json', '{}', 'npm install async-mutex'],
    ['pnpm-lock.yaml', '', 'pnpm add async-mutex'],
    ['yarn.lock', '', 'yarn add async-mutex'],
    ['bun.lock', '', 'bun add async-mutex'],
  ])('with %s, says how to install what is missing', async (lockfile, content, command) => {
    const { root } = makeRepository({ 'package.json': '{ "name": "shop" }', [lockfile]: content, 'a.ts': 'class A {}' });
    expect((await run(root, ['a.ts'])).stdout).toContain(`To install\n  ${command}\n`);
  });

  test('says in which folder to install, each package once', async () => {
    const { root } = makeRepository({
      'pnpm-workspace.yaml': 'packages: [packages/*]',
      'pnpm-lock.yaml': '',
      'package.json': '{ "name": "all" }',
      'packages/one/package.json': '{ "name": "one" }',
      'packages/one/a.ts': 'class A {}',
      'packages/one/b.ts': 'class B {}',
      'packages/two/package.json': '{ "name": "two", "peerDependencies": { "async-mutex": "*" } }',
      'packages/two/dist2/package.json': '{ "type": "module" }',
      'packages/two/dist2/c.ts': 'class C {}',
      'tools/d.ts': 'class D {}',
    });
    const { stdout } = await run(root, ['.']);
    expect(stdout).toContain('To install\n  cd packages/one && pnpm add async-mutex\n  pnpm add -w async-mutex\n\nRead');
  });

  test('--quiet says only what failed', async () => {
    const { root } = makeRepository({ 'a.ts': 'class A {}', 'b.ts': 'class @@' });
    const { exitCode, stdout, stderr } = await run(root, ['--quiet', '.']);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toBe('Failed\n  b.ts:1:7  cannot be parsed: Unexpected token\n\n');
  });
});

describe('--json', () => {
  test('prints one document', async () => {
    const { root } = makeRepository({
      'package.json': '{ "name": "shop" }',
      'src/a.ts': 'class A {}',
      'src/b.ts': 'class B { leave }',
      'src/c.ts': 'class @@',
      'types.d.ts': '',
    });
    const { exitCode, stdout, stderr } = await run(root, ['--json', 'src', 'types.d.ts']);
    expect(exitCode).toBe(2);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      $schema: JSON_SCHEMA,
      version: 1,
      mode: 'write',
      exitCode: 2,
      filesRead: 3,
      files: [
        { file: 'src/a.ts', isChanged: true, services: [{ service: 'A', line: 1, added: [{ codemod: 'add-lock', what: 'lock' }], left: [] }] },
        {
          file: 'src/b.ts',
          isChanged: false,
          services: [{ service: 'B', line: 1, added: [], left: [{ codemod: 'add-lock', line: 1, column: 1, why: 'start() waits for itself' }] }],
        },
      ],
      newFiles: [],
      install: [{ packages: ['async-mutex'], root, command: 'npm install async-mutex', isInstalled: false }],
      warnings: [],
      skipped: [{ file: 'types.d.ts', message: 'not looked at: a declaration file holds no code' }],
      problems: [{ file: 'src/c.ts', line: 1, column: 7, message: 'cannot be parsed: Unexpected token' }],
    });
  });

  test('holds the diff of a dry run', async () => {
    const { root } = makeProject({ 'a.ts': 'class A {}' });
    const { stdout } = await run(root, ['--json', '--dry-run', 'a.ts'], fakeEngine(), { FORCE_COLOR: '1' });
    expect(JSON.parse(stdout)).toMatchObject({ mode: 'dry-run', diff: expect.stringContaining('+class A { #lock;}') as string });
  });

  test('says what went wrong as a document, too', async () => {
    const { root } = makeProject({ 'a.ts': 'class A {}' });
    const { exitCode, stdout } = await run(root, ['--json', 'b.ts']);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toEqual({ $schema: JSON_SCHEMA, version: 1, exitCode: 2, error: 'b.ts: no such file or folder' });
  });

  test('lists the codemods', async () => {
    const { stdout } = await run('/', ['--json', '--list']);
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, codemods: [{ name: 'add-lock' }, { name: 'add-dispose' }, { name: 'isolate', isDefault: false }] });
  });
});
