import { runInThisContext as run } from 'node:vm';
import { Mutex } from 'async-mutex';
import { ModuleKind, ScriptTarget, transpile } from 'typescript';
import { describe, expect, test } from 'vitest';
import addLifecycleLock from '../../codemods/add-lifecycle-lock.ts';
import type { CodemodOptions } from '../../codemods/codemod.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { lifecycleLockSource } from '../../edits/lifecycle-lock-source.ts';

interface Traced {
  start(mode?: string): Promise<unknown>;
  stop(): Promise<unknown>;
}

interface Trace {
  mark(step: string): Promise<void>;
}

const SOURCE = `
import type { Trace } from './trace.ts';

export class Connection {
  #isOpen = false;
  readonly #trace: Trace;

  constructor(trace: Trace) {
    this.#trace = trace;
  }

  async start(mode = 'open'): Promise<string> {
    if (this.#isOpen) return 'was open';
    await this.#trace.mark('opening');
    if (mode === 'fail') {
      await this.stop();
      throw new TypeError(mode);
    }
    this.#isOpen = true;
    await this.#trace.mark('opened');
    return mode;
  }

  async stop(): Promise<boolean> {
    const wasOpen = this.#isOpen;
    this.#isOpen = false;
    await this.#trace.mark('closing');
    return this.#trace.mark('closed').then(() => wasOpen);
  }
}
`;

/** Runs the mended text, with the lock that it asks for. */
function load(text: string): new (trace: Trace) => Traced {
  const evaluate = (code: string): Record<string, unknown> => {
    const module = { exports: {} as Record<string, unknown> };
    const require = (name: string): unknown => {
      if (name === 'async-mutex') return { Mutex };
      return name.includes('lifecycle-lock') ? evaluate(lifecycleLockSource('lifecycle-lock.ts')) : process.getBuiltinModule(name);
    };
    const plain = transpile(code, { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 });
    const define = run(`(module, exports, require) => {${plain}\n}`) as (...args: readonly unknown[]) => void;
    define(module, module.exports, require);
    return module.exports;
  };
  return evaluate(text)['Connection'] as new (trace: Trace) => Traced;
}

function connect(options: CodemodOptions): { connection: Traced; steps: string[] } {
  const result = runCodemods([addLifecycleLock], { fileName: 'connection.ts', text: SOURCE }, options);
  expect(result.services[0]?.left).toEqual([]);
  const Connection = load(result.text);
  const steps: string[] = [];
  const mark = async (step: string): Promise<void> => {
    steps.push(step);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { connection: new Connection({ mark }), steps };
}

describe.each<[string, CodemodOptions]>([
  ['delegate', { style: 'delegate' }],
  ['wrap', { style: 'wrap' }],
  ['using', { style: 'using' }],
  ['inline lock', { lock: 'inline' }],
])('the lock by %s', (_name, options) => {
  test('lets start and stop run one after the other, whoever calls them', async () => {
    const { connection, steps } = connect(options);
    await Promise.all([
      connection.start(),
      connection.stop(),
      connection.start(),
      connection.start(),
      connection.stop(),
      connection.stop(),
    ]);
    expect(steps.join(' ')).toBe('opening opened closing closed opening opened closing closed closing closed');
  });

  test('hands on what they return (case 1), and makes stops of a stopped service no-ops (case 23)', async () => {
    const { connection } = connect(options);
    expect(await connection.start('quick')).toBe('quick');
    expect(await connection.start()).toBe('was open');
    expect(await connection.stop()).toBe(true);
    expect(await connection.stop()).toBe(false);
  });

  test('is given back when they throw, and the error is the same (cases 24 and 27)', async () => {
    const { connection, steps } = connect(options);
    await expect(connection.start('fail')).rejects.toThrow(new TypeError('fail'));
    expect(await connection.start()).toBe('open');
    expect(steps).toEqual(['opening', 'closing', 'closed', 'opening', 'opened']);
  });
});
