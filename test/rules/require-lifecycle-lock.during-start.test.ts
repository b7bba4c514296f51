import dedent from 'dedent';

import rule from '../../rules/require-lifecycle-lock.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-lifecycle-lock: during-start', rule, {
  valid: [],
  invalid: [
    {
      name: 'the server comes up after stop has looked for it',
      code: dedent`
        class Gateway {
          async start() {
            if (this.started) return;
            this.started = true;
            await this.migrate();
            this.server = await listen(this.port);
          }
          async stop() {
            this.started = false;
            await this.server?.close();
          }
        }
      `,
      errors: [
        {
          messageId: 'stop-during-start',
          data: {
            stop: 'stop',
            start: 'start',
            wait: 6,
            field: 'this.server',
            effect: 6,
            remedy: 'Hold one lifecycle lock over `start()` and `stop()`.',
          },
          line: 2, column: 9, endLine: 2, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Gateway {
                  readonly #lifecycleLock = new Mutex();

                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    if (this.started) return;
                    this.started = true;
                    await this.migrate();
                    this.server = await listen(this.port);
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    this.started = false;
                    await this.server?.close();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'the flag is raised again behind the back of stop',
      code: dedent`
        class Poller {
          async start() {
            if (this.state === 'starting') throw new Error('already starting');
            this.state = 'starting';
            await this.warmUp();
            this.state = 'running';
          }
          async stop() {
            this.state = '';
            await this.coolDown();
          }
        }
      `,
      errors: [
        {
          messageId: 'stop-during-start',
          data: {
            stop: 'stop',
            start: 'start',
            wait: 5,
            field: 'this.state',
            effect: 6,
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
                    if (this.state === 'starting') throw new Error('already starting');
                    this.state = 'starting';
                    await this.warmUp();
                    this.state = 'running';
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    this.state = '';
                    await this.coolDown();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'an inner service is started after an await',
      code: dedent`
        class Node {
          async start() {
            if (this.isStarted) return;
            this.isStarted = true;
            await this.keychain.load();
            await this.dht.start();
          }
          async stop() {
            if (!this.isStarted) return;
            this.isStarted = false;
            await this.dht.stop();
          }
        }
      `,
      errors: [
        {
          messageId: 'stop-during-start',
          data: {
            stop: 'stop',
            start: 'start',
            wait: 5,
            field: 'this.dht',
            effect: 6,
            remedy: 'Hold one lifecycle lock over `start()` and `stop()`.',
          },
          line: 2, column: 9, endLine: 2, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Node {
                  readonly #lifecycleLock = new Mutex();

                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    if (this.isStarted) return;
                    this.isStarted = true;
                    await this.keychain.load();
                    await this.dht.start();
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    if (!this.isStarted) return;
                    this.isStarted = false;
                    await this.dht.stop();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
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
