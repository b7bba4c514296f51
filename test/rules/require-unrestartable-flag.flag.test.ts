import dedent from 'dedent';
import rule from '../../rules/require-unrestartable-flag.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-unrestartable-flag: a flag that falls short', rule, {
  valid: [],
  invalid: [
    {
      name: 'start does not look at the flag',
      code: dedent`
        import pTimeout, { TimeoutError } from 'p-timeout';
        class Poller {
          hung = false;
          async start() {
            this.loop = this.poll();
          }
          async stop() {
            try {
              await pTimeout(this.loop, { milliseconds: 10_000 });
            } catch (error) {
              if (error instanceof TimeoutError) this.hung = true;
              throw error;
            }
          }
          async poll() {
            while (!this.aborted) await tick();
          }
        }
      `,
      errors: [
        {
          messageId: 'untested',
          data: { flag: 'this.hung', start: 'start', stop: 'stop', startLine: '4' },
          line: 11, column: 42, endLine: 11, endColumn: 58,
          suggestions: [
            {
              messageId: 'addFlag',
              data: { start: 'start' },
              output: dedent`
                import pTimeout, { TimeoutError } from 'p-timeout';
                class Poller {
                  hung = false;
                  async start() {
                    if (this.hung) throw new Error('Poller: an earlier stop() timed out, create a new instance');
                    this.loop = this.poll();
                  }
                  async stop() {
                    try {
                      await pTimeout(this.loop, { milliseconds: 10_000 });
                    } catch (error) {
                      if (error instanceof TimeoutError) this.hung = true;
                      throw error;
                    }
                  }
                  async poll() {
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
      name: 'start looks at the flag before it has the lock',
      code: dedent`
        import { Mutex } from 'async-mutex';
        import pTimeout, { TimeoutError } from 'p-timeout';
        class Poller {
          #lock = new Mutex();
          #hung = false;
          async start() {
            if (this.#hung) throw new Error('no');
            return this.#lock.runExclusive(async () => {
              this.#loop = this.#poll();
            });
          }
          async stop() {
            return this.#lock.runExclusive(async () => {
              try {
                await pTimeout(this.#loop, { milliseconds: 10_000 });
              } catch (error) {
                if (error instanceof TimeoutError) this.#hung = true;
                throw error;
              }
            });
          }
          async #poll() {
            while (!this.aborted) await tick();
          }
        }
      `,
      errors: [
        {
          messageId: 'testedLate',
          data: { flag: 'this.#hung', start: 'start', stop: 'stop' },
          line: 7, column: 9, endLine: 7, endColumn: 19,
        },
      ],
    },
    {
      name: 'an error of the loop sets the flag, too',
      code: dedent`
        import pTimeout, { TimeoutError } from 'p-timeout';
        class Poller {
          #broken = false;
          async start() {
            if (this.#broken) throw new Error('broken');
            this.#loop = this.#poll();
          }
          async stop() {
            try {
              await pTimeout(this.#loop, { milliseconds: 10_000 });
            } catch (error) {
              this.#broken = true;
              throw error;
            }
          }
          async #poll() {
            while (!this.aborted) await tick();
          }
        }
      `,
      errors: [
        {
          messageId: 'setAlways',
          data: { flag: 'this.#broken', service: 'Poller' },
          line: 12, column: 7, endLine: 12, endColumn: 26,
          suggestions: [
            {
              messageId: 'addFlag',
              data: { start: 'start' },
              output: dedent`
                import pTimeout, { TimeoutError } from 'p-timeout';
                class Poller {
                  #broken = false;
                  async start() {
                    if (this.#broken) throw new Error('broken');
                    this.#loop = this.#poll();
                  }
                  async stop() {
                    try {
                      await pTimeout(this.#loop, { milliseconds: 10_000 });
                    } catch (error) {
                      if (error instanceof TimeoutError) this.#broken = true;
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
      name: 'stop itself takes the flag back',
      code: dedent`
        import pTimeout, { TimeoutError } from 'p-timeout';
        class Poller {
          #hung = false;
          async start() {
            if (this.#hung) throw new Error('hung');
            this.#loop = this.#poll();
          }
          async stop() {
            try {
              await pTimeout(this.#loop, { milliseconds: 10_000 });
            } catch (error) {
              if (error instanceof TimeoutError) this.#hung = true;
              throw error;
            } finally {
              this.#hung = false;
            }
          }
          async #poll() {
            while (!this.aborted) await tick();
          }
        }
      `,
      errors: [
        {
          messageId: 'cleared',
          data: { flag: 'this.#hung', service: 'Poller', start: 'start', stop: 'stop' },
          line: 15, column: 7, endLine: 15, endColumn: 25,
        },
      ],
    },
  ],
});
