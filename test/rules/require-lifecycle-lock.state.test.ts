import dedent from 'dedent';

import rule from '../../rules/require-lifecycle-lock.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-lifecycle-lock: state', rule, {
  valid: [
    {
      name: 'a state whose opposite call throws',
      code: dedent`
        class Application {
          #state: 'created' | 'starting' | 'started' | 'stopping' | 'stopped' = 'created';
          async start() {
            if (this.#state !== 'created') throw new Error(\`cannot start while \${this.#state}\`);
            this.#state = 'starting';
            await this.#boot();
            this.#state = 'started';
          }
          async stop() {
            if (this.#state !== 'started') throw new Error(\`cannot stop while \${this.#state}\`);
            this.#state = 'stopping';
            await this.#halt();
            this.#state = 'stopped';
          }
          async #boot() {
            await this.observers.start();
          }
          async #halt() {
            await this.observers.stop();
          }
        }
      `,
    },
    {
      name: 'swap, then close',
      code: dedent`
        class Adapter {
          async connect() {
            if (this.connection) return;
            this.connection = new Connection(this.url);
            await this.connection.ready;
          }
          async disconnect() {
            const connection = this.connection;
            this.connection = undefined;
            await connection?.close();
          }
        }
      `,
    },
    {
      name: 'a boolean flag flipped before the first await, nothing made after it',
      code: dedent`
        class Announcer {
          async start() {
            if (this.announced) return;
            this.announced = true;
            await this.registry.announce(this.name);
          }
          async stop() {
            if (!this.announced) return;
            this.announced = false;
            await this.registry.withdraw(this.name);
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'a state whose opposite call throws, by the letter',
      code: dedent`
        class Application {
          #state: 'created' | 'starting' | 'started' | 'stopping' | 'stopped' = 'created';
          async start() {
            if (this.#state !== 'created') throw new Error(\`cannot start while \${this.#state}\`);
            this.#state = 'starting';
            await this.#boot();
            this.#state = 'started';
          }
          async stop() {
            if (this.#state !== 'started') throw new Error(\`cannot stop while \${this.#state}\`);
            this.#state = 'stopping';
            await this.#halt();
            this.#state = 'stopped';
          }
          async #boot() {
            await this.observers.start();
          }
          async #halt() {
            await this.observers.stop();
          }
        }
      `,
      options: [{ where: 'every-service' }],
      errors: [
        {
          messageId: 'missing',
          data: { service: 'Application', start: 'start', stop: 'stop', remedy: 'Hold one lifecycle lock over `start()` and `stop()`.' },
          line: 3, column: 9, endLine: 3, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Application {
                  #state: 'created' | 'starting' | 'started' | 'stopping' | 'stopped' = 'created';
                  readonly #lifecycleLock = new Mutex();
                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    if (this.#state !== 'created') throw new Error(\`cannot start while \${this.#state}\`);
                    this.#state = 'starting';
                    await this.#boot();
                    this.#state = 'started';
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    if (this.#state !== 'started') throw new Error(\`cannot stop while \${this.#state}\`);
                    this.#state = 'stopping';
                    await this.#halt();
                    this.#state = 'stopped';
                  }
                  async #boot() {
                    await this.observers.start();
                  }
                  async #halt() {
                    await this.observers.stop();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'swap, then close, by the letter',
      code: dedent`
        class Adapter {
          async connect() {
            if (this.connection) return;
            this.connection = new Connection(this.url);
            await this.connection.ready;
          }
          async disconnect() {
            const connection = this.connection;
            this.connection = undefined;
            await connection?.close();
          }
        }
      `,
      options: [{ where: 'every-service' }],
      errors: [
        {
          messageId: 'missing',
          data: {
            service: 'Adapter',
            start: 'connect',
            stop: 'disconnect',
            remedy: 'Hold one lifecycle lock over `connect()` and `disconnect()`.',
          },
          line: 2, column: 9, endLine: 2, endColumn: 16,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'connect', stop: 'disconnect' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Adapter {
                  readonly #lifecycleLock = new Mutex();

                  async connect() {
                    return this.#lifecycleLock.runExclusive(() => this.#connectLocked());
                  }
                  async #connectLocked() {
                    if (this.connection) return;
                    this.connection = new Connection(this.url);
                    await this.connection.ready;
                  }
                  async disconnect() {
                    return this.#lifecycleLock.runExclusive(() => this.#disconnectLocked());
                  }
                  async #disconnectLocked() {
                    const connection = this.connection;
                    this.connection = undefined;
                    await connection?.close();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a boolean flag flipped before the first await, nothing made after it, by the letter',
      code: dedent`
        class Announcer {
          async start() {
            if (this.announced) return;
            this.announced = true;
            await this.registry.announce(this.name);
          }
          async stop() {
            if (!this.announced) return;
            this.announced = false;
            await this.registry.withdraw(this.name);
          }
        }
      `,
      options: [{ where: 'every-service' }],
      errors: [
        {
          messageId: 'missing',
          data: { service: 'Announcer', start: 'start', stop: 'stop', remedy: 'Hold one lifecycle lock over `start()` and `stop()`.' },
          line: 2, column: 9, endLine: 2, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Announcer {
                  readonly #lifecycleLock = new Mutex();

                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    if (this.announced) return;
                    this.announced = true;
                    await this.registry.announce(this.name);
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    if (!this.announced) return;
                    this.announced = false;
                    await this.registry.withdraw(this.name);
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
