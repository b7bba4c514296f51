import dedent from 'dedent';

import rule from '../../rules/no-lifecycle-lock-reentry.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-lifecycle-lock-reentry', rule, {
  valid: [
    {
      name: 'unlocked halves',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          readonly #lock = new Mutex();
          async start() {
            return this.#lock.runExclusive(() => this.#startLocked());
          }
          async stop() {
            return this.#lock.runExclusive(() => this.#stopLocked());
          }
          async restart() {
            return this.#lock.runExclusive(async () => {
              await this.#stopLocked();
              await this.#startLocked();
            });
          }
          async #startLocked() {
            await this.db.connect();
          }
          async #stopLocked() {
            await this.db.close();
          }
        }
      `,
    },
    {
      name: 'restart without the lock',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          readonly #lock = new Mutex();
          async start() {
            return this.#lock.runExclusive(() => this.db.connect());
          }
          async stop() {
            return this.#lock.runExclusive(() => this.db.close());
          }
          async restart() {
            await this.stop();
            await this.start();
          }
        }
      `,
    },
    {
      name: 'another lock',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          readonly #lock = new Mutex();
          readonly #restarts = new Mutex();
          async start() {
            return this.#lock.runExclusive(() => this.db.connect());
          }
          async stop() {
            return this.#lock.runExclusive(() => this.db.close());
          }
          async restart() {
            return this.#restarts.runExclusive(async () => {
              await this.stop();
              await this.start();
            });
          }
        }
      `,
    },
    {
      name: 'a stop that nobody waits for, and one in a handler',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          readonly #lock = new Mutex();
          async start() {
            return this.#lock.runExclusive(async () => {
              this.socket = await dial();
              this.socket.on('end', () => this.stop());
              this.timer = setTimeout(async () => {
                await this.stop();
              }, 1000);
              if (this.socket.dead) void this.stop();
            });
          }
          async stop() {
            return this.#lock.runExclusive(async () => {
              clearTimeout(this.timer);
              await this.socket?.end();
            });
          }
        }
      `,
    },
    {
      name: 'the stop of something else',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Supervisor {
          readonly #lock = new Mutex();
          async start() {
            return this.#lock.runExclusive(() => this.child.start());
          }
          async stop() {
            return this.#lock.runExclusive(() => this.child.stop());
          }
        }
      `,
    },
    {
      name: 'a lock that may be taken again',
      code: dedent`
        import AsyncLock from 'async-lock';
        class Poller {
          lock = new AsyncLock({ domainReentrant: true });
          async start() {
            return this.lock.acquire('life', async () => {
              await this.stop();
              await this.db.connect();
            });
          }
          async stop() {
            return this.lock.acquire('life', () => this.db.close());
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'restart holds the lock and stops',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          readonly #lock = new Mutex();
          async start() {
            return this.#lock.runExclusive(() => this.db.connect());
          }
          async stop() {
            return this.#lock.runExclusive(() => this.db.close());
          }
          async restart() {
            return this.#lock.runExclusive(async () => {
              await this.stop();
              await this.db.connect();
            });
          }
        }
      `,
      errors: [
        {
          messageId: 'reentry',
          data: { method: 'restart', lock: 'this.#lock', line: 11, call: 'this.stop()', target: 'stop' },
          line: 12, column: 13, endLine: 12, endColumn: 24,
        },
      ],
    },
    {
      name: 'a failed start stops itself under the lock',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Libp2p {
          private readonly lock = new Mutex();
          async start() {
            const release = await this.lock.acquire();
            try {
              await this.components.start();
            } catch (error) {
              await this.stop();
              throw error;
            } finally {
              release();
            }
          }
          async stop() {
            await this.lock.runExclusive(() => this.components.stop());
          }
        }
      `,
      errors: [
        {
          messageId: 'reentry',
          data: { method: 'start', lock: 'this.lock', line: 5, call: 'this.stop()', target: 'stop' },
          line: 9, column: 13, endLine: 9, endColumn: 24,
        },
      ],
    },
    {
      name: 'through a private helper',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          readonly #lock = new Mutex();
          async start() {
            return this.#lock.runExclusive(async () => {
              await this.#reset();
              await this.db.connect();
            });
          }
          async stop() {
            return this.#lock.runExclusive(() => this.db.close());
          }
          async #reset() {
            if (this.dirty) await this.stop();
          }
        }
      `,
      errors: [
        {
          messageId: 'reentryVia',
          data: { method: 'start', lock: 'this.#lock', line: 5, call: 'this.#reset()', target: 'stop' },
          line: 6, column: 13, endLine: 6, endColumn: 26,
        },
      ],
    },
    {
      name: 'dispose holds the lock and calls stop',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          readonly #lock = new Mutex();
          async start() {
            return this.#lock.runExclusive(() => this.db.connect());
          }
          async stop() {
            return this.#lock.runExclusive(() => this.db.close());
          }
          async [Symbol.asyncDispose]() {
            using _held = await hold(this.#lock);
            await this.stop();
          }
        }
      `,
      errors: [
        {
          messageId: 'reentry',
          data: { method: '[Symbol.asyncDispose]', lock: 'this.#lock', line: 11, call: 'this.stop()', target: 'stop' },
          line: 12, column: 11, endLine: 12, endColumn: 22,
        },
      ],
    },
    {
      name: 'a subclass takes the lock of its base and calls super',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Base {
          protected readonly lock = new Mutex();
          async start() {
            return this.lock.runExclusive(() => this.db.connect());
          }
          async stop() {
            return this.lock.runExclusive(() => this.db.close());
          }
        }
        class Poller extends Base {
          async start() {
            return this.lock.runExclusive(async () => {
              await super.start();
              this.timer = setInterval(() => this.poll(), 50);
            });
          }
          async stop() {
            return this.lock.runExclusive(async () => {
              clearInterval(this.timer);
              await this.flush();
            });
          }
        }
      `,
      errors: [
        {
          messageId: 'reentry',
          data: { method: 'start', lock: 'this.lock', line: 13, call: 'super.start()', target: 'start' },
          line: 14, column: 13, endLine: 14, endColumn: 26,
        },
      ],
    },
    {
      name: 'the work that stop waits for waits for stop',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          readonly #lock = new Mutex();
          async start() {
            return this.#lock.runExclusive(async () => {
              this.task = this.#loop();
            });
          }
          async stop() {
            return this.#lock.runExclusive(async () => {
              this.abort.abort();
              await this.task;
            });
          }
          async #loop() {
            for await (const event of this.events) {
              if (event.type === 'end') await this.stop();
            }
          }
        }
      `,
      errors: [
        {
          messageId: 'selfWait',
          data: { task: '#loop', target: 'stop', lock: 'this.#lock', line: 10 },
          line: 17, column: 39, endLine: 17, endColumn: 50,
        },
      ],
    },
  ],
});
