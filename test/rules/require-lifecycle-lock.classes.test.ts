import dedent from 'dedent';

import rule from '../../rules/require-lifecycle-lock.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-lifecycle-lock: classes', rule, {
  valid: [],
  invalid: [
    {
      name: 'an anonymous default export with #private members',
      code: dedent`
        export default class {
          #running = false;
          async start() {
            if (this.#running) return;
            await boot();
            this.#running = true;
          }
          async stop() {
            this.#running = false;
            await halt();
          }
        }
      `,
      errors: [
        {
          messageId: 'late-guard',
          data: {
            start: 'start',
            field: 'this.#running',
            check: 4,
            effect: 6,
            wait: 5,
            remedy: 'Hold one lifecycle lock over `start()` and `stop()`.',
          },
          line: 3, column: 9, endLine: 3, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                export default class {
                  #running = false;
                  readonly #lifecycleLock = new Mutex();
                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    if (this.#running) return;
                    await boot();
                    this.#running = true;
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    this.#running = false;
                    await halt();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a class expression that has only the name of its variable',
      code: dedent`
        export const Poller = class extends EventEmitter {
          async start() {
            if (this.running) return;
            await boot();
            this.running = true;
          }
          async stop() {
            this.running = false;
            await halt();
          }
        };
      `,
      errors: [
        {
          messageId: 'late-guard',
          data: {
            start: 'start',
            field: 'this.running',
            check: 3,
            effect: 5,
            wait: 4,
            remedy: 'Hold one lifecycle lock over `start()` and `stop()`.',
          },
          line: 2, column: 9, endLine: 2, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                export const Poller = class extends EventEmitter {
                  readonly #lifecycleLock = new Mutex();

                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    if (this.running) return;
                    await boot();
                    this.running = true;
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    this.running = false;
                    await halt();
                  }
                };
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'several names on one side, the one that does the work is named',
      code: dedent`
        class Client {
          init() {
            return this.connect();
          }
          async connect() {
            if (this.connected) return;
            await this.dial();
            this.connected = true;
          }
          close() {
            return this.disconnect();
          }
          async disconnect() {
            this.connected = false;
            await this.hangUp();
          }
        }
      `,
      errors: [
        {
          messageId: 'late-guard',
          data: {
            start: 'connect',
            field: 'this.connected',
            check: 6,
            effect: 8,
            wait: 7,
            remedy: 'Hold one lifecycle lock over `connect()` and `disconnect()`.',
          },
          line: 5, column: 9, endLine: 5, endColumn: 16,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'connect', stop: 'disconnect' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Client {
                  readonly #lifecycleLock = new Mutex();

                  init() {
                    return this.connect();
                  }
                  async connect() {
                    return this.#lifecycleLock.runExclusive(() => this.#connectLocked());
                  }
                  async #connectLocked() {
                    if (this.connected) return;
                    await this.dial();
                    this.connected = true;
                  }
                  close() {
                    return this.disconnect();
                  }
                  async disconnect() {
                    return this.#lifecycleLock.runExclusive(() => this.#disconnectLocked());
                  }
                  async #disconnectLocked() {
                    this.connected = false;
                    await this.hangUp();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a subclass that overrides start of a base in the same file',
      code: dedent`
        class Base {
          async stop() {
            this.running = false;
            await halt();
          }
        }
        class Poller extends Base {
          async start() {
            if (this.running) return;
            await boot();
            this.running = true;
          }
          async stop() {
            await super.stop();
            await this.flush();
          }
        }
      `,
      errors: [
        {
          messageId: 'late-guard',
          data: {
            start: 'start',
            field: 'this.running',
            check: 9,
            effect: 11,
            wait: 10,
            remedy: 'Hold one lifecycle lock over `start()` and `stop()`.',
          },
          line: 8, column: 9, endLine: 8, endColumn: 14,
        },
      ],
    },
    {
      name: 'decorators, generics, overloads and a static block',
      code: dedent`
        @Service({ name: 'store' })
        export class Store<T extends object> extends Base<T> {
          static #count = 0;
          static {
            Store.#count++;
          }
          async open(): Promise<void>;
          async open(mode?: string): Promise<void>;
          @Retry(3)
          async open(mode = 'r'): Promise<void> {
            if (this.opened) return;
            await this.prepare(mode);
            this.opened = true;
          }
          async close(): Promise<void> {
            this.opened = false;
            await this.flush();
          }
        }
      `,
      errors: [
        {
          messageId: 'late-guard',
          data: {
            start: 'open',
            field: 'this.opened',
            check: 11,
            effect: 13,
            wait: 12,
            remedy: 'Hold one lifecycle lock over `open()` and `close()`.',
          },
          line: 10, column: 9, endLine: 10, endColumn: 13,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'open', stop: 'close' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                @Service({ name: 'store' })
                export class Store<T extends object> extends Base<T> {
                  static #count = 0;
                  readonly #lifecycleLock = new Mutex();
                  static {
                    Store.#count++;
                  }
                  async open(): Promise<void>;
                  async open(mode?: string): Promise<void>;
                  @Retry(3)
                  async open(mode = 'r'): Promise<void> {
                    return this.#lifecycleLock.runExclusive(() => this.#openLocked(mode));
                  }
                  async #openLocked(mode: string): Promise<void> {
                    if (this.opened) return;
                    await this.prepare(mode);
                    this.opened = true;
                  }
                  async close(): Promise<void> {
                    return this.#lifecycleLock.runExclusive(() => this.#closeLocked());
                  }
                  async #closeLocked(): Promise<void> {
                    this.opened = false;
                    await this.flush();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a promise chain, left as it is',
      code: dedent`
        class Mailer {
          start() {
            if (this.ready) return Promise.resolve();
            return this.transport.verify().then(() => {
              this.ready = true;
            });
          }
          stop() {
            this.ready = false;
            return this.transport.close();
          }
        }
      `,
      errors: [
        {
          messageId: 'late-guard',
          data: {
            start: 'start',
            field: 'this.ready',
            check: 3,
            effect: 5,
            wait: 4,
            remedy: 'Hold one lifecycle lock over `start()` and `stop()`.',
          },
          line: 2, column: 3, endLine: 2, endColumn: 8,
        },
      ],
    },
  ],
});
