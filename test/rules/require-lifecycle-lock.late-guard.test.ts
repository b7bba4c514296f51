import dedent from 'dedent';

import rule from '../../rules/require-lifecycle-lock.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-lifecycle-lock: late-guard', rule, {
  valid: [],
  invalid: [
    {
      name: 'the flag is raised only after an await',
      code: dedent`
        class Poller {
          #running = false;
          async start() {
            if (this.#running) return;
            await this.#db.connect();
            this.#running = true;
          }
          async stop() {
            if (!this.#running) throw new Error('not running');
            this.#running = false;
            await this.#db.close();
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

                class Poller {
                  #running = false;
                  readonly #lifecycleLock = new Mutex();
                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    if (this.#running) return;
                    await this.#db.connect();
                    this.#running = true;
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    if (!this.#running) throw new Error('not running');
                    this.#running = false;
                    await this.#db.close();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a handle is its own guard and comes late',
      code: dedent`
        class Server {
          async listen(port: number): Promise<void> {
            if (this.server !== undefined) {
              throw new Error('already listening');
            }
            const server = await bind(port);
            server.on('error', this.onError);
            this.server = server;
          }
          async close(): Promise<void> {
            const server = this.server;
            this.server = undefined;
            await server?.close();
          }
        }
      `,
      errors: [
        {
          messageId: 'late-guard',
          data: {
            start: 'listen',
            field: 'this.server',
            check: 3,
            effect: 8,
            wait: 6,
            remedy: 'Hold one lifecycle lock over `listen()` and `close()`.',
          },
          line: 2, column: 9, endLine: 2, endColumn: 15,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'listen', stop: 'close' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Server {
                  readonly #lifecycleLock = new Mutex();

                  async listen(port: number): Promise<void> {
                    return this.#lifecycleLock.runExclusive(() => this.#listenLocked(port));
                  }
                  async #listenLocked(port: number): Promise<void> {
                    if (this.server !== undefined) {
                      throw new Error('already listening');
                    }
                    const server = await bind(port);
                    server.on('error', this.onError);
                    this.server = server;
                  }
                  async close(): Promise<void> {
                    return this.#lifecycleLock.runExclusive(() => this.#closeLocked());
                  }
                  async #closeLocked(): Promise<void> {
                    const server = this.server;
                    this.server = undefined;
                    await server?.close();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'the handle is made where it is missing',
      code: dedent`
        class Cache {
          async open() {
            if (!this.client) {
              this.client = await createClient();
            }
            this.client.on('error', report);
          }
          async close() {
            const { client } = this;
            this.client = null;
            await client?.quit();
          }
        }
      `,
      errors: [
        {
          messageId: 'late-guard',
          data: {
            start: 'open',
            field: 'this.client',
            check: 3,
            effect: 4,
            wait: 4,
            remedy: 'Hold one lifecycle lock over `open()` and `close()`.',
          },
          line: 2, column: 9, endLine: 2, endColumn: 13,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'open', stop: 'close' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Cache {
                  readonly #lifecycleLock = new Mutex();

                  async open() {
                    return this.#lifecycleLock.runExclusive(() => this.#openLocked());
                  }
                  async #openLocked() {
                    if (!this.client) {
                      this.client = await createClient();
                    }
                    this.client.on('error', report);
                  }
                  async close() {
                    return this.#lifecycleLock.runExclusive(() => this.#closeLocked());
                  }
                  async #closeLocked() {
                    const { client } = this;
                    this.client = null;
                    await client?.quit();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'the last of several awaits is named',
      code: dedent`
        class Worker {
          async start() {
            if (this.started) return;
            await this.loadPlugins();
            for (const plugin of this.plugins) {
              await plugin.setup(); // one after the other
            }
            this.started = true;
          }
          async stop() {
            if (!this.started) throw new Error('stopped');
            this.started = false;
            await this.unloadPlugins();
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
            effect: 8,
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

                class Worker {
                  readonly #lifecycleLock = new Mutex();

                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    if (this.started) return;
                    await this.loadPlugins();
                    for (const plugin of this.plugins) {
                      await plugin.setup(); // one after the other
                    }
                    this.started = true;
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    if (!this.started) throw new Error('stopped');
                    this.started = false;
                    await this.unloadPlugins();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'the state is a string',
      code: dedent`
        class Channel {
          private state: 'idle' | 'open' = 'idle';
          async connect() {
            if (this.state === 'open') return;
            this.socket = await dial();
            this.state = 'open';
          }
          async disconnect() {
            this.state = 'idle';
            await this.socket.end();
          }
        }
      `,
      errors: [
        {
          messageId: 'late-guard',
          data: {
            start: 'connect',
            field: 'this.state',
            check: 4,
            effect: 6,
            wait: 5,
            remedy: 'Hold one lifecycle lock over `connect()` and `disconnect()`.',
          },
          line: 3, column: 9, endLine: 3, endColumn: 16,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'connect', stop: 'disconnect' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Channel {
                  private state: 'idle' | 'open' = 'idle';
                  private readonly lifecycleLock = new Mutex();
                  async connect() {
                    return this.lifecycleLock.runExclusive(() => this.connectLocked());
                  }
                  private async connectLocked() {
                    if (this.state === 'open') return;
                    this.socket = await dial();
                    this.state = 'open';
                  }
                  async disconnect() {
                    return this.lifecycleLock.runExclusive(() => this.disconnectLocked());
                  }
                  private async disconnectLocked() {
                    this.state = 'idle';
                    await this.socket.end();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'the await is in a helper',
      code: dedent`
        class Agent {
          async start() {
            if (this.#active) return;
            await this.#prepare();
            this.#active = true;
          }
          async stop() {
            this.#active = false;
            await this.#flush();
          }
          async #prepare() {
            this.#queue = await openQueue();
          }
          async #flush() {
            await this.#queue.close();
          }
        }
      `,
      errors: [
        {
          messageId: 'late-guard',
          data: {
            start: 'start',
            field: 'this.#active',
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

                class Agent {
                  readonly #lifecycleLock = new Mutex();

                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    if (this.#active) return;
                    await this.#prepare();
                    this.#active = true;
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    this.#active = false;
                    await this.#flush();
                  }
                  async #prepare() {
                    this.#queue = await openQueue();
                  }
                  async #flush() {
                    await this.#queue.close();
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
