import dedent from 'dedent';
import requireDrainTimeout from '../../rules/require-drain-timeout.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-drain-timeout', requireDrainTimeout, {
  valid: [
    {
      name: 'a deadline that rejects, under the lock',
      code: dedent`
        import { Mutex } from 'async-mutex';
        import pTimeout from 'p-timeout';

        class Poller {
          readonly #lock = new Mutex();
          async start() { return this.#lock.runExclusive(async () => { this.#task = this.#poll(); }); }
          async stop() { return this.#lock.runExclusive(async () => { await pTimeout(this.#task, { milliseconds: 10_000 }); }); }
          async #poll() { await this.next(); }
        }
      `,
    },
    {
      name: 'unknown: a wrapper from elsewhere',
      code: dedent`
        import { withDeadline } from './with-deadline';

        class Poller {
          start() { this.task = this.poll(); }
          async poll() { await this.next(); }
          async stop() { await withDeadline(this.task); }
        }
      `,
    },
    {
      name: 'unknown: a base that cannot be seen',
      code: dedent`
        class Poller extends Service {
          start() { this.timer = setInterval(() => this.poll(), 50); }
          async stop() { clearInterval(this.timer); await super.stop(); }
        }
      `,
    },
    {
      name: 'an adapter: it spawns nothing',
      code: dedent`
        class Tunnel {
          async start() { if (!this.listener) this.listener = await this.sdk.forward(this.options); }
          async stop() { await this.listener?.close(); this.listener = undefined; }
        }
      `,
    },
    {
      name: 'a delegate, and one that never awaits',
      code: dedent`
        class Facade {
          async start() { await this.inner.start(); }
          async stop() { await this.inner.stop(); }
        }
        class Ticker {
          start() { this.timer = setInterval(() => this.tick(), 50); }
          stop() { clearInterval(this.timer); }
        }
      `,
    },
    {
      name: 'nothing that can hang in what stop awaits',
      code: dedent`
        class Poller {
          start() { this.timer = setInterval(() => this.poll(), 50); }
          async stop() { clearInterval(this.timer); await this.#save(); await sleep(10); }
          async #save() { await this.store.put(this.state); }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'a bare task, with a comment beside it',
      code: dedent`
        class Poller {
          async start() { this.task = this.poll(); }
          async poll() { await this.next(); }
          async stop() {
            await this.task; // the last round
          }
        }
      `,
      errors: [
        {
          messageId: 'unbounded',
          data: { stop: 'stop', method: 'stop', waits: 'for `this.task` on line 5', lock: '' },
          line: 5,
          column: 5,
          endLine: 5,
          endColumn: 20,
          suggestions: [
            {
              messageId: 'addDeadline',
              output: dedent`
                import pTimeout, { TimeoutError } from 'p-timeout';

                class Poller {
                  static readonly #DRAIN_TIMEOUT_MS = 10_000;
                  #unrestartable = false;

                  async start() { if (this.#unrestartable) throw new Error('Poller: an earlier stop() timed out, create a new instance'); this.task = this.poll(); }
                  async poll() { await this.next(); }
                  async stop() {
                    try {
                      await pTimeout(Promise.resolve(this.task), { milliseconds: Poller.#DRAIN_TIMEOUT_MS }); // the last round
                    } catch (error) {
                      if (error instanceof TimeoutError) this.#unrestartable = true;
                      throw error;
                    }
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'several waits under the lock: one report, which names the lock',
      code: dedent`
        import { Mutex } from 'async-mutex';

        class Gateway {
          readonly #lock = new Mutex();

          async start() {
            return this.#lock.runExclusive(async () => {
              await this.#jobs.start();
            });
          }

          async stop() {
            return this.#lock.runExclusive(async () => {
              await this.#jobs.stop();
              await this.#mailer.stop();
              await this.#sms.stop();
            });
          }
        }
      `,
      errors: [
        {
          messageId: 'unbounded',
          data: { stop: 'stop', method: 'stop', waits: 'on lines 14, 15 and 16', lock: ', and no later `start()` gets the lock' },
          line: 14,
          column: 7,
          endLine: 14,
          endColumn: 30,
          suggestions: [
            {
              messageId: 'addDeadline',
              output: dedent`
                import { Mutex } from 'async-mutex';
                import pTimeout, { TimeoutError } from 'p-timeout';

                class Gateway {
                  static readonly #DRAIN_TIMEOUT_MS = 10_000;
                  readonly #lock = new Mutex();
                  #unrestartable = false;

                  async start() {
                    return this.#lock.runExclusive(async () => {
                      if (this.#unrestartable) throw new Error('Gateway: an earlier stop() timed out, create a new instance');
                      await this.#jobs.start();
                    });
                  }

                  async stop() {
                    return this.#lock.runExclusive(async () => {
                      try {
                        await pTimeout(Promise.resolve(this.#jobs.stop()), { milliseconds: Gateway.#DRAIN_TIMEOUT_MS });
                        await pTimeout(Promise.resolve(this.#mailer.stop()), { milliseconds: Gateway.#DRAIN_TIMEOUT_MS });
                        await pTimeout(Promise.resolve(this.#sms.stop()), { milliseconds: Gateway.#DRAIN_TIMEOUT_MS });
                      } catch (error) {
                        if (error instanceof TimeoutError) this.#unrestartable = true;
                        throw error;
                      }
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
      name: 'a loop that polls, in a helper that only stop calls',
      code: dedent`
        class Sweeper {
          start() { this.timer = setInterval(() => this.sweep(), 50); }
          async stop() {
            clearInterval(this.timer);
            await this.#idle();
          }
          async #idle() {
            while (this.sweeping) await sleep(10);
          }
        }
      `,
      errors: [
        {
          messageId: 'polls',
          data: { stop: 'stop', method: '#idle', waits: 'on line 8', lock: '' },
          line: 8,
          column: 5,
          endLine: 8,
          endColumn: 43,
        },
      ],
    },
    {
      name: 'the first wait decides the message, of others of its kind the lines are named',
      code: dedent`
        class Gateway {
          start() { this.server.listen(80); }
          async stop() {
            while (this.busy) await sleep(10);
            await Promise.race([this.a.stop(), sleep(5000)]);
            do { await sleep(10); } while (this.open > 0);
          }
        }
      `,
      errors: [
        {
          messageId: 'polls',
          data: { stop: 'stop', method: 'stop', waits: 'on lines 4 and 6', lock: '' },
          line: 4,
          column: 5,
          endLine: 4,
          endColumn: 39,
        },
      ],
    },
    {
      name: 'an anonymous class beside another, arrow functions, computed names',
      code: dedent`
        export const Fine = class {
          start() { this.task = this.poll(); }
          async poll() { await this.next(); }
          async stop() { await pTimeout(this.task, { milliseconds: 50 }); }
        };
        export default class {
          ['start'] = async () => { this.on = true; this.server.listen(80); };
          ['stop'] = async () => { for await (const line of this.log) this.print(line); };
        }
      `,
      errors: [
        {
          messageId: 'unbounded',
          data: { stop: 'stop', method: 'stop', waits: 'for `this.log` on line 8', lock: '' },
          line: 8,
          column: 28,
          endLine: 8,
          endColumn: 80,
        },
      ],
    },
    {
      name: 'an in-place runner: the wait for its loop',
      code: dedent`
        class Runner {
          async start() {
            this.running = true;
            this.ended = this.#loop();
            await this.ended;
          }
          async #loop() { while (this.running) await this.turn(); }
          async stop() {
            this.running = false;
            await this.ended;
          }
        }
      `,
      errors: [
        {
          messageId: 'unbounded',
          data: { stop: 'stop', method: 'stop', waits: 'for `this.ended` on line 10', lock: '' },
          line: 10,
          column: 5,
          endLine: 10,
          endColumn: 21,
          suggestions: [
            {
              messageId: 'addDeadline',
              output: dedent`
                import pTimeout, { TimeoutError } from 'p-timeout';

                class Runner {
                  static readonly #DRAIN_TIMEOUT_MS = 10_000;
                  #unrestartable = false;

                  async start() {
                    if (this.#unrestartable) throw new Error('Runner: an earlier stop() timed out, create a new instance');
                    this.running = true;
                    this.ended = this.#loop();
                    await this.ended;
                  }
                  async #loop() { while (this.running) await this.turn(); }
                  async stop() {
                    this.running = false;
                    try {
                      await pTimeout(Promise.resolve(this.ended), { milliseconds: Runner.#DRAIN_TIMEOUT_MS });
                    } catch (error) {
                      if (error instanceof TimeoutError) this.#unrestartable = true;
                      throw error;
                    }
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'hooks of a host',
      code: dedent`
        class Consumer {
          async onModuleInit() {
            await this.bus.connect();
            await this.bus.subscribe('orders', (order) => this.handle(order));
          }
          async onModuleDestroy() { await this.bus.close(); }
        }
      `,
      errors: [
        {
          messageId: 'unbounded',
          data: { stop: 'onModuleDestroy', method: 'onModuleDestroy', waits: 'for `this.bus.close()` on line 6', lock: '' },
          line: 6,
          column: 29,
          endLine: 6,
          endColumn: 51,
          suggestions: [
            {
              messageId: 'addDeadline',
              output: dedent`
                import pTimeout from 'p-timeout';

                class Consumer {
                  static readonly #DRAIN_TIMEOUT_MS = 10_000;

                  async onModuleInit() {
                    await this.bus.connect();
                    await this.bus.subscribe('orders', (order) => this.handle(order));
                  }
                  async onModuleDestroy() { await pTimeout(Promise.resolve(this.bus.close()), { milliseconds: Consumer.#DRAIN_TIMEOUT_MS }); }
                }
              `,
            },
          ],
        },
      ],
    },
  ],
});
