import dedent from 'dedent';

import rule from '../../rules/no-partial-lifecycle-lock.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-partial-lifecycle-lock: faults', rule, {
  valid: [],
  invalid: [
    {
      name: 'acquired in both and never released',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Consensus {
          readonly #mutex = new Mutex();
          async start() {
            await this.#mutex.acquire();
            this.chain = await load();
          }
          async stop() {
            await this.#mutex.acquire();
            await this.chain.close();
          }
        }
      `,
      errors: [
        {
          messageId: 'never-released',
          data: { method: 'start', lock: 'this.#mutex', line: 5 },
          line: 4, column: 9, endLine: 4, endColumn: 14,
        },
        {
          messageId: 'never-released',
          data: { method: 'stop', lock: 'this.#mutex', line: 9 },
          line: 8, column: 9, endLine: 8, endColumn: 13,
        },
      ],
    },
    {
      name: 'nobody waits for the work under the lock',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          readonly #lock = new Mutex();
          async start() {
            this.#lock.runExclusive(async () => {
              await this.db.connect();
              this.running = true;
            });
          }
          async stop() {
            await this.#lock.runExclusive(async () => {
              await this.db.close();
              this.running = false;
            });
          }
        }
      `,
      errors: [
        {
          messageId: 'not-awaited',
          data: { method: 'start', lock: 'this.#lock', line: 5 },
          line: 4, column: 9, endLine: 4, endColumn: 14,
          suggestions: [
            {
              messageId: 'holdWhole',
              data: { lock: 'this.#lock', method: 'start' },
              output: dedent`
                import { Mutex } from 'async-mutex';
                class Poller {
                  readonly #lock = new Mutex();
                  async start() {
                    return this.#lock.runExclusive(async () => {
                      await this.db.connect();
                      this.running = true;
                    });
                  }
                  async stop() {
                    await this.#lock.runExclusive(async () => {
                      await this.db.close();
                      this.running = false;
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
      name: 'the promise is returned out of the try block',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Store {
          readonly #lock = new Mutex();
          async open() {
            const release = await this.#lock.acquire();
            try {
              return this.#openFiles();
            } finally {
              release();
            }
          }
          async close() {
            const release = await this.#lock.acquire();
            try {
              await this.#files.close();
            } finally {
              release();
            }
          }
          async #openFiles() {
            this.#files = await openFiles();
          }
        }
      `,
      errors: [
        {
          messageId: 'return-unawaited',
          data: { line: 7, lock: 'this.#lock' },
          line: 4, column: 9, endLine: 4, endColumn: 13,
          suggestions: [
            {
              messageId: 'holdWhole',
              data: { lock: 'this.#lock', method: 'open' },
              output: dedent`
                import { Mutex } from 'async-mutex';
                class Store {
                  readonly #lock = new Mutex();
                  async open() {
                    const release = await this.#lock.acquire();
                    try {
                      return await this.#openFiles();
                    } finally {
                      release();
                    }
                  }
                  async close() {
                    const release = await this.#lock.acquire();
                    try {
                      await this.#files.close();
                    } finally {
                      release();
                    }
                  }
                  async #openFiles() {
                    this.#files = await openFiles();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'the promise is returned under a guard',
      code: dedent`
        class Store {
          readonly #lock = new Mutex();
          async open() {
            using held = await this.#lock.acquire();
            return this.prepare().then(() => this.load());
          }
          async close() {
            using held = await this.#lock.acquire();
            await this.flush();
          }
          async prepare() {}
          async load() {}
          async flush() {}
        }
      `,
      errors: [
        {
          messageId: 'return-unawaited',
          data: { line: 5, lock: 'this.#lock' },
          line: 3, column: 9, endLine: 3, endColumn: 13,
        },
      ],
    },
    {
      name: 'work between acquire and try',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          readonly #lock = new Mutex();
          async start() {
            const release = await this.#lock.acquire();
            await this.db.connect();
            try {
              this.timer = setInterval(() => this.poll(), 50);
            } finally {
              release();
            }
          }
          async stop() {
            const release = await this.#lock.acquire();
            try {
              clearInterval(this.timer);
              await this.db.close();
            } finally {
              release();
            }
          }
        }
      `,
      errors: [
        {
          messageId: 'unsafe-release',
          data: { line: 6, method: 'start', lock: 'this.#lock' },
          line: 4, column: 9, endLine: 4, endColumn: 14,
        },
      ],
    },
    {
      name: 'released without a finally',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          readonly #lock = new Mutex();
          async start() {
            return this.#lock.runExclusive(() => this.db.connect());
          }
          async stop() {
            const release = await this.#lock.acquire();
            await this.db.close();
            release();
          }
        }
      `,
      errors: [
        {
          messageId: 'unsafe-release',
          data: { line: 8, method: 'stop', lock: 'this.#lock' },
          line: 7, column: 9, endLine: 7, endColumn: 13,
        },
      ],
    },
  ],
});
