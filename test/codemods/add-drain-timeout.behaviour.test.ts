import { runInThisContext as run } from 'node:vm';
import * as asyncMutex from 'async-mutex';
import * as pTimeout from 'p-timeout';
import { ModuleKind, ScriptTarget, transpile } from 'typescript';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import addDrainTimeout from '../../codemods/add-drain-timeout.ts';
import type { Codemod, CodemodOptions } from '../../codemods/codemod.ts';
import { codemods } from '../../codemods/index.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { lifecycleLockSource } from '../../edits/lifecycle-lock-source.ts';
import { VirtualTimers } from '../services/virtual-timers.ts';

interface Worker {
  start(): Promise<string>;
  stop(): Promise<string>;
}

type WorkerClass = new (work: () => Promise<void>) => Worker;

const AWAITED = `
export class Worker {
  #running = false;
  #task: Promise<void> | undefined;
  readonly #work: () => Promise<void>;

  constructor(work: () => Promise<void>) {
    this.#work = work;
  }

  async start(): Promise<string> {
    if (this.#running) return 'running';
    await Promise.resolve();
    this.#running = true;
    this.#task = this.#loop();
    return 'started';
  }

  async #loop(): Promise<void> {
    await this.#work();
  }

  async stop(): Promise<string> {
    if (!this.#running) return 'stopped';
    this.#running = false;
    await this.#task;
    return 'drained';
  }
}
`;

const RETURNED = AWAITED.replace("await this.#task;\n    return 'drained';", "return this.#task.then(() => 'drained');").replace(
  '#task: Promise<void> | undefined;',
  '#task: Promise<void> = Promise.resolve();',
);

const timers = new VirtualTimers();

beforeEach(() => {
  timers.install();
});

afterEach(() => {
  timers.uninstall();
});

/** Runs the mended text, with the modules that it asks for. */
function load(text: string): WorkerClass {
  const evaluate = (code: string): Record<string, unknown> => {
    const module = { exports: {} as Record<string, unknown> };
    const modules: Readonly<Record<string, unknown>> = { 'async-mutex': asyncMutex, 'p-timeout': { ...pTimeout, __esModule: true } };
    const require = (name: string): unknown => {
      if (name.includes('lifecycle-lock')) return evaluate(lifecycleLockSource('lifecycle-lock.ts'));
      return modules[name] ?? process.getBuiltinModule(name);
    };
    const plain = transpile(code, { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 });
    const define = run(`(module, exports, require) => {${plain}\n}`) as (...args: readonly unknown[]) => void;
    define(module, module.exports, require);
    return module.exports;
  };
  return evaluate(text)['Worker'] as WorkerClass;
}

const all: readonly Codemod[] = codemods.filter(({ isDefault }) => isDefault);

describe.each<[string, string, readonly Codemod[], CodemodOptions]>([
  ['an awaited drain', AWAITED, [addDrainTimeout], {}],
  ['a returned drain', RETURNED, [addDrainTimeout], {}],
  ['the vendored deadline', AWAITED, [addDrainTimeout], { lock: 'inline' }],
  ['the default set', AWAITED, all, {}],
  ['the default set, inline', RETURNED, all, { lock: 'inline' }],
  ['the default set by wrap', AWAITED, all, { style: 'wrap' }],
  ['the default set by using', RETURNED, all, { style: 'using' }],
])('with %s', (_name, source, chosen, options) => {
  function create(work: () => Promise<void>): Worker {
    const result = runCodemods(chosen, { fileName: 'worker.ts', text: source }, options);
    expect(result.services.flatMap(({ left }) => left)).toEqual([]);
    expect(result.services[0]?.added.map(({ codemod }) => codemod)).toContain('add-drain-timeout');
    return new (load(result.text))(work);
  }

  test('a stop that hangs rejects when the time is up, and lets nothing start beside the old work', async () => {
    const worker = create(() => new Promise(() => undefined));
    expect(await worker.start()).toBe('started');
    const outcomes: unknown[] = [];
    worker.stop().then(
      (value) => outcomes.push(value),
      (error: unknown) => outcomes.push(error),
    );
    await timers.advance(9_999);
    expect(outcomes).toEqual([]);
    expect(timers.armed).toMatchObject([{ delay: 10_000, refd: true }]);
    await timers.advance(1);
    expect(outcomes).toEqual([expect.objectContaining({ name: expect.stringContaining('TimeoutError') as string })]);
    expect(timers.armed).toEqual([]);
    await expect(worker.start()).rejects.toThrow('Worker: an earlier stop() timed out, create a new instance');
    expect(await worker.stop()).toBe('stopped');
  });

  test('a stop in time returns what it did, leaves no timer, and lets the service start again', async () => {
    const worker = create(() => Promise.resolve());
    await worker.start();
    expect(await worker.stop()).toBe('drained');
    expect(timers.armed).toEqual([]);
    expect(await worker.start()).toBe('started');
    expect(await worker.stop()).toBe('drained');
  });

  test('work that fails has ended: its error comes out of stop as it is, and the service may start again', async () => {
    const crash = new Error('crash');
    let runs = 0;
    const worker = create(() => (runs++ === 0 ? Promise.reject(crash) : Promise.resolve()));
    await worker.start();
    await expect(worker.stop()).rejects.toBe(crash);
    expect(timers.armed).toEqual([]);
    expect(await worker.start()).toBe('started');
  });
});
