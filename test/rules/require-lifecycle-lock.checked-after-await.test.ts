import dedent from 'dedent';

import rule from '../../rules/require-lifecycle-lock.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-lifecycle-lock: checked-after-await', rule, {
  valid: [
    {
      name: 'start looks after its await whether it is still the one that is wanted',
      code: dedent`
        class TunnelManager {
          async start() {
            if (this.attempt) return;
            const attempt = Symbol('attempt');
            this.attempt = attempt;
            const tunnel = await dial();
            if (this.attempt !== attempt) {
              await tunnel.close();
              return;
            }
            this.tunnel = tunnel;
          }
          async stop() {
            const { tunnel } = this;
            this.attempt = undefined;
            this.tunnel = undefined;
            await tunnel?.close();
          }
        }
      `,
    },
    {
      name: 'an epoch tells the generations apart',
      code: dedent`
        class Watcher {
          #epoch = 0;
          async start() {
            if (this.#handle) return;
            const epoch = ++this.#epoch;
            const handle = await watch(this.path);
            if (epoch !== this.#epoch) return handle.close();
            this.#handle = handle;
          }
          async stop() {
            this.#epoch++;
            const handle = this.#handle;
            this.#handle = undefined;
            await handle?.close();
          }
        }
      `,
    },
    {
      name: 'stop aborts a start that looks at the signal between its steps',
      code: dedent`
        class Controller {
          async start() {
            if (this.abort) return;
            const abort = new AbortController();
            this.abort = abort;
            const radio = await openRadio();
            if (abort.signal.aborted) return radio.close();
            this.radio = radio;
          }
          async stop() {
            const { radio } = this;
            this.abort?.abort();
            this.abort = undefined;
            this.radio = undefined;
            await radio?.close();
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'start looks after its await whether it is still the one that is wanted, by the letter',
      code: dedent`
        class TunnelManager {
          async start() {
            if (this.attempt) return;
            const attempt = Symbol('attempt');
            this.attempt = attempt;
            const tunnel = await dial();
            if (this.attempt !== attempt) {
              await tunnel.close();
              return;
            }
            this.tunnel = tunnel;
          }
          async stop() {
            const { tunnel } = this;
            this.attempt = undefined;
            this.tunnel = undefined;
            await tunnel?.close();
          }
        }
      `,
      options: [{ where: 'every-service' }],
      errors: [
        {
          messageId: 'missing',
          data: { service: 'TunnelManager', start: 'start', stop: 'stop', remedy: 'Hold one lifecycle lock over `start()` and `stop()`.' },
          line: 2, column: 9, endLine: 2, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class TunnelManager {
                  readonly #lifecycleLock = new Mutex();

                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    if (this.attempt) return;
                    const attempt = Symbol('attempt');
                    this.attempt = attempt;
                    const tunnel = await dial();
                    if (this.attempt !== attempt) {
                      await tunnel.close();
                      return;
                    }
                    this.tunnel = tunnel;
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    const { tunnel } = this;
                    this.attempt = undefined;
                    this.tunnel = undefined;
                    await tunnel?.close();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'an epoch tells the generations apart, by the letter',
      code: dedent`
        class Watcher {
          #epoch = 0;
          async start() {
            if (this.#handle) return;
            const epoch = ++this.#epoch;
            const handle = await watch(this.path);
            if (epoch !== this.#epoch) return handle.close();
            this.#handle = handle;
          }
          async stop() {
            this.#epoch++;
            const handle = this.#handle;
            this.#handle = undefined;
            await handle?.close();
          }
        }
      `,
      options: [{ where: 'every-service' }],
      errors: [
        {
          messageId: 'missing',
          data: { service: 'Watcher', start: 'start', stop: 'stop', remedy: 'Hold one lifecycle lock over `start()` and `stop()`.' },
          line: 3, column: 9, endLine: 3, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Watcher {
                  #epoch = 0;
                  readonly #lifecycleLock = new Mutex();
                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    if (this.#handle) return;
                    const epoch = ++this.#epoch;
                    const handle = await watch(this.path);
                    if (epoch !== this.#epoch) return handle.close();
                    this.#handle = handle;
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    this.#epoch++;
                    const handle = this.#handle;
                    this.#handle = undefined;
                    await handle?.close();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'stop aborts a start that looks at the signal between its steps, by the letter',
      code: dedent`
        class Controller {
          async start() {
            if (this.abort) return;
            const abort = new AbortController();
            this.abort = abort;
            const radio = await openRadio();
            if (abort.signal.aborted) return radio.close();
            this.radio = radio;
          }
          async stop() {
            const { radio } = this;
            this.abort?.abort();
            this.abort = undefined;
            this.radio = undefined;
            await radio?.close();
          }
        }
      `,
      options: [{ where: 'every-service' }],
      errors: [
        {
          messageId: 'missing',
          data: { service: 'Controller', start: 'start', stop: 'stop', remedy: 'Hold one lifecycle lock over `start()` and `stop()`.' },
          line: 2, column: 9, endLine: 2, endColumn: 14,
        },
      ],
    },
  ],
});
