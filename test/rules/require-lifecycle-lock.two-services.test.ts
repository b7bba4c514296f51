import dedent from 'dedent';

import rule from '../../rules/require-lifecycle-lock.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-lifecycle-lock: two-services', rule, {
  valid: [],
  invalid: [
    {
      name: 'two services in one file',
      code: dedent`
        class Reader {
          async start() { if (this.on) return; await boot(); this.on = true; }
          async stop() { this.on = false; await halt(); }
        }
        class Writer {
          async start() { if (this.on) return; await boot(); this.on = true; }
          async stop() { this.on = false; await halt(); }
        }
      `,
      errors: [
        {
          messageId: 'late-guard',
          data: {
            start: 'start',
            field: 'this.on',
            check: 2,
            effect: 2,
            wait: 2,
            remedy: 'Hold one lifecycle lock over `start()` and `stop()`.',
          },
          line: 2, column: 9, endLine: 2, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Reader {
                  readonly #lifecycleLock = new Mutex();

                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() { if (this.on) return; await boot(); this.on = true; }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() { this.on = false; await halt(); }
                }
                class Writer {
                  async start() { if (this.on) return; await boot(); this.on = true; }
                  async stop() { this.on = false; await halt(); }
                }
              `,
            },
          ],
        },
        {
          messageId: 'late-guard',
          data: {
            start: 'start',
            field: 'this.on',
            check: 6,
            effect: 6,
            wait: 6,
            remedy: 'Hold one lifecycle lock over `start()` and `stop()`.',
          },
          line: 6, column: 9, endLine: 6, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Reader {
                  async start() { if (this.on) return; await boot(); this.on = true; }
                  async stop() { this.on = false; await halt(); }
                }
                class Writer {
                  readonly #lifecycleLock = new Mutex();

                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() { if (this.on) return; await boot(); this.on = true; }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() { this.on = false; await halt(); }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'two services, one inside a method of the other',
      code: dedent`
        class Outer {
          async start() {
            if (this.started) return;
            this.inner = new (class Inner {
              async start() {
                if (this.ready) return;
                await warmUp();
                this.ready = true;
              }
              async stop() {
                this.ready = false;
                await coolDown();
              }
            })();
            await boot();
            this.started = true;
          }
          async stop() {
            this.started = false;
            await halt();
          }
        }
      `,
      errors: [
        {
          messageId: 'late-guard',
          data: {
            start: 'start',
            field: 'this.started',
            check: 3,
            effect: 16,
            wait: 15,
            remedy: 'Hold one lifecycle lock over `start()` and `stop()`.',
          },
          line: 2, column: 9, endLine: 2, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Outer {
                  readonly #lifecycleLock = new Mutex();

                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    if (this.started) return;
                    this.inner = new (class Inner {
                      async start() {
                        if (this.ready) return;
                        await warmUp();
                        this.ready = true;
                      }
                      async stop() {
                        this.ready = false;
                        await coolDown();
                      }
                    })();
                    await boot();
                    this.started = true;
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    this.started = false;
                    await halt();
                  }
                }
              `,
            },
          ],
        },
        {
          messageId: 'late-guard',
          data: {
            start: 'start',
            field: 'this.ready',
            check: 6,
            effect: 8,
            wait: 7,
            remedy: 'Hold one lifecycle lock over `start()` and `stop()`.',
          },
          line: 5, column: 13, endLine: 5, endColumn: 18,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Outer {
                  async start() {
                    if (this.started) return;
                    this.inner = new (class Inner {
                      readonly #lifecycleLock = new Mutex();

                      async start() {
                        return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                      }
                      async #startLocked() {
                        if (this.ready) return;
                        await warmUp();
                        this.ready = true;
                      }
                      async stop() {
                        return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                      }
                      async #stopLocked() {
                        this.ready = false;
                        await coolDown();
                      }
                    })();
                    await boot();
                    this.started = true;
                  }
                  async stop() {
                    this.started = false;
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
