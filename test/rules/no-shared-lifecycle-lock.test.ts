import dedent from 'dedent';

import rule from '../../rules/no-shared-lifecycle-lock.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-shared-lifecycle-lock', rule, {
  valid: [
    {
      name: 'a decorator that settings name',
      code: dedent`
        class Poller {
          mutex = new Mutex();
          @WithLock()
          async start() {
            this.socket = await dial();
          }
          @WithLock()
          async stop() {
            await this.socket?.end();
          }
        }
      `,
      settings: { lifecycle: { lockDecorators: [{ decorator: 'WithLock', lockProperty: 'mutex' }] } },
    },
    {
      name: 'a lock of its own, and another for the hot path',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class TaskEngine {
          readonly #lifecycleLock = new Mutex();
          readonly #admission = new Mutex();
          async start() {
            return this.#lifecycleLock.runExclusive(async () => {
              this.worker ??= this.work();
            });
          }
          async stop() {
            return this.#lifecycleLock.runExclusive(async () => {
              await this.worker;
              this.worker = undefined;
            });
          }
          async submit(task) {
            await this.#admission.runExclusive(() => this.queue.put(task));
          }
          async work() {}
        }
      `,
    },
    {
      name: 'restart, suspend, resume and an idle timer are transitions themselves',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Session {
          readonly #lock = new Mutex();
          async start() {
            return this.#lock.runExclusive(() => this.#spawn());
          }
          async stop() {
            return this.#lock.runExclusive(() => this.#terminate());
          }
          async restart() {
            return this.#lock.runExclusive(async () => {
              await this.#terminate();
              await this.#spawn();
            });
          }
          async suspend() {
            return this.#lock.runExclusive(() => this.#terminate());
          }
          async resume() {
            return this.#lock.runExclusive(() => this.#spawn());
          }
          async #onIdle(epoch) {
            return this.#lock.runExclusive(async () => {
              if (epoch === this.#epoch) await this.#terminate();
            });
          }
          async #spawn() {
            this.child = await spawn();
            this.timer = setTimeout(() => this.#onIdle(this.#epoch), 1000);
          }
          async #terminate() {
            clearTimeout(this.timer);
            await this.child?.end();
          }
        }
      `,
    },
    {
      name: 'a helper that only the lifecycle methods reach',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          readonly lock = new Mutex();
          async start() {
            await this.#exclusively(() => this.db.connect());
          }
          async stop() {
            await this.#exclusively(() => this.db.close());
          }
          async #exclusively(work) {
            return this.lock.runExclusive(work);
          }
        }
      `,
    },
    {
      name: 'a look at the lock holds nothing',
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
          get busy() {
            return this.#lock.isLocked();
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'the hot path takes the lifecycle lock',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class TaskEngine {
          readonly #mutex = new Mutex();
          async start() {
            return this.#mutex.runExclusive(async () => {
              this.worker ??= this.work();
            });
          }
          async stop() {
            return this.#mutex.runExclusive(async () => {
              await this.worker;
              this.worker = undefined;
            });
          }
          async submit(task) {
            await this.#mutex.runExclusive(() => this.queue.put(task));
          }
          async work() {}
        }
      `,
      errors: [
        {
          messageId: 'hotPath',
          data: { method: 'submit', lock: 'this.#mutex', line: 16, service: 'TaskEngine' },
          line: 16, column: 11, endLine: 16, endColumn: 63,
        },
      ],
    },
    {
      name: 'a static lock',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          static readonly lock = new Mutex();
          async start() {
            return Poller.lock.runExclusive(() => this.db.connect());
          }
          async stop() {
            return Poller.lock.runExclusive(() => this.db.close());
          }
        }
      `,
      errors: [
        {
          messageId: 'wider',
          data: { lock: 'Poller.lock', sharing: 'all instances of the class share it', stop: 'stop' },
          line: 5, column: 12, endLine: 5, endColumn: 61,
        },
      ],
    },
    {
      name: 'a lock of the module',
      code: dedent`
        import { Mutex } from 'async-mutex';
        const mutex = new Mutex();
        export class Poller {
          async start() {
            await mutex.runExclusive(async () => {
              this.socket = await dial();
            });
          }
          async stop() {
            await mutex.runExclusive(async () => {
              await this.socket?.end();
            });
          }
        }
      `,
      errors: [
        {
          messageId: 'wider',
          data: { lock: 'mutex', sharing: 'everything in the module shares it', stop: 'stop' },
          line: 5, column: 11, endLine: 7, endColumn: 7,
        },
      ],
    },
    {
      name: 'a lock whose name is global',
      code: dedent`
        class Poller {
          async start() {
            return navigator.locks.request('poller', async () => {
              this.socket = await dial();
            });
          }
          async stop() {
            return navigator.locks.request('poller', async () => {
              await this.socket?.end();
            });
          }
        }
      `,
      errors: [
        {
          messageId: 'wider',
          data: { lock: 'navigator.locks("poller")', sharing: 'its name is shared by the whole process', stop: 'stop' },
          line: 3, column: 12, endLine: 5, endColumn: 7,
        },
      ],
    },
    {
      name: 'a lock made inside the method',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          async start() {
            const lock = new Mutex();
            await lock.runExclusive(async () => {
              this.socket = await dial();
            });
          }
          async stop() {
            await this.socket?.end();
          }
        }
      `,
      errors: [
        {
          messageId: 'local',
          data: { method: 'start', line: 5 },
          line: 5, column: 11, endLine: 7, endColumn: 7,
        },
      ],
    },
    {
      name: 'start and stop hold two locks',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          readonly #startLock = new Mutex();
          readonly #stopLock = new Mutex();
          async start() {
            return this.#startLock.runExclusive(() => this.db.connect());
          }
          async stop() {
            return this.#stopLock.runExclusive(() => this.db.close());
          }
        }
      `,
      errors: [
        {
          messageId: 'different',
          data: { start: 'start', startLock: 'this.#startLock', stop: 'stop', stopLock: 'this.#stopLock' },
          line: 9, column: 12, endLine: 9, endColumn: 62,
        },
      ],
    },
    {
      name: 'two keys of one keyed lock',
      code: dedent`
        import AsyncLock from 'async-lock';
        class Poller {
          lock = new AsyncLock();
          async start() {
            return this.lock.acquire('start', () => this.db.connect());
          }
          async stop() {
            return this.lock.acquire('stop', () => this.db.close());
          }
        }
      `,
      errors: [
        {
          messageId: 'different',
          data: { start: 'start', startLock: 'this.lock("start")', stop: 'stop', stopLock: 'this.lock("stop")' },
          line: 8, column: 12, endLine: 8, endColumn: 60,
        },
      ],
    },
    {
      name: 'a lock decorator on each method',
      code: dedent`
        class Poller {
          @Mutex()
          async start() {
            this.socket = await dial();
          }
          @Mutex()
          async stop() {
            await this.socket?.end();
          }
        }
      `,
      errors: [
        {
          messageId: 'decorator',
          data: { start: 'start', stop: 'stop' },
          line: 2, column: 3, endLine: 2, endColumn: 11,
        },
      ],
    },
  ],
});
