import { Mutex } from 'async-mutex';
import type { Connection } from './adapter.ts';

/** Two resources: a start that fails midway closes the first. */
export class Several implements AsyncDisposable {
  readonly #lifecycleLock = new Mutex();
  readonly #openDatabase: () => Promise<Connection>;
  readonly #openCache: () => Promise<Connection>;
  #opened: readonly Connection[] = [];

  constructor(openDatabase: () => Promise<Connection>, openCache: () => Promise<Connection>) {
    this.#openDatabase = openDatabase;
    this.#openCache = openCache;
  }

  async start(): Promise<void> {
    return this.#lifecycleLock.runExclusive(async () => {
      if (this.#opened.length > 0) return;
      const database = await this.#openDatabase();
      try {
        this.#opened = [await this.#openCache(), database];
      } catch (error) {
        await database.close();
        throw error;
      }
    });
  }

  async stop(): Promise<void> {
    return this.#lifecycleLock.runExclusive(async () => {
      const opened = this.#opened;
      this.#opened = [];
      const ends = await Promise.allSettled(opened.map((one) => one.close()));
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}
