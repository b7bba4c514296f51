import dedent from 'dedent';

import rule from '../../rules/no-shared-lifecycle-lock.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-shared-lifecycle-lock: shapes', rule, {
  valid: [
    {
      name: 'a lock of the same name in another class',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Queue {
          readonly lock = new Mutex();
          async put(task) {
            await this.lock.runExclusive(() => this.store(task));
          }
        }
        class Engine {
          readonly lock = new Mutex();
          async start() {
            await this.lock.runExclusive(() => this.queue.open());
          }
          async stop() {
            await this.lock.runExclusive(() => this.queue.close());
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'plain JavaScript, and a hot path that acquires',
      filename: 'ledger.js',
      code: dedent`
        const { Mutex } = require('async-mutex');
        module.exports = class Ledger {
          constructor() {
            this.mutex = new Mutex();
          }
          async open() {
            await this.mutex.runExclusive(() => this.replay());
          }
          async append(entry) {
            const release = await this.mutex.acquire();
            try {
              await this.file.append(entry);
            } finally {
              release();
            }
          }
          async close() {
            await this.mutex.runExclusive(() => this.file.close());
          }
        };
      `,
      errors: [
        {
          messageId: 'hotPath',
          data: { method: 'append', lock: 'this.mutex', line: 10, service: 'Ledger' },
          line: 10, column: 27, endLine: 10, endColumn: 47,
        },
      ],
    },
    {
      name: 'an anonymous class whose hot path is an arrow function',
      code: dedent`
        export default class {
          #lock = new Mutex();
          start = () => this.#lock.runExclusive(async () => boot());
          stop = () => this.#lock.runExclusive(async () => halt());
          submit = (task) => this.#lock.runExclusive(() => this.queue.put(task));
        }
      `,
      errors: [
        {
          messageId: 'hotPath',
          data: { method: 'submit', lock: 'this.#lock', line: 5, service: '(anonymous class)' },
          line: 5, column: 22, endLine: 5, endColumn: 73,
        },
      ],
    },
    {
      name: 'the private helper of a public method',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Cache {
          readonly #lock = new Mutex();
          async start() {
            await this.#lock.runExclusive(() => this.load());
          }
          async stop() {
            await this.#lock.runExclusive(() => this.flush());
          }
          get(key) {
            return this.#read(key);
          }
          #read(key) {
            return this.#lock.runExclusive(() => this.store.get(key));
          }
        }
      `,
      errors: [
        {
          messageId: 'hotPath',
          data: { method: '#read', lock: 'this.#lock', line: 14, service: 'Cache' },
          line: 14, column: 12, endLine: 14, endColumn: 62,
        },
      ],
    },
    {
      name: 'two services share one lock of the module',
      code: dedent`
        import AsyncLock from 'async-lock';
        const lock = new AsyncLock();
        class Reader {
          async start() { await lock.acquire('io', () => boot()); }
          async stop() { await lock.acquire('io', () => halt()); }
        }
        class Writer {
          async start() { await lock.acquire('io', () => boot()); }
          async stop() { await lock.acquire('io', () => halt()); }
        }
      `,
      errors: [
        {
          messageId: 'wider',
          data: { lock: 'lock("io")', sharing: 'everything in the module shares it', stop: 'stop' },
          line: 4, column: 25, endLine: 4, endColumn: 57,
        },
        {
          messageId: 'wider',
          data: { lock: 'lock("io")', sharing: 'everything in the module shares it', stop: 'stop' },
          line: 8, column: 25, endLine: 8, endColumn: 57,
        },
      ],
    },
    {
      name: 'a static private lock with a guard',
      code: dedent`
        class Device {
          static readonly #lock = new Mutex();
          async open() {
            using _held = await Device.#lock.acquire();
            await this.port.open();
          }
          async close() {
            using _held = await Device.#lock.acquire();
            await this.port.close();
          }
        }
      `,
      errors: [
        {
          messageId: 'wider',
          data: { lock: 'Device.#lock', sharing: 'all instances of the class share it', stop: 'close' },
          line: 4, column: 25, endLine: 4, endColumn: 47,
        },
      ],
    },
  ],
});
