import { runInThisContext as run } from 'node:vm';
import { ModuleKind, ScriptTarget, transpile } from 'typescript';
import { afterEach, describe, expect, test, vi } from 'vitest';
import isolateTeardownSteps from '../../codemods/isolate-teardown-steps.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';

interface Stoppable {
  stop(): Promise<unknown>;
}

type Step = (name: string) => Promise<void>;

/** A stop in which every kind of statement stands that a step can be in. */
const SOURCE = `
export class Fleet {
  readonly #step: (name: string) => Promise<void>;
  readonly #workers = ['worker 1', 'worker 2'];
  #running = true;

  constructor(step: (name: string) => Promise<void>) {
    this.#step = step;
  }

  async start(): Promise<void> {
    if (this.#running) return;
    await this.#step('start');
    this.#running = true;
  }

  async stop(): Promise<void> {
    await this.#step('intake');
    for (const worker of this.#workers) await this.#stopWorker(worker);
    if (this.#running) {
      await this.#step('inner');
      this.#running = false;
    }
    try {
      await this.#step('drain');
    } catch (error) {
      await this.note(error);
      throw error;
    }
    await Promise.all([this.#step('left'), this.#step('right')]);
    await this.#closeAll();
    console.log('stopped');
  }

  async note(error: unknown): Promise<void> {
    console.log('drain', error);
  }

  async #stopWorker(worker: string): Promise<void> {
    await this.#step(worker);
  }

  async #closeAll(): Promise<void> {
    await this.#step('first');
    await this.#step('second');
  }

  get isRunning(): boolean {
    return this.#running;
  }
}
`;
const STEPS = ['intake', 'worker 1', 'worker 2', 'inner', 'drain', 'left', 'right', 'first', 'second'];
const PAIRS = STEPS.flatMap((first, index) => STEPS.slice(index + 1).map((second) => [first, second] as const));

function load(text: string): new (step: Step) => Stoppable & { readonly isRunning: boolean } {
  const module = { exports: {} as { Fleet?: new (step: Step) => Stoppable & { readonly isRunning: boolean } } };
  const plain = transpile(text, { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 });
  const define = run(`(module, exports) => {${plain}\n}`) as (...args: readonly unknown[]) => void;
  define(module, module.exports);
  if (module.exports.Fleet === undefined) throw new Error('no Fleet');
  return module.exports.Fleet;
}

const result = runCodemods([isolateTeardownSteps], { fileName: 'fleet.ts', text: SOURCE });
const Fleet = load(result.text);

interface Outcome {
  readonly ran: readonly string[];
  readonly thrown: unknown;
  readonly isRunning: boolean;
  readonly logged: readonly string[];
  readonly told: readonly unknown[];
}

/** Stops a fleet of which some steps fail, each with the error given for it. */
async function stop(Class: typeof Fleet, failing: ReadonlyMap<string, unknown>): Promise<Outcome> {
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const ran: string[] = [];
  const fleet = new Class(async (name) => {
    ran.push(name);
    await Promise.resolve();
    if (failing.has(name)) throw failing.get(name);
  });
  const thrown: unknown = await fleet.stop().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return {
    ran,
    thrown,
    isRunning: fleet.isRunning,
    logged: error.mock.calls.map(([message]) => String(message)),
    told: log.mock.calls.map(([message]) => message as unknown),
  };
}

/** Every error in an AggregateError, however deep. */
function flat(error: unknown): readonly unknown[] {
  return error instanceof AggregateError ? error.errors.flatMap(flat) : [error];
}

afterEach(() => vi.restoreAllMocks());

test('the source skips steps, so that there is something to prove', async () => {
  const { ran } = await stop(load(SOURCE), new Map([['intake', new Error('intake')]]));
  expect(ran).toEqual(['intake']);
  expect(result.services.flatMap(({ left }) => left)).toEqual([]);
});

test('no failure: every step in its order, and nothing is logged', async () => {
  expect(await stop(Fleet, new Map())).toEqual({ ran: STEPS, thrown: undefined, isRunning: false, logged: [], told: ['stopped'] });
});

describe('one step fails', () => {
  test.each(STEPS)('%s', async (name) => {
    const error = new Error(name);
    const { ran, thrown, isRunning, logged, told } = await stop(Fleet, new Map([[name, error]]));
    expect(ran).toEqual(STEPS);
    expect(thrown).toBe(error);
    expect(isRunning).toBe(false);
    expect(logged.length).toBeGreaterThan(0);
    expect(logged.every((line) => line.startsWith('teardown step failed: '))).toBe(true);
    expect(told).toEqual(name === 'drain' ? ['drain'] : []);
  });

  test('with an AbortError, which is thrown like the rest', async () => {
    const abort = new DOMException('aborted', 'AbortError');
    expect((await stop(Fleet, new Map([['inner', abort]]))).thrown).toBe(abort);
  });

  test('with undefined, which is thrown too', async () => {
    const { ran, logged } = await stop(Fleet, new Map([['first', undefined]]));
    expect(ran).toEqual(STEPS);
    expect(logged).toEqual(['teardown step failed: step', 'teardown step failed: closeAll']);
  });
});

test.each(PAIRS)('%s and %s fail: the others run, and what is thrown holds both', async (first, second) => {
  const errors = [new Error(first), new Error(second)] as const;
  const { ran, thrown, logged } = await stop(Fleet, new Map([[first, errors[0]], [second, errors[1]]]));
  expect(ran).toEqual(STEPS);
  // Promise.all tells of the first only.
  const told = first === 'left' && second === 'right' ? [errors[0]] : errors;
  expect(flat(thrown)).toEqual(told);
  expect(logged.length).toBeGreaterThanOrEqual(told.length);
  if (thrown instanceof AggregateError) expect(thrown.message).toBe('Fleet: 2 teardown steps failed');
});
