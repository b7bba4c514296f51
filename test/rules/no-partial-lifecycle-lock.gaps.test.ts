import dedent from 'dedent';

import rule from '../../rules/no-partial-lifecycle-lock.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-partial-lifecycle-lock: gaps', rule, {
  valid: [],
  invalid: [
    {
      name: 'the flag is tested before the lock',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          readonly #lock = new Mutex();
          async start() {
            if (this.running) return;
            return this.#lock.runExclusive(async () => {
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
      errors: [
        {
          messageId: 'check-before',
          data: { method: 'start', line: 5, lock: 'this.#lock' },
          line: 4, column: 9, endLine: 4, endColumn: 14,
        },
      ],
    },
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
      name: 'only one branch holds it',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          private readonly mutex = new Mutex();
          async start() {
            await this.mutex.runExclusive(async () => {
              if (this.running) return;
              await this.db.connect();
              this.running = true;
            });
          }
          async stop() {
            if (this.running) {
              await this.mutex.runExclusive(async () => {
                this.running = false;
                await this.db.close();
              });
            } else {
              await this.db.abandon();
            }
          }
        }
      `,
      errors: [
        {
          messageId: 'nested',
          data: { method: 'stop', lock: 'this.mutex', line: 13 },
          line: 11, column: 9, endLine: 11, endColumn: 13,
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
    {
      name: 'the drain comes after the release',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Consumer {
          readonly #lock = new Mutex();
          #running = false;
          async start() {
            return this.#lock.runExclusive(async () => {
              if (this.#running) return;
              this.#running = true;
              this.#task = this.#loop();
            });
          }
          async stop() {
            await this.#lock.runExclusive(async () => {
              this.#running = false;
            });
            await this.#task;
            this.#task = undefined;
          }
          async #loop() {
            while (this.#running) await this.next();
          }
        }
      `,
      errors: [
        {
          messageId: 'work-after',
          data: { method: 'stop', lock: 'this.#lock', line: 16 },
          line: 12, column: 9, endLine: 12, endColumn: 13,
        },
      ],
    },
    {
      name: 'a connection is made before the lock is held',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Adapter {
          readonly #lock = new Mutex();
          async connect() {
            if (this.connection) return;
            const connection = await dial();
            await this.#lock.runExclusive(async () => {
              this.connection = connection;
            });
          }
          async disconnect() {
            return this.#lock.runExclusive(async () => {
              await this.connection?.close();
              this.connection = undefined;
            });
          }
        }
      `,
      errors: [
        {
          messageId: 'work-before',
          data: { method: 'connect', lock: 'this.#lock', line: 6 },
          line: 4, column: 9, endLine: 4, endColumn: 16,
        },
      ],
    },
  ],
});
