import dedent from 'dedent';

import rule from '../../rules/require-lifecycle-lock.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-lifecycle-lock: no-guard', rule, {
  valid: [],
  invalid: [
    {
      name: 'a second start opens a second subscription',
      code: dedent`
        class Listener {
          async start() {
            this.subscription = this.bus.subscribe('orders', this.onOrder);
            await this.subscription.ready;
          }
          async stop() {
            const subscription = this.subscription;
            this.subscription = undefined;
            await subscription?.cancel();
          }
        }
      `,
      errors: [
        {
          messageId: 'no-guard',
          data: {
            start: 'start',
            wait: 4,
            effect: 3,
            stop: 'stop',
            field: 'this.subscription',
            remedy: 'Hold one lifecycle lock over `start()` and `stop()`, and return early under it where the service already runs.',
          },
          line: 2, column: 9, endLine: 2, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Listener {
                  readonly #lifecycleLock = new Mutex();

                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    this.subscription = this.bus.subscribe('orders', this.onOrder);
                    await this.subscription.ready;
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    const subscription = this.subscription;
                    this.subscription = undefined;
                    await subscription?.cancel();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a listener is registered twice and taken off once',
      code: dedent`
        class Bridge {
          async connect() {
            await this.remote.hello();
            this.remote.on('message', this.onMessage);
          }
          async disconnect() {
            this.remote.off('message', this.onMessage);
            await this.remote.bye();
          }
        }
      `,
      errors: [
        {
          messageId: 'no-guard',
          data: {
            start: 'connect',
            wait: 3,
            effect: 4,
            stop: 'disconnect',
            field: 'this.onMessage',
            remedy: 'Hold one lifecycle lock over `connect()` and `disconnect()`, and return early under it where the service already runs.',
          },
          line: 2, column: 9, endLine: 2, endColumn: 16,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'connect', stop: 'disconnect' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Bridge {
                  readonly #lifecycleLock = new Mutex();

                  async connect() {
                    return this.#lifecycleLock.runExclusive(() => this.#connectLocked());
                  }
                  async #connectLocked() {
                    await this.remote.hello();
                    this.remote.on('message', this.onMessage);
                  }
                  async disconnect() {
                    return this.#lifecycleLock.runExclusive(() => this.#disconnectLocked());
                  }
                  async #disconnectLocked() {
                    this.remote.off('message', this.onMessage);
                    await this.remote.bye();
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
