import { once } from 'node:events';
import { Mutex } from 'async-mutex';
import type { Lifecycle } from './driver.ts';

/** What a worker's main() is called with, beside its parts. */
export type RunWorker = (shutdown: Promise<unknown>, ready: () => void) => Promise<void>;

/**
 * The process of a worker, as who supervises it sees it: a start returns when main() is ready, a stop tells it to shut down and waits
 * for its end. It is never started again once main() has failed: the process has gone, and with it what it has left behind.
 */
export class WorkerProcess implements Lifecycle, AsyncDisposable {
  readonly #lifecycleLock = new Mutex();
  readonly #main: RunWorker;
  #signal: AbortController | undefined;
  #ended: Promise<void> | undefined;
  #failed = false;

  constructor(main: RunWorker) {
    this.#main = main;
  }

  async start(): Promise<void> {
    return this.#lifecycleLock.runExclusive(async () => {
      if (this.#failed) throw new Error('the process has ended with an error');
      if (this.#ended !== undefined) return;
      const signal = new AbortController();
      this.#signal = signal;
      await new Promise<void>((resolve, reject) => {
        this.#ended = this.#main(once(signal.signal, 'abort'), resolve);
        this.#ended.then(resolve, reject);
      }).catch((error: unknown) => this.#fail(error));
    });
  }

  async stop(): Promise<void> {
    this.#signal?.abort(); // a signal does not wait until the process is ready
    return this.#lifecycleLock.runExclusive(async () => {
      this.#signal?.abort();
      // eslint-disable-next-line lifecycle/require-drain-timeout -- a deadline would hide the deadlocks that are looked for
      await this.#ended?.catch((error: unknown) => this.#fail(error));
      this.#ended = undefined;
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  #fail(error: unknown): never {
    this.#ended = undefined;
    this.#failed = true;
    throw error;
  }
}
