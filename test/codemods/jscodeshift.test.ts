import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import addAsyncDispose from '../../codemods/add-async-dispose.ts';
import addLifecycleLock from '../../codemods/add-lifecycle-lock.ts';
import { changedCases } from './cases.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

describe('as a function', () => {
  const [first] = changedCases('add-lifecycle-lock');

  test('a transform gives the new text, and nothing where nothing changes', () => {
    if (first === undefined) throw new Error('there are no cases');
    expect(addLifecycleLock({ path: first.fileName, source: first.before })).toBe(first.after);
    expect(addLifecycleLock({ path: first.fileName, source: first.after })).toBeUndefined();
  });

  test('it takes its options as the command line gives them', () => {
    const source =
      'export class A {\n  up = false;\n  async start() {\n    if (this.up) return;\n    await go();\n    this.up = true;\n  }\n  async stop() {\n    await go();\n    this.up = false;\n  }\n}\n';
    expect(addLifecycleLock({ path: 'a.ts', source }, {}, { lock: 'inline', style: 'wrap', nodeMajor: '20' })).toContain(
      "from './lifecycle-lock.js'",
    );
    expect(addLifecycleLock({ path: 'a.ts', source }, {}, { packages: 'left-pad,es-toolkit' })).toContain("from 'es-toolkit'");
    expect(() => addLifecycleLock({ path: 'a.ts', source }, {}, { style: 'loud' })).toThrow(
      'style must be one of delegate, using, wrap, not "loud"',
    );
  });

  test('it reports what it leaves', () => {
    const reports: string[] = [];
    const source =
      'export class A extends B {\n  async start() {\n    if (this.up) return;\n    this.up = await go();\n  }\n  async stop() {\n    await this.up.go();\n    this.up = false;\n  }\n}\n';
    addAsyncDispose({ path: 'a.ts', source }, { report: (message) => reports.push(message) });
    expect(reports).toEqual([
      'a.ts:6 A was left: its base class, which cannot be seen from here, may have a [Symbol.asyncDispose]() of its own',
    ]);
  });

  test('it carries the properties of the codemod', () => {
    expect(addLifecycleLock.name).toBe('add-lifecycle-lock');
    expect(addLifecycleLock.mends).toContain('require-lifecycle-lock');
  });
});

/** jscodeshift loads transforms in processes of its own, so it needs the built ones. */
describe("in jscodeshift's own runner", { timeout: 120_000 }, () => {
  const jscodeshift = createRequire(import.meta.url).resolve('jscodeshift/bin/jscodeshift.js');
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lifecycle-jscodeshift-'));
    execFileSync(join(root, 'node_modules/.bin/tsdown'), ['--out-dir', join(folder, 'dist'), '--log-level', 'error'], { cwd: root });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  }, 120_000);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ['add-lifecycle-lock', 'background-loop'],
    ['add-lifecycle-lock', 'commonjs-constructor-fields'],
    ['add-async-dispose', 'after-stop'],
  ])('%s: %s', (codemod, name) => {
    const found = changedCases(codemod).find((one) => one.name === name);
    if (found === undefined) throw new Error(`there is no case ${name}`);
    const target = join(folder, codemod, name);
    mkdirSync(target, { recursive: true });
    copyFileSync(join(found.folder, found.fileName), join(target, found.fileName));
    const args = [
      '--no-babel',
      '--fail-on-error',
      '--extensions=ts,cjs',
      '-t',
      join(folder, 'dist/codemods', `${codemod}.js`),
      join(target, found.fileName),
    ];
    expect(execFileSync(process.execPath, [jscodeshift, ...args], { encoding: 'utf8' })).toMatch(/1 ok/);
    expect(readFileSync(join(target, found.fileName), 'utf8')).toBe(found.after);
  });
});
