import dedent from 'dedent';

import rule from '../../rules/require-lifecycle-lock.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-lifecycle-lock: guards', rule, {
  valid: [
    {
      name: 'the flag falls again when start fails',
      code: dedent`
        class Poller {
          async start() {
            if (this.started) return;
            this.started = true;
            try {
              await boot();
            } catch (error) {
              this.started = false;
              throw error;
            }
          }
          async stop() { if (!this.started) return; this.started = false; await halt(); }
        }
      `,
    },
    {
      name: 'a second stop gets the promise of the first, and nothing starts twice',
      code: dedent`
        class Client {
          async start() {
            if (this.started) throw new Error('make a new one');
            this.started = true;
            this.socket = connect();
          }
          stop() { return (this.closing ??= this.socket.close()); }
        }
      `,
    },
    {
      name: 'the server is taken out of its field before its end is awaited',
      code: dedent`
        class Server {
          async start() {
            if (this.server) return;
            this.server = createServer();
            this.server.listen(8080);
            await once(this.server, 'listening');
          }
          async stop() {
            const server = this.server;
            this.server = undefined;
            if (!server) return;
            server.close();
            await once(server, 'close');
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'the flag is read through an accessor',
      code: dedent`
        class Poller {
          get running() { return this.#running; }
          async start() {
            if (this.running) return;
            await boot();
            this.#running = true;
          }
          async stop() { this.#running = false; await halt(); }
        }
      `,
      errors: [
        {
          messageId: 'late-guard',
          data: {
            start: 'start',
            field: 'this.#running',
            check: 2,
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

                class Poller {
                  readonly #lifecycleLock = new Mutex();

                  get running() { return this.#running; }
                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    if (this.running) return;
                    await boot();
                    this.#running = true;
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() { this.#running = false; await halt(); }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a helper tests and throws',
      code: dedent`
        class Poller {
          async start() {
            this.#assertStopped();
            await boot();
            this.running = true;
          }
          async stop() { this.running = false; await halt(); }
          #assertStopped() { if (this.running) throw new Error('running'); }
        }
      `,
      errors: [
        {
          messageId: 'late-guard',
          data: {
            start: 'start',
            field: 'this.running',
            check: 8,
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

                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    this.#assertStopped();
                    await boot();
                    this.running = true;
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() { this.running = false; await halt(); }
                  #assertStopped() { if (this.running) throw new Error('running'); }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a switch',
      code: dedent`
        class Poller {
          async start() {
            switch (this.state) {
              case 'running': return;
              default:
                await boot();
                this.state = 'running';
            }
          }
          async stop() { this.state = 'idle'; await halt(); }
        }
      `,
      errors: [
        {
          messageId: 'late-guard',
          data: {
            start: 'start',
            field: 'this.state',
            check: 4,
            effect: 7,
            wait: 6,
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
                    switch (this.state) {
                      case 'running': return;
                      default:
                        await boot();
                        this.state = 'running';
                    }
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() { this.state = 'idle'; await halt(); }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a local copy, and a loop that awaits',
      code: dedent`
        class Poller {
          async start() {
            const { running } = this;
            if (running) return;
            for await (const part of parts()) await part.start();
            this.running = true;
          }
          async stop() { this.running = false; await halt(); }
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
        },
      ],
    },
    {
      name: 'the whole body in the branch',
      code: dedent`
        class Poller {
          async start() {
            if (!this.running) {
              await Promise.all(this.parts.map((part) => part.start()));
              this.running = true;
            }
          }
          async stop() { this.running = false; await halt(); }
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

                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    if (!this.running) {
                      await Promise.all(this.parts.map((part) => part.start()));
                      this.running = true;
                    }
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() { this.running = false; await halt(); }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'an async function called at once',
      code: dedent`
        class Poller {
          async start() {
            return (async () => {
              if (this.running) return;
              await boot();
              this.running = true;
            })();
          }
          async stop() { this.running = false; await halt(); }
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
                    return (async () => {
                      if (this.running) return;
                      await boot();
                      this.running = true;
                    })();
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() { this.running = false; await halt(); }
                }
              `,
            },
          ],
        },
      ],
    },
  ],
});
