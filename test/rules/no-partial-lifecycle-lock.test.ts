import dedent from 'dedent';

import rule from '../../rules/no-partial-lifecycle-lock.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-partial-lifecycle-lock', rule, {
  valid: [
    {
      name: 'where calls cannot collide',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Registration {
          readonly #lock = new Mutex();
          async start() {
            await this.#lock.runExclusive(async () => {
              if (this.registered) return;
              this.registered = true;
              await register(this.name);
            });
          }
          async stop() {
            this.emit('stopping');
            await this.#lock.runExclusive(async () => {
              if (!this.registered) return;
              this.registered = false;
              await unregister(this.name);
            });
          }
        }
      `,
    },
    {
      name: 'returned from both',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          readonly #lock = new Mutex();
          start = () => this.#lock.runExclusive(() => this.startLocked());
          stop = () => this.#lock.runExclusive(() => this.stopLocked());
          async startLocked() {
            if (this.running) return;
            await this.db.connect();
            this.running = true;
          }
          async stopLocked() {
            this.running = false;
            await this.db.close();
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'acquire, then try and finally at once',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          readonly #lock = new Mutex();
          async start() {
            const release = await this.#lock.acquire();
            try {
              if (this.running) return;
              await this.db.connect();
              this.running = true;
            } finally {
              release();
            }
          }
          async stop() {
            const release = await this.#lock.acquire();
            try {
              this.running = false;
              return await this.db.close();
            } finally {
              release();
            }
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'a guard on the first line',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          readonly #lock = new Mutex();
          async start() {
            using _held = await hold(this.#lock);
            if (this.running) return;
            await this.db.connect();
            this.running = true;
          }
          async stop() {
            using _held = await hold(this.#lock);
            this.running = false;
            await this.db.close();
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'a home-made chain of promises',
      code: dedent`
        class Poller {
          #tail = Promise.resolve();
          start() {
            return this.#exclusive(async () => {
              if (this.running) return;
              await this.db.connect();
              this.running = true;
            });
          }
          stop() {
            return this.#exclusive(async () => {
              this.running = false;
              await this.db.close();
            });
          }
          #exclusive(work) {
            const result = this.#tail.then(work);
            this.#tail = result.catch(() => {});
            return result;
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'constants, logging, argument checks and an abort before the lock',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          readonly #lock = new Mutex();
          async start(port) {
            const name = \`poller:\${port}\`;
            if (!Number.isInteger(port)) throw new TypeError('port');
            this.logger.info('starting', name);
            await this.#lock.runExclusive(async () => {
              if (this.running) return;
              await this.db.connect(name);
              this.running = true;
            });
          }
          async stop() {
            this.#abort?.abort();
            return this.#lock.runExclusive(async () => {
              this.running = false;
              await this.db.close();
            });
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'a fast path that is tested again under the lock',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          readonly #lock = new Mutex();
          async start() {
            if (this.running) return;
            await this.#lock.runExclusive(async () => {
              if (this.running) return;
              await this.db.connect();
              this.running = true;
            });
          }
          async stop() {
            await this.#lock.runExclusive(async () => {
              this.running = false;
              await this.db.close();
            });
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'no lock at all is for another rule',
      code: dedent`
        class Poller {
          async start() {
            if (this.running) return;
            await this.db.connect();
            this.running = true;
          }
          async stop() {
            this.running = false;
            await this.db.close();
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'an in-place runner holds it for its transitions',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Runner {
          readonly #lock = new Mutex();
          async run() {
            await this.#lock.runExclusive(async () => {
              if (this.running) throw new Error('already running');
              this.running = true;
            });
            while (this.running) await this.turn();
          }
          async stop() {
            await this.#lock.runExclusive(async () => {
              this.running = false;
            });
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
  ],
  invalid: [
    {
      name: 'only start holds it',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          readonly #lock = new Mutex();
          async start() {
            return this.#lock.runExclusive(async () => {
              if (this.running) return;
              await this.db.connect();
              this.running = true;
            });
          }
          async stop() {
            this.running = false;
            await this.db.close();
          }
        }
      `,
      errors: [
        {
          messageId: 'oneSided',
          data: { held: 'start', lock: 'this.#lock', method: 'stop' },
          line: 11, column: 9, endLine: 11, endColumn: 13,
          suggestions: [
            {
              messageId: 'holdWhole',
              data: { lock: 'this.#lock', method: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';
                class Poller {
                  readonly #lock = new Mutex();
                  async start() {
                    return this.#lock.runExclusive(async () => {
                      if (this.running) return;
                      await this.db.connect();
                      this.running = true;
                    });
                  }
                  async stop() {
                    return this.#lock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    this.running = false;
                    await this.db.close();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'only stop holds it',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          readonly #lock = new Mutex();
          async start() {
            if (this.running) return;
            await this.db.connect();
            this.running = true;
          }
          async stop() {
            return this.#lock.runExclusive(async () => {
              this.running = false;
              await this.db.close();
            });
          }
        }
      `,
      errors: [
        {
          messageId: 'oneSided',
          data: { held: 'stop', lock: 'this.#lock', method: 'start' },
          line: 4, column: 9, endLine: 4, endColumn: 14,
          suggestions: [
            {
              messageId: 'holdWhole',
              data: { lock: 'this.#lock', method: 'start' },
              output: dedent`
                import { Mutex } from 'async-mutex';
                class Poller {
                  readonly #lock = new Mutex();
                  async start() {
                    return this.#lock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    if (this.running) return;
                    await this.db.connect();
                    this.running = true;
                  }
                  async stop() {
                    return this.#lock.runExclusive(async () => {
                      this.running = false;
                      await this.db.close();
                    });
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'by the letter, where calls cannot collide',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Registration {
          readonly #lock = new Mutex();
          async start() {
            await this.#lock.runExclusive(async () => {
              if (this.registered) return;
              this.registered = true;
              await register(this.name);
            });
          }
          async stop() {
            this.emit('stopping');
            await this.#lock.runExclusive(async () => {
              if (!this.registered) return;
              this.registered = false;
              await unregister(this.name);
            });
          }
        }
      `,
      options: [{ where: 'every-service' }],
      errors: [
        {
          messageId: 'work-before',
          data: { method: 'stop', lock: 'this.#lock', line: 12 },
          line: 11, column: 9, endLine: 11, endColumn: 13,
          suggestions: [
            {
              messageId: 'holdWhole',
              data: { lock: 'this.#lock', method: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';
                class Registration {
                  readonly #lock = new Mutex();
                  async start() {
                    await this.#lock.runExclusive(async () => {
                      if (this.registered) return;
                      this.registered = true;
                      await register(this.name);
                    });
                  }
                  async stop() {
                    await this.#lock.runExclusive(async () => {
                      this.emit('stopping');
                      if (!this.registered) return;
                      this.registered = false;
                      await unregister(this.name);
                    });
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
