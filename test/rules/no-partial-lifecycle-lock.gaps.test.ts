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
            },
          ],
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
          suggestions: [
            {
              messageId: 'holdWhole',
              data: { lock: 'this.#lock', method: 'stop' },
              output: dedent`
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
                      await this.#task;
                      this.#task = undefined;
                    });
                  }
                  async #loop() {
                    while (this.#running) await this.next();
                  }
                }
              `,
            },
          ],
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
          suggestions: [
            {
              messageId: 'holdWhole',
              data: { lock: 'this.#lock', method: 'connect' },
              output: dedent`
                import { Mutex } from 'async-mutex';
                class Adapter {
                  readonly #lock = new Mutex();
                  async connect() {
                    await this.#lock.runExclusive(async () => {
                      if (this.connection) return;
                      const connection = await dial();
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
            },
          ],
        },
      ],
    },
  ],
});
