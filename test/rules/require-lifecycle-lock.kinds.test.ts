import dedent from 'dedent';

import rule from '../../rules/require-lifecycle-lock.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-lifecycle-lock: kinds', rule, {
  valid: [
    {
      name: 'a delegate',
      code: dedent`
        class Delegate {
          constructor(private readonly inner: Service) {}
          start() {
            return this.inner.start();
          }
          stop() {
            return this.inner.stop();
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'hooks of a framework',
      code: dedent`
        @Injectable()
        class Sweeper implements OnModuleInit, OnModuleDestroy {
          async onModuleInit() {
            this.task = this.sweep();
          }
          async onModuleDestroy() {
            this.abort.abort();
            await this.task;
          }
          async sweep() {}
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'nothing to wait for in either method',
      code: dedent`
        class Ticker {
          async start() {
            if (this.timer) return;
            this.timer = setInterval(tick, 1000);
          }
          async stop() {
            clearInterval(this.timer);
            this.timer = undefined;
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'a subclass with hooks, whose base holds the lock',
      code: dedent`
        import { Mutex } from 'async-mutex';
        abstract class Service {
          readonly #lifecycleLock = new Mutex();
          async start() {
            return this.#lifecycleLock.runExclusive(() => this.onStart());
          }
          async stop() {
            return this.#lifecycleLock.runExclusive(() => this.onStop());
          }
          protected abstract onStart(): Promise<void>;
          protected abstract onStop(): Promise<void>;
        }
        class Poller extends Service {
          protected async onStart() {
            if (this.task) return;
            await this.warmUp();
            this.task = this.loop();
          }
          protected async onStop() {
            await this.task;
            this.task = undefined;
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
  ],
  invalid: [
    {
      name: 'a background service',
      code: dedent`
        class Poller {
          async start() {
            if (this.timer) return;
            this.timer = setInterval(() => this.poll(), 1000);
          }
          async stop() {
            const { timer, inFlight } = this;
            this.timer = undefined;
            clearInterval(timer);
            await inFlight;
          }
        }
      `,
      options: [{ where: 'every-service' }],
      errors: [
        {
          messageId: 'missing',
          data: { service: 'Poller', start: 'start', stop: 'stop', remedy: 'Hold one lifecycle lock over `start()` and `stop()`.' },
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
                    if (this.timer) return;
                    this.timer = setInterval(() => this.poll(), 1000);
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    const { timer, inFlight } = this;
                    this.timer = undefined;
                    clearInterval(timer);
                    await inFlight;
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'an adapter that spawns nothing',
      code: dedent`
        class Registration {
          async start() {
            if (this.registered) return;
            this.registered = true;
            await register(this.name);
          }
          async stop() {
            if (!this.registered) return;
            this.registered = false;
            await unregister(this.name);
          }
        }
      `,
      options: [{ where: 'every-service' }],
      errors: [
        {
          messageId: 'missing',
          data: { service: 'Registration', start: 'start', stop: 'stop', remedy: 'Hold one lifecycle lock over `start()` and `stop()`.' },
          line: 2, column: 9, endLine: 2, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Registration {
                  readonly #lifecycleLock = new Mutex();

                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    if (this.registered) return;
                    this.registered = true;
                    await register(this.name);
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    if (!this.registered) return;
                    this.registered = false;
                    await unregister(this.name);
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'an in-place runner needs it for the change of state',
      code: dedent`
        class Runner {
          #stopped = false;
          async run() {
            while (!this.#stopped) {
              await this.turn();
            }
          }
          async stop() {
            this.#stopped = true;
          }
        }
      `,
      options: [{ where: 'every-service' }],
      errors: [
        {
          messageId: 'missing',
          data: { service: 'Runner', start: 'run', stop: 'stop', remedy: 'Hold one lifecycle lock over `run()` and `stop()`.' },
          line: 3, column: 9, endLine: 3, endColumn: 12,
        },
      ],
    },
  ],
});
