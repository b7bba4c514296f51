import dedent from 'dedent';

import rule from '../../rules/require-lifecycle-lock.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-lifecycle-lock: joined-promise', rule, {
  valid: [
    {
      name: 'both sides keep their promise, and each waits for the other\'s',
      code: dedent`
        class Broker {
          async start() {
            await this.#stopping?.catch(() => {});
            this.#starting ??= this.#connect().finally(() => {
              this.#starting = undefined;
            });
            await this.#starting;
          }
          async stop() {
            await this.#starting?.catch(() => {});
            this.#stopping ??= this.#close().finally(() => {
              this.#stopping = undefined;
            });
            await this.#stopping;
          }
          async #connect() {
            if (this.#socket) return;
            this.#socket = await dial();
          }
          async #close() {
            await this.#socket?.end();
            this.#socket = undefined;
          }
        }
      `,
    },
    {
      name: 'a second start gets the promise of the first, and stop waits for it',
      code: dedent`
        class Hub {
          async start() {
            if (this.stopping) await this.stopping;
            if (this.starting) return this.starting;
            if (this.started) return;
            this.starting = this.boot();
            try {
              await this.starting;
              this.started = true;
            } finally {
              this.starting = undefined;
            }
          }
          async stop() {
            if (this.starting) await this.starting.catch(() => {});
            if (this.stopping) return this.stopping;
            if (!this.started) return;
            this.stopping = this.halt();
            try {
              await this.stopping;
            } finally {
              this.started = false;
              this.stopping = undefined;
            }
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
      name: 'an object that starts only once, and stop waits for its start',
      code: dedent`
        class OneShot {
          async start() {
            if (this.started) throw new Error('make a new one');
            this.started = this.boot();
            await this.started;
          }
          async stop() {
            if (this.stopped) return;
            this.stopped = true;
            await this.started;
            await this.server.close();
          }
          async boot() {
            this.server = await listen(this.port);
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'both sides keep their promise, and each waits for the other\'s, by the letter',
      code: dedent`
        class Broker {
          async start() {
            await this.#stopping?.catch(() => {});
            this.#starting ??= this.#connect().finally(() => {
              this.#starting = undefined;
            });
            await this.#starting;
          }
          async stop() {
            await this.#starting?.catch(() => {});
            this.#stopping ??= this.#close().finally(() => {
              this.#stopping = undefined;
            });
            await this.#stopping;
          }
          async #connect() {
            if (this.#socket) return;
            this.#socket = await dial();
          }
          async #close() {
            await this.#socket?.end();
            this.#socket = undefined;
          }
        }
      `,
      options: [{ where: 'every-service' }],
      errors: [
        {
          messageId: 'missing',
          data: { service: 'Broker', start: 'start', stop: 'stop', remedy: 'Hold one lifecycle lock over `start()` and `stop()`.' },
          line: 2, column: 9, endLine: 2, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Broker {
                  readonly #lifecycleLock = new Mutex();

                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    await this.#stopping?.catch(() => {});
                    this.#starting ??= this.#connect().finally(() => {
                      this.#starting = undefined;
                    });
                    await this.#starting;
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    await this.#starting?.catch(() => {});
                    this.#stopping ??= this.#close().finally(() => {
                      this.#stopping = undefined;
                    });
                    await this.#stopping;
                  }
                  async #connect() {
                    if (this.#socket) return;
                    this.#socket = await dial();
                  }
                  async #close() {
                    await this.#socket?.end();
                    this.#socket = undefined;
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a second start gets the promise of the first, and stop waits for it, by the letter',
      code: dedent`
        class Hub {
          async start() {
            if (this.stopping) await this.stopping;
            if (this.starting) return this.starting;
            if (this.started) return;
            this.starting = this.boot();
            try {
              await this.starting;
              this.started = true;
            } finally {
              this.starting = undefined;
            }
          }
          async stop() {
            if (this.starting) await this.starting.catch(() => {});
            if (this.stopping) return this.stopping;
            if (!this.started) return;
            this.stopping = this.halt();
            try {
              await this.stopping;
            } finally {
              this.started = false;
              this.stopping = undefined;
            }
          }
          async boot() {
            this.server = await listen(this.port);
          }
          async halt() {
            await this.server.close();
          }
        }
      `,
      options: [{ where: 'every-service' }],
      errors: [
        {
          messageId: 'missing',
          data: { service: 'Hub', start: 'start', stop: 'stop', remedy: 'Hold one lifecycle lock over `start()` and `stop()`.' },
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
                    if (this.stopping) await this.stopping;
                    if (this.starting) return this.starting;
                    if (this.started) return;
                    this.starting = this.boot();
                    try {
                      await this.starting;
                      this.started = true;
                    } finally {
                      this.starting = undefined;
                    }
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    if (this.starting) await this.starting.catch(() => {});
                    if (this.stopping) return this.stopping;
                    if (!this.started) return;
                    this.stopping = this.halt();
                    try {
                      await this.stopping;
                    } finally {
                      this.started = false;
                      this.stopping = undefined;
                    }
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
          ],
        },
      ],
    },
    {
      name: 'an object that starts only once, and stop waits for its start, by the letter',
      code: dedent`
        class OneShot {
          async start() {
            if (this.started) throw new Error('make a new one');
            this.started = this.boot();
            await this.started;
          }
          async stop() {
            if (this.stopped) return;
            this.stopped = true;
            await this.started;
            await this.server.close();
          }
          async boot() {
            this.server = await listen(this.port);
          }
        }
      `,
      options: [{ where: 'every-service' }],
      errors: [
        {
          messageId: 'missing',
          data: { service: 'OneShot', start: 'start', stop: 'stop', remedy: 'Hold one lifecycle lock over `start()` and `stop()`.' },
          line: 2, column: 9, endLine: 2, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class OneShot {
                  readonly #lifecycleLock = new Mutex();

                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    if (this.started) throw new Error('make a new one');
                    this.started = this.boot();
                    await this.started;
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    if (this.stopped) return;
                    this.stopped = true;
                    await this.started;
                    await this.server.close();
                  }
                  async boot() {
                    this.server = await listen(this.port);
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
