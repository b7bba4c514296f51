import dedent from 'dedent';
import rule from '../../rules/require-unrestartable-flag.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-unrestartable-flag', rule, {
  valid: [
    {
      name: 'only a timeout sets the flag, and start tests it first',
      code: dedent`
        import pTimeout, { TimeoutError } from 'p-timeout';
        class Poller {
          #unrestartable = false;
          async start() {
            if (this.#unrestartable) throw new Error('create a new instance');
            if (this.#loop) return;
            this.#loop = this.#poll();
          }
          async stop() {
            try {
              await pTimeout(this.#loop, { milliseconds: 10_000 });
            } catch (error) {
              if (error instanceof TimeoutError) this.#unrestartable = true;
              throw error;
            } finally {
              this.#loop = undefined;
            }
          }
          async #poll() {
            while (!this.aborted) await tick();
          }
        }
      `,
    },
    {
      name: 'the class can be started only once',
      code: dedent`
        import pTimeout from 'p-timeout';
        class Poller {
          #closed = false;
          async start() {
            if (this.#closed) throw new Error('closed');
            this.#loop = this.#poll();
          }
          async stop() {
            this.#closed = true;
            await pTimeout(this.#loop, { milliseconds: 10_000 });
          }
          async #poll() {
            while (!this.#closed) await tick();
          }
        }
      `,
    },
    {
      name: 'nothing has a deadline: that is for require-drain-timeout',
      code: dedent`
        class Poller {
          async start() { this.task = this.poll(); }
          async stop() { await this.task; }
          async poll() { while (!this.aborted) await tick(); }
        }
      `,
    },
    {
      name: 'a connection has no work that could go on',
      code: dedent`
        import pTimeout from 'p-timeout';
        class Tunnel {
          async connect() {
            this.session = await dial();
          }
          async disconnect() {
            const session = this.session;
            this.session = undefined;
            await pTimeout(session.close(), { milliseconds: 1_000 });
          }
        }
      `,
    },
    {
      name: 'a framework calls the hooks once',
      code: dedent`
        import pTimeout from 'p-timeout';
        class Jobs {
          async onModuleInit() {
            this.loop = this.work();
          }
          async onModuleDestroy() {
            await pTimeout(this.loop, { milliseconds: 1_000 });
          }
          async work() {
            while (!this.aborted) await tick();
          }
        }
      `,
    },
    {
      name: 'a second start beside what hangs is accepted',
      code: dedent`
        import pTimeout from 'p-timeout';
        class Poller {
          async start() { this.task = this.poll(); }
          async stop() { await pTimeout(this.task, { milliseconds: 10 }); }
          async poll() { while (!this.aborted) await tick(); }
        }
      `,
      options: [{ restart: 'always' }],
    },
    {
      name: 'no start succeeds after any stop',
      code: dedent`
        class Poller {
          async start() {
            if (this.closed) throw new Error('closed');
            this.task = this.poll();
          }
          async stop() {
            this.closed = true;
            await this.task;
          }
          async poll() { while (!this.closed) await tick(); }
        }
      `,
      options: [{ restart: 'never' }],
    },
    {
      name: 'whether a start succeeds cannot be told',
      code: dedent`
        class Poller {
          async start() {
            if (this.phase.isOver()) throw new Error('closed');
            this.task = this.poll();
          }
          async stop() {
            this.phase.end();
            await this.task;
          }
          async poll() { while (!this.phase.isOver()) await tick(); }
        }
      `,
      options: [{ restart: 'never' }],
    },
  ],
  invalid: [
    {
      name: 'a deadline and no flag',
      code: dedent`
        import pTimeout from 'p-timeout';
        class Poller {
          #loop;
          async start() {
            this.#loop ??= this.#poll();
          }
          async stop() {
            const loop = this.#loop;
            this.#loop = undefined;
            await pTimeout(loop, { milliseconds: 10_000 });
          }
          async #poll() {
            while (!this.aborted) await tick();
          }
        }
      `,
      errors: [
        {
          messageId: 'noFlag',
          data: { service: 'Poller', start: 'start', stop: 'stop', startLine: '4' },
          line: 10, column: 5, endLine: 10, endColumn: 51,
          suggestions: [
            {
              messageId: 'addFlag',
              data: { start: 'start' },
              output: dedent`
                import pTimeout, { TimeoutError } from 'p-timeout';
                class Poller {
                  #loop;
                  #unrestartable = false;
                  async start() {
                    if (this.#unrestartable) throw new Error('Poller: an earlier stop() timed out, create a new instance');
                    this.#loop ??= this.#poll();
                  }
                  async stop() {
                    const loop = this.#loop;
                    this.#loop = undefined;
                    try {
                      await pTimeout(loop, { milliseconds: 10_000 });
                    } catch (error) {
                      if (error instanceof TimeoutError) this.#unrestartable = true;
                      throw error;
                    }
                  }
                  async #poll() {
                    while (!this.aborted) await tick();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'the timeout is logged, and that is all',
      code: dedent`
        import pTimeout from 'p-timeout';
        class Poller {
          async start() {
            this.loop ??= this.poll();
          }
          async close() {
            await pTimeout(this.loop, { milliseconds: 10_000 }).catch((error) => this.logger.warn(error));
            this.loop = undefined;
          }
          async poll() {
            while (!this.aborted) await tick();
          }
        }
      `,
      errors: [
        {
          messageId: 'swallowed',
          data: { service: 'Poller', start: 'start', stop: 'close' },
          line: 7, column: 63, endLine: 7, endColumn: 97,
        },
      ],
    },
    {
      name: 'a clock ends the wait, and nobody looks',
      code: dedent`
        class Jobs {
          async start() {
            this.stopped = false;
            this.loop = this.work();
          }
          async stop() {
            this.stopped = true;
            const end = Date.now() + 30_000;
            while (Date.now() < end && this.pending > 0) {
              await delay(500);
            }
          }
          async work() {
            while (!this.stopped) await tick();
          }
        }
      `,
      errors: [
        {
          messageId: 'noFlag',
          data: { service: 'Jobs', start: 'start', stop: 'stop', startLine: '2' },
          line: 9, column: 5, endLine: 11, endColumn: 6,
        },
      ],
    },
    {
      name: 'no start may succeed after any stop',
      code: dedent`
        class Poller {
          async start() {
            if (this.running) return;
            this.running = true;
            this.task = this.poll();
          }
          async stop() {
            this.running = false;
            await this.task;
          }
          async poll() { while (this.running) await tick(); }
        }
      `,
      options: [{ restart: 'never' }],
      errors: [
        {
          messageId: 'restartable',
          data: { service: 'Poller', start: 'start', stop: 'stop' },
          line: 2, column: 9, endLine: 2, endColumn: 14,
        },
      ],
    },
  ],
});
