import dedent from 'dedent';

import rule from '../../rules/require-lifecycle-lock.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-lifecycle-lock: not-enough', rule, {
  valid: [
    {
      name: 'a state whose opposite call waits for the other',
      code: dedent`
        class Application {
          state = 'created';
          async start() {
            if (this.state === 'stopping') await this.stopped;
            if (this.state === 'starting') return this.started;
            if (this.state === 'started') return;
            this.state = 'starting';
            this.started = this.boot();
            await this.started;
            this.state = 'started';
          }
          async stop() {
            if (this.state === 'starting') await this.started;
            if (this.state === 'stopping') return this.stopped;
            if (this.state !== 'started') return;
            this.state = 'stopping';
            this.stopped = this.halt();
            await this.stopped;
            this.state = 'stopped';
          }
          async boot() {
            this.server = await listen(this.port);
          }
          async halt() {
            await this.server.close();
          }
        }
      `,
    },
    {
      name: 'a lock which limits how long one waits for it',
      code: dedent`
        import { Mutex, withTimeout } from 'async-mutex';
        class Poller {
          readonly #lock = withTimeout(new Mutex(), 5000);
          async start() {
            return this.#lock.runExclusive(async () => {
              if (this.running) return;
              await this.db.connect();
              this.running = true;
            });
          }
          async stop() {
            return this.#lock.runExclusive(async () => {
              this.running = false;
              await this.db.close();
            });
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'a queue that may let the next one in too early is not judged',
      code: dedent`
        import PQueue from 'p-queue';
        class Poller {
          queue = new PQueue({ concurrency: 1, timeout: 1000 });
          async start() {
            return this.queue.add(async () => {
              if (this.running) return;
              await this.db.connect();
              this.running = true;
            });
          }
          async stop() {
            return this.queue.add(async () => {
              this.running = false;
              await this.db.close();
            });
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'a promise kept by start, for which stop does not wait',
      code: dedent`
        class Hub {
          async start() {
            this.starting ??= this.boot();
            await this.starting;
          }
          async stop() {
            this.starting = undefined;
            await this.server?.close();
          }
          async boot() {
            const key = await loadKey();
            this.server = await listen(key);
          }
        }
      `,
      errors: [
        {
          messageId: 'stop-during-start',
          data: {
            stop: 'stop',
            start: 'start',
            wait: 12,
            field: 'this.server',
            effect: 12,
            remedy: 'Hold one lifecycle lock over `start()` and `stop()`.',
          },
          line: 2, column: 9, endLine: 2, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Hub {
                  readonly #lifecycleLock = new Mutex();

                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    this.starting ??= this.boot();
                    await this.starting;
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    this.starting = undefined;
                    await this.server?.close();
                  }
                  async boot() {
                    const key = await loadKey();
                    this.server = await listen(key);
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'waiting until a lock is free holds nothing',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          readonly #lock = new Mutex();
          async start() {
            await this.#lock.waitForUnlock();
            if (this.running) return;
            await this.db.connect();
            this.running = true;
          }
          async stop() {
            await this.#lock.waitForUnlock();
            this.running = false;
            await this.db.close();
          }
        }
      `,
      errors: [
        {
          messageId: 'late-guard',
          data: {
            start: 'start',
            field: 'this.running',
            check: 6,
            effect: 8,
            wait: 7,
            remedy: 'Hold one lifecycle lock over `start()` and `stop()`.',
          },
          line: 4, column: 9, endLine: 4, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';
                class Poller {
                  readonly #lock = new Mutex();
                  readonly #lifecycleLock = new Mutex();
                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    await this.#lock.waitForUnlock();
                    if (this.running) return;
                    await this.db.connect();
                    this.running = true;
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    await this.#lock.waitForUnlock();
                    this.running = false;
                    await this.db.close();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a semaphore with room for two',
      code: dedent`
        import { Semaphore } from 'async-mutex';
        class Poller {
          readonly #slots = new Semaphore(2);
          async start() {
            return this.#slots.runExclusive(async () => {
              if (this.running) return;
              await this.db.connect();
              this.running = true;
            });
          }
          async stop() {
            return this.#slots.runExclusive(async () => {
              this.running = false;
              await this.db.close();
            });
          }
        }
      `,
      errors: [
        {
          messageId: 'late-guard',
          data: {
            start: 'start',
            field: 'this.running',
            check: 6,
            effect: 8,
            wait: 7,
            remedy: 'Hold one lifecycle lock over `start()` and `stop()`.',
          },
          line: 4, column: 9, endLine: 4, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Semaphore, Mutex } from 'async-mutex';
                class Poller {
                  readonly #slots = new Semaphore(2);
                  readonly #lifecycleLock = new Mutex();
                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    return this.#slots.runExclusive(async () => {
                      if (this.running) return;
                      await this.db.connect();
                      this.running = true;
                    });
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    return this.#slots.runExclusive(async () => {
                      this.running = false;
                      await this.db.close();
                    });
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a lease between processes',
      code: dedent`
        import Redlock from 'redlock';
        class Leader {
          constructor(redis) {
            this.redlock = new Redlock([redis]);
          }
          async start() {
            const lease = await this.redlock.acquire(['leader'], 5000);
            if (this.running) return lease.release();
            await this.db.connect();
            this.running = true;
          }
          async stop() {
            this.running = false;
            await this.db.close();
          }
        }
      `,
      errors: [
        {
          messageId: 'late-guard',
          data: {
            start: 'start',
            field: 'this.running',
            check: 8,
            effect: 10,
            wait: 9,
            remedy: 'Hold one lifecycle lock over `start()` and `stop()`.',
          },
          line: 6, column: 9, endLine: 6, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import Redlock from 'redlock';
                import { Mutex } from 'async-mutex';
                class Leader {
                  readonly #lifecycleLock = new Mutex();

                  constructor(redis) {
                    this.redlock = new Redlock([redis]);
                  }
                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    const lease = await this.redlock.acquire(['leader'], 5000);
                    if (this.running) return lease.release();
                    await this.db.connect();
                    this.running = true;
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    this.running = false;
                    await this.db.close();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
  ],
});
