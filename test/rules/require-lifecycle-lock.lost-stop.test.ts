import dedent from 'dedent';

import rule from '../../rules/require-lifecycle-lock.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-lifecycle-lock: lost-stop', rule, {
  valid: [],
  invalid: [
    {
      name: 'stop returns because the flag is not up yet',
      code: dedent`
        class Runner {
          constructor(private readonly group: Group) {}
          async start() {
            await this.group.join();
            this.running = true;
            this.task = this.fetchLoop();
          }
          async stop() {
            if (!this.running) return;
            this.running = false;
            await this.task;
          }
          async fetchLoop() {
            while (this.running) await this.group.fetch();
          }
        }
      `,
      errors: [
        {
          messageId: 'lost-stop',
          data: {
            stop: 'stop',
            check: 9,
            start: 'start',
            wait: 4,
            field: 'this.running',
            effect: 5,
            remedy: 'Hold one lifecycle lock over `start()` and `stop()`.',
          },
          line: 3, column: 9, endLine: 3, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Runner {
                  private readonly lifecycleLock = new Mutex();

                  constructor(private readonly group: Group) {}
                  async start() {
                    return this.lifecycleLock.runExclusive(() => this.startLocked());
                  }
                  private async startLocked() {
                    await this.group.join();
                    this.running = true;
                    this.task = this.fetchLoop();
                  }
                  async stop() {
                    return this.lifecycleLock.runExclusive(() => this.stopLocked());
                  }
                  private async stopLocked() {
                    if (!this.running) return;
                    this.running = false;
                    await this.task;
                  }
                  async fetchLoop() {
                    while (this.running) await this.group.fetch();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'the handle that stop looks for comes late',
      code: dedent`
        class Tunnel {
          #starting = false;
          async connect() {
            if (this.#starting) return;
            this.#starting = true;
            this.#session = await dial();
          }
          async disconnect() {
            if (!this.#session) return;
            const session = this.#session;
            this.#session = undefined;
            this.#starting = false;
            await session.end();
          }
        }
      `,
      errors: [
        {
          messageId: 'lost-stop',
          data: {
            stop: 'disconnect',
            check: 9,
            start: 'connect',
            wait: 6,
            field: 'this.#session',
            effect: 6,
            remedy: 'Hold one lifecycle lock over `connect()` and `disconnect()`.',
          },
          line: 3, column: 9, endLine: 3, endColumn: 16,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'connect', stop: 'disconnect' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Tunnel {
                  #starting = false;
                  readonly #lifecycleLock = new Mutex();
                  async connect() {
                    return this.#lifecycleLock.runExclusive(() => this.#connectLocked());
                  }
                  async #connectLocked() {
                    if (this.#starting) return;
                    this.#starting = true;
                    this.#session = await dial();
                  }
                  async disconnect() {
                    return this.#lifecycleLock.runExclusive(() => this.#disconnectLocked());
                  }
                  async #disconnectLocked() {
                    if (!this.#session) return;
                    const session = this.#session;
                    this.#session = undefined;
                    this.#starting = false;
                    await session.end();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'stop leaves unless the state is running',
      code: dedent`
        class Engine {
          status = Status.Idle;
          async start() {
            if (this.status !== Status.Idle) return;
            this.status = Status.Starting;
            await this.boot();
            this.status = Status.Running;
          }
          async stop() {
            if (this.status !== Status.Running) return;
            this.status = Status.Idle;
            await this.halt();
          }
        }
      `,
      errors: [
        {
          messageId: 'lost-stop',
          data: {
            stop: 'stop',
            check: 10,
            start: 'start',
            wait: 6,
            field: 'this.status',
            effect: 7,
            remedy: 'Hold one lifecycle lock over `start()` and `stop()`.',
          },
          line: 3, column: 9, endLine: 3, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Engine {
                  status = Status.Idle;
                  readonly #lifecycleLock = new Mutex();
                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    if (this.status !== Status.Idle) return;
                    this.status = Status.Starting;
                    await this.boot();
                    this.status = Status.Running;
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    if (this.status !== Status.Running) return;
                    this.status = Status.Idle;
                    await this.halt();
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
