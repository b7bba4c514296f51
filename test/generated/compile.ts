import { runInThisContext } from 'node:vm';
import { Mutex } from 'async-mutex';
import pTimeout, { TimeoutError } from 'p-timeout';
import { ModuleKind, ScriptTarget, transpile } from 'typescript';
import { lifecycleLockSource } from '../../edits/lifecycle-lock-source.ts';
import type { GeneratedClass } from './play.ts';

/** The class `Service` of a text. */
export function compile(text: string): GeneratedClass {
  return evaluate(text)['Service'] as GeneratedClass;
}

let lockModule: Record<string, unknown> | undefined;

function evaluate(text: string): Record<string, unknown> {
  const plain = transpile(text, { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 });
  const define = runInThisContext(`(exports, require) => {${plain}\n}`) as (exports: object, require: (name: string) => unknown) => void;
  const exports: Record<string, unknown> = {};
  define(exports, provide);
  return exports;
}

function provide(name: string): unknown {
  if (name === 'async-mutex') return { Mutex };
  if (name === 'es-toolkit') return { Mutex: AcquiredMutex, TimeoutError, withTimeout };
  if (name === 'p-timeout') return { __esModule: true, default: pTimeout, TimeoutError };
  if (name.includes('lifecycle-lock')) return (lockModule ??= evaluate(lifecycleLockSource('lifecycle-lock.ts')));
  return process.getBuiltinModule(name);
}

/** The mutex of es-toolkit as far as the edits use it. */
class AcquiredMutex {
  readonly #mutex = new Mutex();

  async acquire(): Promise<void> {
    await this.#mutex.acquire();
  }

  release(): void {
    this.#mutex.release();
  }
}

/** Its deadline, whose errors have the same name as those of p-timeout. */
function withTimeout<Result>(run: () => Promise<Result>, milliseconds: number): Promise<Result> {
  return pTimeout(run(), { milliseconds });
}
