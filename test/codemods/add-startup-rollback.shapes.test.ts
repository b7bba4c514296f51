import { runInThisContext as run } from 'node:vm';
import { ModuleKind, ScriptTarget, transpile } from 'typescript';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import addStartupRollback from '../../codemods/add-startup-rollback.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { AsyncDisposableStack } from '../services/async-disposable-stack.ts';

type Act = (name: string) => Promise<{ end(): Promise<void> }>;

interface Station {
  start(withSpare: boolean): Promise<string>;
  stop(): Promise<void>;
  readonly state: Readonly<Record<string, unknown>>;
}

/** A start in which every kind of thing stands that a rollback takes back. */
const SOURCE = `
export class Station {
  readonly #act: Act;
  #phase: 'down' | 'up' = 'down';
  #power: Ended | null = null;
  #abort: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;
  #line: Ended | undefined;
  #starts = 0;
  readonly #spare: { open(): Promise<void>; close(): Promise<void> };

  constructor(act: Act) {
    this.#act = act;
    this.#spare = { open: async () => void (await act('spare')), close: async () => void (await act('close spare')) };
  }

  async start(withSpare: boolean): Promise<string> {
    if (this.#phase !== 'down') return 'already';
    this.#starts = this.#starts + 1;
    this.#phase = 'up';
    this.#abort = new AbortController();
    this.#power = await this.#act('power');
    if (withSpare) {
      await this.#spare.open();
      await this.#act('check spare');
    }
    this.#timer = setInterval(() => this.#act('beat'), 60_000);
    this.#line = await this.#act('line');
    await this.#act('dial');
    return this.#greet();
  }

  async stop(): Promise<void> {
    if (this.#phase !== 'up') return;
    this.#phase = 'down';
    const line = this.#line;
    if (line !== undefined) await line.end();
    this.#line = undefined;
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#spare.close();
    if (this.#power !== null) await this.#power.end();
    this.#power = null;
    this.#abort?.abort();
    this.#abort = undefined;
  }

  async #greet(): Promise<string> {
    await this.#act('greet');
    return 'hello';
  }

  get state(): Record<string, unknown> {
    return { phase: this.#phase, power: this.#power, timer: this.#timer, line: this.#line, abort: this.#abort, starts: this.#starts };
  }
}
`;

const handled = runCodemods([addStartupRollback], { fileName: 'station.ts', text: SOURCE });
const stacked = runCodemods([addStartupRollback], { fileName: 'station.ts', text: SOURCE }, { nodeMajor: 24, nodeTypesMajor: 24 });

function load(text: string): new (act: Act) => Station {
  const module = { exports: {} as { Station?: new (act: Act) => Station } };
  const plain = transpile(text, { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 });
  (run(`(module, exports) => {${plain}\n}`) as (...args: readonly unknown[]) => void)(module, module.exports);
  if (module.exports.Station === undefined) throw new Error('no Station');
  return module.exports.Station;
}

/** What a start does of which one act fails, and some undoings. */
async function startFailing(text: string, withSpare: boolean, failing: ReadonlyMap<string, unknown>) {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const done: string[] = [];
  const act: Act = async (name) => {
    done.push(name);
    await Promise.resolve();
    if (failing.has(name)) throw failing.get(name);
    return { end: async () => { await act(`end ${name}`); } };
  };
  const station = new (load(text))(act);
  const thrown: unknown = await station.start(withSpare).then(
    (value) => ({ value }),
    (reason: unknown) => reason,
  );
  return { station, thrown, done, logged: log.mock.calls.map(([line]) => String(line)) };
}

const DOWN = { phase: 'down', power: null, timer: undefined, line: undefined, abort: undefined, starts: 1 };
const ACTS = ['power', 'spare', 'check spare', 'line', 'dial', 'greet'];
const UNDONE: Readonly<Record<string, string>> = { line: 'end line', spare: 'close spare', power: 'end power' };

beforeEach(() => void vi.stubGlobal('AsyncDisposableStack', AsyncDisposableStack));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('the source leaves something behind, and the codemod leaves nothing', async () => {
  expect([handled, stacked].flatMap(({ services }) => services.flatMap(({ left }) => left))).toEqual([]);
  expect([handled, stacked].map(({ text }) => text.includes('new AsyncDisposableStack()'))).toEqual([false, true]);
  const { station, done } = await startFailing(SOURCE, true, new Map([['dial', new Error('dial')]]));
  expect(done).toEqual(ACTS.slice(0, 5));
  expect(station.state['phase']).toBe('up');
  await station.stop();
});

const CASES = [
  ['a handler', true, handled],
  ['a handler', false, handled],
  ['a stack', true, stacked],
  ['a stack', false, stacked],
] as const;

describe.each(CASES)('by %s, with a spare: %s', (_form, withSpare, result) => {
  const acts = ACTS.filter((name) => withSpare || !name.includes('spare'));

  test.each(acts)('%s fails', async (name) => {
    const error = new Error(name);
    const { station, thrown, done, logged } = await startFailing(result.text, withSpare, new Map([[name, error]]));
    const before = acts.slice(0, acts.indexOf(name));
    const undone = before.toReversed().flatMap((one) => UNDONE[one] ?? []);
    expect(thrown).toBe(error);
    expect(done).toEqual([...before, name, ...undone]);
    expect(logged).toEqual([]);
    expect(station.state).toEqual(DOWN);
  });

  test('undoing fails as well: the rest is undone, and the first error is thrown', async () => {
    const error = new Error('greet');
    const { station, thrown, done, logged } = await startFailing(result.text, withSpare, new Map<string, unknown>([['greet', error], ['end line', undefined], ['close spare', null], ['end power', 'no']]));
    expect(thrown).toBe(error);
    expect(done).toEqual([...acts, 'end line', ...(withSpare ? ['close spare'] : []), 'end power']);
    expect(logged).toEqual(['line.end', ...(withSpare ? ['spare.close'] : []), 'power.end'].map((step) => `rollback step failed: ${step}`));
    expect(station.state).toEqual(DOWN);
  });

  test('nothing fails: the same as before', async () => {
    for (const text of [SOURCE, result.text]) {
      const { station, thrown, done } = await startFailing(text, withSpare, new Map());
      expect([thrown, done]).toEqual([{ value: 'hello' }, acts]);
      expect(station.state['phase']).toBe('up');
      expect(await station.start(withSpare)).toBe('already');
      await station.stop();
      expect(station.state).toEqual(DOWN);
    }
  });
});
