import dedent from 'dedent';

import rule from '../../rules/require-lifecycle-lock.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-lifecycle-lock: during-stop', rule, {
  valid: [],
  invalid: [
    {
      name: 'stop drops what a new start has just made',
      code: dedent`
        class Consumer {
          async start() {
            if (this.running) return;
            this.running = true;
            this.task = this.loop();
          }
          async stop() {
            if (!this.running) return;
            this.running = false;
            await this.task;
            this.task = undefined;
          }
          async loop() {
            for await (const job of this.queue) await this.work(job);
          }
        }
      `,
      errors: [
        {
          messageId: 'start-during-stop',
          data: {
            start: 'start',
            stop: 'stop',
            wait: 10,
            check: 9,
            effect: 11,
            remedy: 'Hold one lifecycle lock over `start()` and `stop()`.',
          },
          line: 2, column: 9, endLine: 2, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Consumer {
                  readonly #lifecycleLock = new Mutex();

                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    if (this.running) return;
                    this.running = true;
                    this.task = this.loop();
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    if (!this.running) return;
                    this.running = false;
                    await this.task;
                    this.task = undefined;
                  }
                  async loop() {
                    for await (const job of this.queue) await this.work(job);
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'the old loop sees the flag that a new start has raised',
      code: dedent`
        class Poller {
          #running = false;
          async start() {
            if (this.#running) return;
            this.#running = true;
            this.#task = this.#loop();
          }
          async stop() {
            this.#running = false;
            await this.#task;
          }
          async #loop() {
            while (this.#running) {
              await this.poll();
            }
          }
        }
      `,
      errors: [
        {
          messageId: 'start-during-stop',
          data: {
            start: 'start',
            stop: 'stop',
            wait: 10,
            check: 9,
            effect: 13,
            remedy: 'Hold one lifecycle lock over `start()` and `stop()`.',
          },
          line: 3, column: 9, endLine: 3, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Poller {
                  #running = false;
                  readonly #lifecycleLock = new Mutex();
                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    if (this.#running) return;
                    this.#running = true;
                    this.#task = this.#loop();
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    this.#running = false;
                    await this.#task;
                  }
                  async #loop() {
                    while (this.#running) {
                      await this.poll();
                    }
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'the handle is released after the drain, by then it is the new one',
      code: dedent`
        class Server {
          async start() {
            if (this.isListening) throw new Error('already listening');
            this.isListening = true;
            this.http = createServer(this.handler);
          }
          async shutdown() {
            this.isListening = false;
            await this.finishRequests();
            this.http.close();
          }
        }
      `,
      errors: [
        {
          messageId: 'start-during-stop',
          data: {
            start: 'start',
            stop: 'shutdown',
            wait: 9,
            check: 8,
            effect: 10,
            remedy: 'Hold one lifecycle lock over `start()` and `shutdown()`.',
          },
          line: 2, column: 9, endLine: 2, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'shutdown' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Server {
                  readonly #lifecycleLock = new Mutex();

                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    if (this.isListening) throw new Error('already listening');
                    this.isListening = true;
                    this.http = createServer(this.handler);
                  }
                  async shutdown() {
                    return this.#lifecycleLock.runExclusive(() => this.#shutdownLocked());
                  }
                  async #shutdownLocked() {
                    this.isListening = false;
                    await this.finishRequests();
                    this.http.close();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'the state goes back to idle before the drain',
      code: dedent`
        class Scheduler {
          state = 'idle';
          async start() {
            if (this.state !== 'idle') return;
            this.state = 'running';
            this.timer = setInterval(() => this.fire(), 1000);
          }
          async stop() {
            this.state = 'idle';
            await this.inFlight;
            clearInterval(this.timer);
          }
        }
      `,
      errors: [
        {
          messageId: 'start-during-stop',
          data: {
            start: 'start',
            stop: 'stop',
            wait: 10,
            check: 9,
            effect: 11,
            remedy: 'Hold one lifecycle lock over `start()` and `stop()`.',
          },
          line: 3, column: 9, endLine: 3, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Scheduler {
                  state = 'idle';
                  readonly #lifecycleLock = new Mutex();
                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    if (this.state !== 'idle') return;
                    this.state = 'running';
                    this.timer = setInterval(() => this.fire(), 1000);
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    this.state = 'idle';
                    await this.inFlight;
                    clearInterval(this.timer);
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'the connection is dropped only after it was closed',
      code: dedent`
        class Adapter {
          async start() {
            this.connection ??= connect(this.url);
            await this.connection.ready();
          }
          async stop() {
            if (this.connection) {
              await this.connection.close();
              this.connection = undefined;
            }
          }
        }
      `,
      errors: [
        {
          messageId: 'double-stop',
          data: {
            stop: 'stop',
            wait: 8,
            field: 'this.connection',
            effect: 9,
            remedy: 'Hold one lifecycle lock over `start()` and `stop()`.',
          },
          line: 2, column: 9, endLine: 2, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Adapter {
                  readonly #lifecycleLock = new Mutex();

                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    this.connection ??= connect(this.url);
                    await this.connection.ready();
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    if (this.connection) {
                      await this.connection.close();
                      this.connection = undefined;
                    }
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'the release is a chain',
      code: dedent`
        class Store {
          open() {
            if (this.handle) return Promise.resolve();
            this.handle = openSync(this.path);
            return this.handle.ready;
          }
          close() {
            if (!this.handle) return Promise.resolve();
            return this.handle.close().then(() => {
              this.handle = null;
            });
          }
        }
      `,
      errors: [
        {
          messageId: 'double-stop',
          data: {
            stop: 'close',
            wait: 9,
            field: 'this.handle',
            effect: 10,
            remedy: 'Hold one lifecycle lock over `open()` and `close()`.',
          },
          line: 2, column: 3, endLine: 2, endColumn: 7,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'open', stop: 'close' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Store {
                  readonly #lifecycleLock = new Mutex();

                  async open() {
                    return this.#lifecycleLock.runExclusive(() => this.#openLocked());
                  }
                  #openLocked() {
                    if (this.handle) return Promise.resolve();
                    this.handle = openSync(this.path);
                    return this.handle.ready;
                  }
                  async close() {
                    return this.#lifecycleLock.runExclusive(() => this.#closeLocked());
                  }
                  #closeLocked() {
                    if (!this.handle) return Promise.resolve();
                    return this.handle.close().then(() => {
                      this.handle = null;
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
