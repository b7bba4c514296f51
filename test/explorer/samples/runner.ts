import { Mutex } from 'async-mutex';
import pTimeout, { TimeoutError } from 'p-timeout';

export interface Turns {
  turn(): Promise<void>;
  /** Ends early when `signal` aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** start() is the loop itself: the lock is for the transitions only. */
export class Runner implements AsyncDisposable {
  readonly #lifecycleLock = new Mutex();
  readonly #turns: Turns;
  readonly #drainMs: number;
  #running = false;
  #unrestartable = false;
  #abort: AbortController | undefined;
  #done: Promise<void> | undefined;

  constructor(turns: Turns, drainMs: number) {
    this.#turns = turns;
    this.#drainMs = drainMs;
  }

  async start(): Promise<void> {
    const abort = new AbortController();
    let finish: (() => void) | undefined;
    await this.#lifecycleLock.runExclusive(async () => {
      if (this.#unrestartable) throw new Error('Runner: an earlier stop() timed out, create a new instance');
      if (this.#running) throw new Error('Runner: already running');
      this.#running = true;
      this.#abort = abort;
      this.#done = new Promise((resolve) => {
        finish = resolve;
      });
    });
    try {
      await this.#loop(abort.signal);
    } finally {
      await this.#lifecycleLock.runExclusive(async () => {
        this.#running = false;
      });
      finish?.();
    }
  }

  async stop(): Promise<void> {
    const { done } = await this.#lifecycleLock.runExclusive(async () => {
      this.#abort?.abort();
      return { done: this.#running ? this.#done : undefined };
    });
    try {
      if (done !== undefined) await pTimeout(done, { milliseconds: this.#drainMs });
    } catch (error) {
      await this.#lifecycleLock.runExclusive(async () => {
        if (error instanceof TimeoutError) this.#unrestartable = true;
      });
      throw error;
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #loop(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#turns.turn();
      await this.#turns.sleep(1_000, signal);
    }
  }
}
