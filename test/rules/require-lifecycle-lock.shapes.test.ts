import dedent from 'dedent';

import rule from '../../rules/require-lifecycle-lock.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-lifecycle-lock: shapes', rule, {
  valid: [],
  invalid: [
    {
      name: 'methods that are arrow functions, one of them only an expression',
      code: dedent`
        class Poller {
          running = false;
          start = async (): Promise<void> => {
            if (this.running) return;
            await boot();
            this.running = true;
          };
          stop = (): Promise<void> => halt(this.port);
        }
      `,
      errors: [
        {
          messageId: 'late-guard',
          data: {
            start: 'start',
            field: 'this.running',
            check: 4,
            effect: 6,
            wait: 5,
            remedy: 'Hold one lifecycle lock over `start()` and `stop()`.',
          },
          line: 3, column: 3, endLine: 3, endColumn: 8,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Poller {
                  running = false;
                  readonly #lifecycleLock = new Mutex();
                  start = async (): Promise<void> => this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  readonly #startLocked = async (): Promise<void> => {
                    if (this.running) return;
                    await boot();
                    this.running = true;
                  };
                  stop = (): Promise<void> => this.#lifecycleLock.runExclusive(() => halt(this.port));
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'string keys and constant computed keys',
      code: dedent`
        class Poller {
          async 'start'() {
            if (this['running']) return;
            await boot();
            this['running'] = true;
          }
          async ['stop']() {
            this.running = false;
            await halt();
          }
        }
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
          line: 2, column: 9, endLine: 2, endColumn: 16,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Poller {
                  readonly #lifecycleLock = new Mutex();

                  async 'start'() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    if (this['running']) return;
                    await boot();
                    this['running'] = true;
                  }
                  async ['stop']() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    this.running = false;
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
      name: 'plain JavaScript whose fields are only assigned in the constructor',
      filename: 'poller.js',
      code: dedent`
        'use strict';
        class Poller {
          constructor(queue) {
            this.queue = queue;
            this.running = false;
          }
          async start() {
            if (this.running) return;
            await this.queue.open();
            this.running = true;
          }
          async stop() {
            this.running = false;
            await this.queue.close();
          }
        }
        module.exports = Poller;
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
          line: 7, column: 9, endLine: 7, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                'use strict';
                const { Mutex } = require('async-mutex');

                class Poller {
                  constructor(queue) {
                    this.queue = queue;
                    this.running = false;
                    this._lifecycleLock = new Mutex();
                  }
                  async start() {
                    return this._lifecycleLock.runExclusive(() => this._startLocked());
                  }
                  async _startLocked() {
                    if (this.running) return;
                    await this.queue.open();
                    this.running = true;
                  }
                  async stop() {
                    return this._lifecycleLock.runExclusive(() => this._stopLocked());
                  }
                  async _stopLocked() {
                    this.running = false;
                    await this.queue.close();
                  }
                }
                module.exports = Poller;
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'comments in odd places',
      code: dedent`
        class Poller {
          async /* one */ start(/* two */) {
            if (/* three */ this.running) return; // four
            await boot(/* five */);
            /* six */ this.running = true;
          } // seven
          async stop() {
            // eight
            this.running = false;
            await halt();
            // nine
          }
        }
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
          line: 2, column: 19, endLine: 2, endColumn: 24,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Poller {
                  readonly #lifecycleLock = new Mutex();

                  async /* one */ start(/* two */) {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    if (/* three */ this.running) return; // four
                    await boot(/* five */);
                    /* six */ this.running = true;
                  } // seven
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    // eight
                    this.running = false;
                    await halt();
                    // nine
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a comment between name and parenthesis',
      code: dedent`
        class Poller {
          async start /* it */ () {
            if (this.running) return;
            await boot();
            this.running = true;
          }
          async stop() {
            this.running = false;
            await halt();
          }
        }
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

                class Poller {
                  readonly #lifecycleLock = new Mutex();

                  async start /* it */ () {
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
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'the body is under try and finally',
      code: dedent`
        class Poller {
          async start() {
            try {
              if (this.running) return;
              await boot();
              this.running = true;
            } catch (error) {
              this.log.error(error);
              throw error;
            } finally {
              this.log.info('started');
            }
          }
          async stop() {
            this.running = false;
            await halt();
          }
        }
      `,
      errors: [
        {
          messageId: 'late-guard',
          data: {
            start: 'start',
            field: 'this.running',
            check: 4,
            effect: 6,
            wait: 5,
            remedy: 'Hold one lifecycle lock over `start()` and `stop()`.',
          },
          line: 2, column: 9, endLine: 2, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Poller {
                  readonly #lifecycleLock = new Mutex();

                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    try {
                      if (this.running) return;
                      await boot();
                      this.running = true;
                    } catch (error) {
                      this.log.error(error);
                      throw error;
                    } finally {
                      this.log.info('started');
                    }
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    this.running = false;
                    await halt();
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
