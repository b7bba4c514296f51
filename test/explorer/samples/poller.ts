import { Mutex } from 'async-mutex';
import pTimeout, { TimeoutError } from 'p-timeout';

export type Body = (signal: AbortSignal) => Promise<void>;

/** A loop in the background. */
export class Poller implements AsyncDisposable {
  readonly #lifecycleLock = new Mutex();
  readonly #body: Body;
  readonly #drainMs: number;
  #running = false;
  #unrestartable = false;
  #abort: AbortController | undefined;
  #task: Promise<void> | undefined;

  constructor(body: Body, drainMs: number) {
    this.#body = body;
    this.#drainMs = drainMs;
  }

  async start(): Promise<void> {
    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
  }

  async stop(): Promise<void> {
    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
  }

  async restart(): Promise<void> {
    return this.#lifecycleLock.runExclusive(async () => {
      await this.#stopLocked();
      await this.#startLocked();
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #startLocked(): Promise<void> {
    if (this.#unrestartable) throw new Error('Poller: an earlier stop() timed out, create a new instance');
    if (this.#running) return;
    this.#abort = new AbortController();
    this.#task = this.#body(this.#abort.signal);
    this.#task.catch(() => undefined); // stop() hears of it
    this.#running = true;
  }

  async #stopLocked(): Promise<void> {
    if (!this.#running) return;
    this.#running = false;
    this.#abort?.abort();
    try {
      await pTimeout(this.#task ?? Promise.resolve(), { milliseconds: this.#drainMs });
    } catch (error) {
      if (error instanceof TimeoutError) this.#unrestartable = true;
      throw error;
    } finally {
      this.#task = undefined;
      this.#abort = undefined;
    }
  }
}
