import { currentGeneration, inGeneration, keepGeneration, type Generation } from './generation.ts';
import { VirtualTimers } from './virtual-timers.ts';

/** One question to the outside world that has not been answered yet. */
export interface Call {
  readonly name: string;
  readonly generation: Generation | undefined;
  answer(): void;
  fail(error: Error): void;
}

/** Something a service has opened and must close once. */
interface Resource {
  close(): Promise<void>;
}

/** A stream of items that the test pushes; who takes from it waits until there is one. */
interface Channel<T> {
  push(item: T): void;
  /** Resolves with `undefined` once `signal` aborts or the channel ends. */
  take(signal?: AbortSignal): Promise<T | undefined>;
  end(): void;
}

/** A call in flight, a waiting reader, a sleeper, or an open resource. */
interface Live {
  readonly name: string;
  readonly generation: Generation | undefined;
}

/**
 * The outside world of one service. Calls are answered at once, unless the test holds them by name and answers by hand,
 * one by one or all together. Everything that is still open can be listed.
 */
export class World {
  readonly timers = new VirtualTimers();
  /** Names of all calls so far, in order. */
  readonly journal: string[] = [];
  /** Log lines as `level: first argument`. */
  readonly logged: string[] = [];
  /** What a service did that it never may, whatever the order: closing a resource twice. */
  readonly offences: string[] = [];
  readonly logger = {
    debug: (...line: unknown[]): void => this.#log('debug', line),
    info: (...line: unknown[]): void => this.#log('info', line),
    warn: (...line: unknown[]): void => this.#log('warn', line),
    error: (...line: unknown[]): void => this.#log('error', line),
  };

  readonly #live = new Set<Live>();
  readonly #calls = new Map<Live, Call>();
  readonly #held = new Set<string>();
  #holdsAll = false;
  #generations = 0;

  get calls(): readonly Call[] {
    return [...this.#calls.values()];
  }

  /** All that would keep a process busy or leak. Empty when a service has left nothing behind. */
  get left(): readonly string[] {
    const timers = this.timers.armed.map(({ delay, repeats }) => `${repeats ? 'interval' : 'timeout'} ${delay} ms`);
    return [...Array.from(this.#live, ({ name }) => name), ...timers];
  }

  /** The generations that have anything alive. Of a drain's own calls and deadline, none counts: no start() made them. */
  get living(): ReadonlySet<Generation> {
    const generations = [...this.#live, ...this.timers.armed].map(({ generation }) => generation);
    return new Set(generations.filter((generation) => generation !== undefined));
  }

  get alive(): number {
    return this.living.size;
  }

  /** Runs a start(): what comes of it is one generation. */
  generation<T>(start: (generation: Generation) => T): T {
    const generation = { serial: ++this.#generations };
    return inGeneration(generation, () => start(generation));
  }

  /** How many calls, readers, sleepers and resources of this name there are now. */
  count(name: string): number {
    return Array.from(this.#live).filter((live) => live.name === name).length;
  }

  call<T>(name: string, answer: () => T): Promise<T> {
    this.journal.push(name);
    const live = this.#enter(name);
    const give = keepGeneration(answer); // what an answer opens belongs to whoever asked
    return new Promise<T>((resolve, reject) => {
      const leave = (): boolean => this.#live.delete(live) && this.#calls.delete(live);
      const call: Call = {
        name,
        generation: live.generation,
        answer: () => {
          if (leave()) resolve(give());
        },
        fail: (error) => {
          if (leave()) reject(error);
        },
      };
      this.#calls.set(live, call);
      if (!this.#holdsAll && !this.#held.has(name)) queueMicrotask(() => { call.answer(); });
    });
  }

  hold(...names: readonly string[]): void {
    for (const name of names) this.#held.add(name);
  }

  /** From here on no call is answered by itself: an explorer picks from `calls`. */
  holdAll(): void {
    this.#holdsAll = true;
  }

  release(...names: readonly string[]): void {
    for (const name of names) this.#held.delete(name);
    for (const call of this.calls) if (names.includes(call.name)) call.answer();
  }

  /**
   * Closing takes the call `close <name>`. A resource whose close fails counts as gone, and closing it again as a retry:
   * neither view of a failed close may decide a test.
   */
  resource(name: string): Resource {
    let state: 'closed' | 'closing' | 'failed' | 'open' = 'open';
    const live = this.#enter(name);
    return {
      close: async () => {
        if (state === 'closing' || state === 'closed') this.offences.push(`${name} closed twice`);
        state = 'closing';
        try {
          await this.call(`close ${name}`, () => undefined);
          state = 'closed';
        } catch (error) {
          state = 'failed';
          throw error;
        } finally {
          this.#live.delete(live);
        }
      },
    };
  }

  channel<T>(name: string): Channel<T> {
    const items: T[] = [];
    const readers = new Set<(item: T | undefined) => void>();
    let ended = false;
    return {
      push: (item) => {
        const [reader] = readers;
        if (reader === undefined) items.push(item);
        else reader(item);
      },
      take: (signal) => {
        if (ended || signal?.aborted === true) return Promise.resolve(undefined);
        if (items.length > 0) return Promise.resolve(items.shift());
        const live = this.#enter(name);
        return new Promise((resolve) => {
          const giveUp = (): void => wake(undefined);
          const wake = (item: T | undefined): void => {
            readers.delete(wake);
            this.#live.delete(live);
            signal?.removeEventListener('abort', giveUp);
            resolve(item);
          };
          readers.add(wake);
          signal?.addEventListener('abort', giveUp);
        });
      },
      end: () => {
        ended = true;
        for (const reader of readers) reader(undefined);
      },
    };
  }

  /** A clock's sleep on virtual time: ends early, without an error, when `signal` aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        this.timers.clear(timer);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = this.timers.set(wake, ms, false);
      signal.addEventListener('abort', wake);
    });
  }

  #enter(name: string): Live {
    const live: Live = { name, generation: currentGeneration() };
    this.#live.add(live);
    return live;
  }

  #log(level: string, [first]: readonly unknown[]): void {
    this.logged.push(`${level}: ${typeof first === 'string' ? first : JSON.stringify(first)}`);
  }
}
