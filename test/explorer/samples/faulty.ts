import { readFileSync } from 'node:fs';
import type { FaultName } from '../fault.ts';
import type { samples } from './samples.ts';

/** A sample with a fault: its text, changed in one respect. */
export interface Faulty {
  readonly name: string;
  readonly sample: keyof typeof samples;
  /** What is replaced, wherever it stands, by what. */
  readonly changes: readonly (readonly [from: string, to: string])[];
  /** The fault that it is known for. The explorer may find others that follow from it. */
  readonly shows: FaultName;
}

const FILES = { adapter: 'adapter', idleSession: 'idle-session', poller: 'poller', runner: 'runner', several: 'several' };

/** What stands where the lock was. */
const UNLOCKED = 'const unlocked = async (body) => body();\n';
const NO_LOCK = ['this.#lifecycleLock.runExclusive(', 'unlocked('] as const;
const START_LOCK = ['this.#lifecycleLock.runExclusive(() => this.#startLocked())', 'this.#startLocked()'] as const;
const STOP_LOCK = ['this.#lifecycleLock.runExclusive(() => this.#stopLocked())', 'this.#stopLocked()'] as const;
const FLAG = ['if (error instanceof TimeoutError) this.#unrestartable = true;', ''] as const;
const DEADLINE = ['pTimeout(this.#task ?? Promise.resolve(), { milliseconds: this.#drainMs })', 'this.#task'] as const;

export const faulty: readonly Faulty[] = [
  { name: 'P0 no lock', sample: 'poller', changes: [NO_LOCK], shows: 'two generations' },
  { name: 'P1 a lock in start only', sample: 'poller', changes: [STOP_LOCK], shows: 'two generations' },
  { name: 'P1 a lock in stop only', sample: 'poller', changes: [START_LOCK], shows: 'two generations' },
  {
    name: 'P2 the flag under the lock, the drain outside',
    sample: 'poller',
    changes: [
      STOP_LOCK,
      [
        'if (!this.#running) return;\n    this.#running = false;',
        'const was = await this.#lifecycleLock.runExclusive(async () => [this.#running, (this.#running = false)]);\n    if (!was[0]) return;',
      ],
    ],
    shows: 'two generations',
  },
  { name: 'P3 no deadline', sample: 'poller', changes: [DEADLINE], shows: 'never settles' },
  { name: 'P4 a deadline but no flag', sample: 'poller', changes: [FLAG], shows: 'restart after a timed-out stop' },
  {
    name: 'P5 a promise memo',
    sample: 'poller',
    changes: [
      START_LOCK,
      STOP_LOCK,
      ['return this.#startLocked()', 'return (this.starting ??= this.#startLocked().finally(() => (this.starting = undefined)))'],
    ],
    shows: 'two generations',
  },
  {
    name: 'P6 try/finally round a promise that is not awaited',
    sample: 'poller',
    changes: [
      ['return this.#lifecycleLock.runExclusive(() => this.#startLocked())', releasingEarly('this.#startLocked()')],
      ['return this.#lifecycleLock.runExclusive(() => this.#stopLocked())', releasingEarly('this.#stopLocked()')],
    ],
    shows: 'two generations',
  },
  {
    name: 'P7 a race whose outcome is ignored',
    sample: 'poller',
    changes: [[DEADLINE[0], 'Promise.race([this.#task, new Promise((resolve) => setTimeout(resolve, this.#drainMs))])']],
    shows: 'alive after stop',
  },
  {
    name: 'P8 a check before the lock',
    sample: 'adapter',
    changes: [
      ['if (this.#connection !== undefined) return;\n', ''],
      ['if (this.#connection === undefined) return;\n', ''],
      ['async start(): Promise<void> {', '$&\n    if (this.#connection !== undefined) return;'],
      ['async stop(): Promise<void> {', '$&\n    if (this.#connection === undefined) return;'],
    ],
    shows: 'two generations',
  },
  {
    name: 'P9 restart holds the lock and calls stop',
    sample: 'poller',
    changes: [['await this.#stopLocked();\n      await this.#startLocked();', 'await this.stop();\n      await this.#startLocked();']],
    shows: 'never settles',
  },
  {
    name: 'restart takes the lock twice',
    sample: 'poller',
    changes: [
      [
        'return this.#lifecycleLock.runExclusive(async () => {\n      await this.#stopLocked();\n      await this.#startLocked();\n    });',
        'await this.stop();\n    await this.start();',
      ],
    ],
    shows: 'lost stop',
  },
  { name: 'a task that nobody observes', sample: 'poller', changes: [['this.#task.catch(() => undefined);', '']], shows: 'unhandled rejection' },
  { name: 'a drain that is not awaited', sample: 'poller', changes: [['await pTimeout(', 'void pTimeout(']], shows: 'alive after stop' },
  { name: 'a loop that nobody tells to end', sample: 'poller', changes: [['this.#abort?.abort();', '']], shows: 'healthy stop fails' },
  {
    name: 'a flag that every stop sets',
    sample: 'poller',
    changes: [['this.#task = undefined;', 'this.#unrestartable = true;']],
    shows: 'healthy start fails',
  },
  {
    name: 'no lock, and running until stop has drained',
    sample: 'poller',
    changes: [NO_LOCK, ['this.#running = false;\n    this.#abort', 'this.#abort'], ['this.#task = undefined;', 'this.#running = false;']],
    shows: 'lost start',
  },
  {
    name: 'R0 the lock over the loop',
    sample: 'runner',
    changes: [['await this.#loop(abort.signal)', 'await this.#lifecycleLock.runExclusive(() => this.#loop(abort.signal))']],
    shows: 'never settles',
  },
  {
    name: 'R1 a runner without a lock or a check',
    sample: 'runner',
    changes: [NO_LOCK, ["if (this.#running) throw new Error('Runner: already running');", '']],
    shows: 'two generations',
  },
  {
    name: 'a runner that returns the bare promise out of the lock',
    sample: 'runner',
    changes: [
      ['const { done } =', 'const done ='],
      ['return { done: this.#running ? this.#done : undefined };', 'return this.#running ? this.#done : undefined;'],
    ],
    shows: 'never settles',
  },
  { name: 'C0 close, then forget', sample: 'adapter', changes: [NO_LOCK], shows: 'resource closed twice' },
  {
    name: 'a lock that each call makes for itself',
    sample: 'adapter',
    changes: [['this.#lifecycleLock.runExclusive(', 'new Mutex().runExclusive(']],
    shows: 'lost stop',
  },
  { name: 'I0 an idle timer without the lock', sample: 'idleSession', changes: [NO_LOCK], shows: 'resource misused' },
  {
    name: 'a timer that throws',
    sample: 'idleSession',
    changes: [['this.#onIdle(epoch).catch(() => undefined);', "throw new Error('idle');"]],
    shows: 'uncaught error',
  },
  { name: 'M0 no rollback', sample: 'several', changes: [['await database.close();\n', '']], shows: 'left after the last stop' },
];

function releasingEarly(work: string): string {
  return `const release = await this.#lifecycleLock.acquire();\n    try {\n      return ${work};\n    } finally {\n      release();\n    }`;
}

/** Throws where a change finds nothing to replace. */
export function faultyText({ sample, changes }: Faulty): string {
  const text = readFileSync(new URL(`${FILES[sample]}.ts`, import.meta.url), 'utf8');
  return changes.reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`not in ${sample}: ${from}`);
    return changed.replaceAll(from, to);
  }, UNLOCKED + text);
}
