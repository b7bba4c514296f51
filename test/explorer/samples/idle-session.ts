/* eslint-disable lifecycle/require-drain-timeout -- nothing that start() began is waited for: it is an adapter */
import { Mutex } from 'async-mutex';

export interface Session {
  use(): Promise<void>;
  close(): Promise<void>;
}

/** A session that closes itself when nobody has used it for a while. */
export class IdleSession implements AsyncDisposable {
  readonly #lifecycleLock = new Mutex();
  readonly #open: () => Promise<Session>;
  readonly #idleMs: number;
  #session: Session | undefined;
  #epoch = 0;
  #idleTimer: NodeJS.Timeout | undefined;

  constructor(open: () => Promise<Session>, idleMs: number) {
    this.#open = open;
    this.#idleMs = idleMs;
  }

  async start(): Promise<void> {
    return this.#lifecycleLock.runExclusive(async () => {
      if (this.#session !== undefined) return;
      this.#session = await this.#open();
      this.#arm();
    });
  }

  async use(): Promise<void> {
    return this.#lifecycleLock.runExclusive(async () => {
      if (this.#session === undefined) return;
      clearTimeout(this.#idleTimer);
      try {
        await this.#session.use();
      } finally {
        this.#arm();
      }
    });
  }

  async stop(): Promise<void> {
    return this.#lifecycleLock.runExclusive(async () => {
      await this.#close();
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #close(): Promise<void> {
    const session = this.#session;
    if (session === undefined) return;
    this.#session = undefined;
    this.#epoch++;
    clearTimeout(this.#idleTimer);
    await session.close();
  }

  #arm(): void {
    clearTimeout(this.#idleTimer);
    const epoch = ++this.#epoch;
    this.#idleTimer = setTimeout(() => {
      this.#onIdle(epoch).catch(() => undefined);
    }, this.#idleMs);
  }

  async #onIdle(epoch: number): Promise<void> {
    return this.#lifecycleLock.runExclusive(async () => {
      if (epoch === this.#epoch) await this.#close();
    });
  }
}
