import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Project, ts } from 'ts-morph';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { lifecycleLockSource } from '../../edits/lifecycle-lock-source.ts';

interface Lock {
  runExclusive: <Result>(work: () => Promise<Result> | Result) => Promise<Result>;
  acquire: () => Promise<(() => void) & Disposable>;
}

const folder = mkdtempSync(join(tmpdir(), 'lifecycle-lock-'));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function newLock(): Promise<Lock> {
  const file = join(folder, 'lifecycle-lock.mjs');
  writeFileSync(file, lifecycleLockSource(file));
  const { LifecycleLock } = (await import(pathToFileURL(file).href)) as { LifecycleLock: new () => Lock };
  return new LifecycleLock();
}

interface Deadline {
  readonly DrainTimeoutError: new () => Error;
  readonly withDeadline: <Result>(work: PromiseLike<Result> | Result, milliseconds: number) => Promise<Result>;
}

async function loadDeadline(): Promise<Deadline> {
  const file = join(folder, 'lifecycle-deadline.mjs');
  writeFileSync(file, lifecycleLockSource(file));
  return (await import(pathToFileURL(file).href)) as Deadline;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the vendored lock', () => {
  test('lets one work at a time, in the order of the calls, and hands on what it gives', async () => {
    const lock = await newLock();
    const steps: string[] = [];
    const work = (name: string) => async () => {
      steps.push(`${name} begins`);
      await turn();
      steps.push(`${name} ends`);
      return name;
    };
    expect(await Promise.all([lock.runExclusive(work('a')), lock.runExclusive(work('b')), lock.runExclusive(() => 'c')])).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect(steps).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  test('is free again after an error, also a synchronous one', async () => {
    const lock = await newLock();
    await expect(lock.runExclusive(() => Promise.reject(new Error('late')))).rejects.toThrow('late');
    await expect(
      lock.runExclusive(() => {
        throw new Error('at once');
      }),
    ).rejects.toThrow('at once');
    expect(await lock.runExclusive(() => 1)).toBe(1);
  });

  test('calls waiting for itself an error', async () => {
    const lock = await newLock();
    const other = await newLock();
    const again = (): Promise<unknown> => other.runExclusive(() => lock.runExclusive(() => 1));
    await expect(lock.runExclusive(again)).rejects.toThrow('held by the caller');
    expect(await lock.runExclusive(() => 1)).toBe(1);
  });

  test('does not mistake work that was begun under it and goes on later for its holder', async () => {
    const lock = await newLock();
    let later: Promise<number> | undefined;
    await lock.runExclusive(() => {
      later = turn().then(() => lock.runExclusive(() => 1));
    });
    expect(await later).toBe(1);
  });

  test('does no harm when it is given back twice', async () => {
    const lock = await newLock();
    const release = await lock.acquire();
    const second = lock.acquire();
    release();
    release();
    release[Symbol.dispose]();
    await second;
    let isThird = false;
    void lock.acquire().then(() => {
      isThird = true;
    });
    await turn();
    expect(isThird).toBe(false);
  });

  test('is the same in CommonJS', () => {
    const file = join(folder, 'lifecycle-lock.cjs');
    writeFileSync(file, lifecycleLockSource(file));
    const script = `const { LifecycleLock, withDeadline, DrainTimeoutError } = require(${JSON.stringify(file)});
      new LifecycleLock().runExclusive(async () => 'held').then(console.log)
        .then(() => withDeadline(new Promise(() => {}), 1)).catch((error) => console.log(error instanceof DrainTimeoutError, error.name));`;
    expect(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })).toBe('held\ntrue DrainTimeoutError\n');
  });

  test('has no type error, also with every check on', { timeout: 60_000 }, () => {
    const project = new Project({
      compilerOptions: {
        strict: true,
        exactOptionalPropertyTypes: true,
        noImplicitOverride: true,
        noUncheckedIndexedAccess: true,
        noUnusedLocals: true,
        erasableSyntaxOnly: true,
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.NodeNext,
        moduleResolution: ts.ModuleResolutionKind.NodeNext,
        types: ['node'],
      },
    });
    project.createSourceFile(join(import.meta.dirname, 'virtual-lifecycle-lock.ts'), lifecycleLockSource('lifecycle-lock.ts'));
    expect(project.formatDiagnosticsWithColorAndContext(project.getPreEmitDiagnostics())).toBe('');
  });
});

describe('the vendored deadline', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  test('hands on what the work gives, or how it fails, and leaves no timer', async () => {
    const { withDeadline } = await loadDeadline();
    const error = new Error('lost');
    expect(await withDeadline(Promise.resolve(1), 100)).toBe(1);
    expect(await withDeadline<number | undefined>(undefined, 100)).toBeUndefined();
    await expect(withDeadline(Promise.reject(error), 100)).rejects.toBe(error);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('rejects when the time is up, and not before', async () => {
    const { withDeadline, DrainTimeoutError } = await loadDeadline();
    let state = 'waiting';
    const waited = withDeadline(new Promise<never>(() => undefined), 100).catch((error: unknown) => {
      state = error instanceof DrainTimeoutError ? error.message : 'another error';
    });
    await vi.advanceTimersByTimeAsync(99);
    expect(state).toBe('waiting');
    await vi.advanceTimersByTimeAsync(1);
    await waited;
    expect(state).toBe('Not done within 100 ms');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('keeps the process alive until the time is up, and no failure of late work kills it', async () => {
    const file = join(folder, 'lifecycle-alive.mjs');
    writeFileSync(file, lifecycleLockSource(file));
    const script = `import { withDeadline } from ${JSON.stringify(pathToFileURL(file).href)};
      let fail; const work = new Promise((_, reject) => { fail = reject; });
      await withDeadline(work, 20).catch(({ name }) => console.log(name));
      fail(new Error('late')); setTimeout(() => console.log('alive'), 5);`;
    expect(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })).toBe('DrainTimeoutError\nalive\n');
  });
});
