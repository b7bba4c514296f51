import dedent from 'dedent';

import rule from '../../rules/require-lifecycle-lock.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-lifecycle-lock: no-guard', rule, {
  valid: [],
  invalid: [
    {
      // No suggestion: `cancel()` may be what ends a start that hangs on `ready`, and could not get in under the lock.
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
        },
      ],
    },
    {
      name: 'a listener is registered twice and taken off once',
      code: dedent`
        class Bridge {
          async open() {
            await this.remote.hello();
            this.remote.on('message', this.onMessage);
          }
          async close() {
            this.remote.off('message', this.onMessage);
            await this.remote.bye();
          }
        }
      `,
      errors: [
        {
          messageId: 'no-guard',
          data: {
            start: 'open',
            wait: 3,
            effect: 4,
            stop: 'close',
            field: 'this.onMessage',
            remedy: 'Hold one lifecycle lock over `open()` and `close()`, and return early under it where the service already runs.',
          },
          line: 2, column: 9, endLine: 2, endColumn: 13,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'open', stop: 'close' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Bridge {
                  readonly #lifecycleLock = new Mutex();

                  async open() {
                    return this.#lifecycleLock.runExclusive(() => this.#openLocked());
                  }
                  async #openLocked() {
                    await this.remote.hello();
                    this.remote.on('message', this.onMessage);
                  }
                  async close() {
                    return this.#lifecycleLock.runExclusive(() => this.#closeLocked());
                  }
                  async #closeLocked() {
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
