import { Mutex } from 'async-mutex';

export interface Connection {
  close(): Promise<void>;
}

/** A connection: nothing is spawned, so that there is nothing to drain. */
export class Adapter implements AsyncDisposable {
  readonly #lifecycleLock = new Mutex();
  readonly #connect: () => Promise<Connection>;
  #connection: Connection | undefined;

  constructor(connect: () => Promise<Connection>) {
    this.#connect = connect;
  }

  async start(): Promise<void> {
    return this.#lifecycleLock.runExclusive(async () => {
      if (this.#connection !== undefined) return;
      this.#connection = await this.#connect();
    });
  }

  async stop(): Promise<void> {
    return this.#lifecycleLock.runExclusive(async () => {
      if (this.#connection === undefined) return;
      await this.#connection.close();
      this.#connection = undefined;
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}
