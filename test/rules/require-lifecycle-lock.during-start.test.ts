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
      name: 'work is spawned after an await',
      code: dedent`
        class Consumer {
          #running = false;
          async start() {
            if (this.#running) return;
            this.#running = true;
            await this.client.connect();
            this.#task = this.#loop();
          }
          async stop() {
            this.#running = false;
            await this.#task;
            await this.client.disconnect();
            this.#task = undefined;
          }
          async #loop() {
            for await (const message of this.client) await this.handle(message);
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
            field: 'this.#task',
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

                class Consumer {
                  #running = false;
                  readonly #lifecycleLock = new Mutex();
                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    if (this.#running) return;
                    this.#running = true;
                    await this.client.connect();
                    this.#task = this.#loop();
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    this.#running = false;
                    await this.#task;
                    await this.client.disconnect();
                    this.#task = undefined;
                  }
                  async #loop() {
                    for await (const message of this.client) await this.handle(message);
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
  ],
});
