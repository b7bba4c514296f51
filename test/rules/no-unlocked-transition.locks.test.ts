import dedent from 'dedent';
import rule from '../../rules/no-unlocked-transition.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-unlocked-transition: locks', rule, {
  valid: [
    {
      name: 'runExclusive in the callback, with an epoch',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Session {
          #lock = new Mutex();
          async start() {
            return this.#lock.runExclusive(async () => {
              if (this.session) return;
              this.session = await spawn();
              const epoch = ++this.epoch;
              this.timer = setTimeout(() => {
                this.#lock.runExclusive(async () => {
                  if (epoch !== this.epoch) return;
                  await this.session.close();
                  this.session = undefined;
                }).catch(log);
              }, 60_000);
            });
          }
          async stop() {
            return this.#lock.runExclusive(async () => {
              clearTimeout(this.timer);
              await this.session?.close();
              this.session = undefined;
            });
          }
        }
      `,
      options: [{ where: 'every-transition' }],
    },
    {
      name: 'a private method that locks, and one that its callers lock',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Session {
          #lock = new Mutex();
          async start() {
            return this.#lock.runExclusive(async () => {
              this.session ??= await spawn();
              this.session.on('lost', () => void this.#onLost());
            });
          }
          async stop() {
            return this.#lock.runExclusive(() => this.#closeLocked());
          }
          async #onLost() {
            return this.#lock.runExclusive(async () => {
              await this.#closeLocked();
              this.session = await spawn();
            });
          }
          async #closeLocked() {
            await this.session?.close();
            this.session = undefined;
          }
        }
      `,
      options: [{ where: 'every-transition' }],
    },
    {
      name: 'acquire and finally in the handler',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Session {
          #lock = new Mutex();
          constructor(bus) {
            bus.on('suspend', this.suspend.bind(this));
          }
          async start() {
            const release = await this.#lock.acquire();
            try { this.session ??= await spawn(); } finally { release(); }
          }
          async stop() {
            const release = await this.#lock.acquire();
            try { await this.session?.close(); this.session = undefined; } finally { release(); }
          }
          async suspend() {
            const release = await this.#lock.acquire();
            try { await this.session?.close(); this.session = undefined; } finally { release(); }
          }
        }
      `,
      options: [{ where: 'every-transition' }],
    },
    {
      name: 'a lock that is handed in, and a helper that runs work under one',
      code: dedent`
        class Session extends Locked {
          async start() {
            return this.withLock(async () => { this.session ??= await spawn(); });
          }
          async stop() {
            return this.withLock(async () => { await this.session?.close(); this.session = undefined; });
          }
          arm() {
            this.timer = setTimeout(() => void this.withLock(async () => { await this.session?.close(); this.session = undefined; }), 1000);
          }
        }
      `,
      options: [{ where: 'every-transition' }],
    },
    {
      name: 'the callback calls stop, which takes the lock itself',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Session {
          #lock = new Mutex();
          async start() {
            return this.#lock.runExclusive(async () => {
              this.session ??= await spawn();
              this.timer = setTimeout(() => { this.stop().catch(log); }, 60_000);
            });
          }
          async stop() {
            return this.#lock.runExclusive(async () => {
              await this.session?.close();
              this.session = undefined;
            });
          }
        }
      `,
      options: [{ where: 'every-transition' }],
    },
  ],
  invalid: [
    {
      name: 'start and stop hold a lock, the idle timer does not',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Session {
          #lock = new Mutex();
          async start() {
            return this.#lock.runExclusive(async () => {
              if (this.running) return;
              this.session = await spawn();
              this.running = true;
              this.timer = setTimeout(async () => {
                this.running = false;
                await this.session.close();
              }, 60_000);
            });
          }
          async stop() {
            return this.#lock.runExclusive(async () => {
              clearTimeout(this.timer);
              if (!this.running) return;
              this.running = false;
              await this.session.close();
            });
          }
        }
      `,
      errors: [
        {
          messageId: 'unlocked',
          data: {
            start: 'start',
            stop: 'stop',
            lock: 'this.#lock',
            from: 'the timer callback',
            field: 'this.running',
            effect: 10,
            wait: 11,
            remedy: 'Hold `this.#lock` over it, or test again after the await whether it is still wanted.',
          },
          line: 10, column: 9, endLine: 10, endColumn: 29,
        },
      ],
    },
    {
      name: 'only a part of the callback is under the lock',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Session {
          #lock = new Mutex();
          async start() {
            return this.#lock.runExclusive(async () => {
              if (this.session) return;
              this.session = await spawn();
              this.session.on('lost', async () => {
                await this.#lock.runExclusive(() => this.note());
                this.session = await spawn();
              });
            });
          }
          async stop() {
            return this.#lock.runExclusive(async () => {
              await this.session?.close();
              this.session = undefined;
            });
          }
        }
      `,
      errors: [
        {
          messageId: 'stop-during',
          data: {
            stop: 'stop',
            from: 'the `lost` handler',
            wait: 10,
            effect: 10,
            field: 'this.session',
            remedy: 'Hold `this.#lock` over it, or test again after the await whether it is still wanted.',
          },
          line: 10, column: 9, endLine: 10, endColumn: 37,
        },
      ],
    },
    {
      name: 'strict: an observation that no lock covers',
      code: dedent`
        class Runner {
          async start() {
            if (this.child) return;
            this.child = spawn('worker');
            this.child.on('exit', () => { this.child = undefined; });
            await once(this.child, 'spawn');
          }
          async stop() {
            this.child?.kill();
            await this.exited;
          }
        }
      `,
      options: [{ where: 'every-transition' }],
      errors: [
        {
          messageId: 'unheld',
          data: {
            effect: 5,
            field: 'this.child',
            from: 'the `exit` handler',
            start: 'start',
            stop: 'stop',
            remedy: 'Hold one lifecycle lock over this, `start()` and `stop()`.',
          },
          line: 5, column: 35, endLine: 5, endColumn: 57,
        },
      ],
    },
    {
      name: 'strict: with a lock, the remedy names it',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Runner {
          readonly #mutex = new Mutex();
          async start() {
            return this.#mutex.runExclusive(async () => {
              this.child ??= spawn('worker');
              this.child.on('exit', () => { this.child = undefined; });
            });
          }
          async stop() {
            return this.#mutex.runExclusive(async () => {
              this.child?.kill();
              await this.exited;
            });
          }
        }
      `,
      options: [{ where: 'every-transition' }],
      errors: [
        {
          messageId: 'unheld',
          data: {
            effect: 7,
            field: 'this.child',
            from: 'the `exit` handler',
            start: 'start',
            stop: 'stop',
            remedy: 'Hold `this.#mutex` over it.',
          },
          line: 7, column: 37, endLine: 7, endColumn: 59,
        },
      ],
    },
  ],
});
