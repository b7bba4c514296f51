import dedent from 'dedent';

import rule from '../../rules/no-lifecycle-lock-reentry.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-lifecycle-lock-reentry: shapes', rule, {
  valid: [
    {
      name: 'the stop of a class inside the class',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Outer {
          readonly #lock = new Mutex();
          async start() {
            return this.#lock.runExclusive(async () => {
              this.inner = new (class {
                async restart() {
                  await this.stop();
                }
                async stop() {}
              })();
              await this.inner.restart();
            });
          }
          async stop() {
            return this.#lock.runExclusive(() => this.inner?.stop());
          }
        }
      `,
    },
    {
      name: 'two services, each with its own lock',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Reader {
          readonly lock = new Mutex();
          async start() { await this.lock.runExclusive(() => boot()); }
          async stop() { await this.lock.runExclusive(() => halt()); }
        }
        class Writer {
          readonly lock = new Mutex();
          constructor(private readonly reader: Reader) {}
          async start() { await this.lock.runExclusive(() => this.reader.start()); }
          async stop() { await this.lock.runExclusive(() => this.reader.stop()); }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'plain JavaScript with a lock that the constructor makes',
      filename: 'pool.js',
      code: dedent`
        const { Mutex } = require('async-mutex');
        module.exports = class Pool {
          constructor() {
            this.mutex = new Mutex();
          }
          async start() {
            const release = await this.mutex.acquire();
            try {
              if (this.pool) await this.stop();
              this.pool = await createPool();
            } finally {
              release();
            }
          }
          async stop() {
            await this.mutex.runExclusive(() => this.pool.end());
          }
        };
      `,
      errors: [
        {
          messageId: 'reentry',
          data: { method: 'start', lock: 'this.mutex', line: 7, call: 'this.stop()', target: 'stop' },
          line: 9, column: 28, endLine: 9, endColumn: 39,
        },
      ],
    },
    {
      name: 'an anonymous class with arrow functions and string keys',
      code: dedent`
        export default class {
          lock = new Mutex();
          'start' = async () => this.lock.runExclusive(async () => {
            await this['stop']();
            await boot();
          });
          stop = async () => this.lock.runExclusive(() => halt());
        }
      `,
      errors: [
        {
          messageId: 'reentry',
          data: { method: 'start', lock: 'this.lock', line: 3, call: 'this.stop()', target: 'stop' },
          line: 4, column: 11, endLine: 4, endColumn: 25,
        },
      ],
    },
    {
      name: 'a promise chain under the lock',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          readonly #lock = new Mutex();
          async start() {
            return this.#lock.runExclusive(() => this.stop().then(() => boot()));
          }
          async stop() {
            return this.#lock.runExclusive(() => halt());
          }
        }
      `,
      errors: [
        {
          messageId: 'reentry',
          data: { method: 'start', lock: 'this.#lock', line: 5, call: 'this.stop()', target: 'stop' },
          line: 5, column: 42, endLine: 5, endColumn: 53,
        },
      ],
    },
    {
      name: 'under a guard',
      code: dedent`
        class Poller {
          readonly #lock = new Mutex();
          async start() {
            using _held = await this.#lock.acquire();
            await Promise.all([this.stop(), boot()]);
          }
          async stop() {
            using _held = await this.#lock.acquire();
            await halt();
          }
        }
      `,
      errors: [
        {
          messageId: 'reentry',
          data: { method: 'start', lock: 'this.#lock', line: 4, call: 'this.stop()', target: 'stop' },
          line: 5, column: 24, endLine: 5, endColumn: 35,
        },
      ],
    },
  ],
});
