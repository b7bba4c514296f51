import dedent from 'dedent';

import rule from '../../rules/no-lock-across-run-loop.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-lock-across-run-loop', rule, {
  valid: [
    {
      name: 'held for the change of state only',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class ContinuousMode {
          readonly #lock = new Mutex();
          async run() {
            await this.#lock.runExclusive(async () => {
              if (this.running) throw new Error('already running');
              this.running = true;
            });
            while (this.running) await this.turn();
          }
          async stop() {
            return this.#lock.runExclusive(async () => {
              this.running = false;
            });
          }
        }
      `,
    },
    {
      name: 'the promise of the loop in a box',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Runner {
          readonly #lock = new Mutex();
          async run() {
            await this.#lock.runExclusive(async () => {
              this.running = true;
            });
            while (this.running) await this.turn();
          }
          async stop() {
            const { settled } = await this.#lock.runExclusive(async () => {
              this.running = false;
              return { settled: this.done };
            });
            await settled;
          }
        }
      `,
    },
    {
      name: 'the loop goes on behind the back of start',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          readonly #lock = new Mutex();
          async start() {
            return this.#lock.runExclusive(async () => {
              this.running = true;
              this.task = this.loop();
            });
          }
          async stop() {
            return this.#lock.runExclusive(async () => {
              this.running = false;
              await this.task;
            });
          }
          async loop() {
            while (this.running) await this.turn();
          }
        }
      `,
    },
    {
      name: 'a loop over a list ends by itself',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class App {
          readonly #lock = new Mutex();
          async start() {
            return this.#lock.runExclusive(async () => {
              for (const part of this.parts) await part.start();
            });
          }
          async stop() {
            return this.#lock.runExclusive(async () => {
              for (const part of this.parts.toReversed()) await part.stop();
            });
          }
        }
      `,
    },
    {
      name: 'no lock at all',
      code: dedent`
        class Runner {
          async run() {
            this.running = true;
            while (this.running) await this.turn();
          }
          async stop() {
            this.running = false;
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'the lock is held over the loop',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class ContinuousMode {
          readonly #lock = new Mutex();
          async run() {
            return this.#lock.runExclusive(async () => {
              this.running = true;
              while (this.running) await this.turn();
            });
          }
          async stop() {
            return this.#lock.runExclusive(async () => {
              this.running = false;
            });
          }
        }
      `,
      errors: [
        {
          messageId: 'overLoop',
          data: { method: 'run', lock: 'this.#lock', line: 5, stop: 'stop' },
          line: 5, column: 12, endLine: 8, endColumn: 7,
          suggestions: [
            {
              messageId: 'narrowHold',
              data: { lock: 'this.#lock' },
              output: dedent`
                import { Mutex } from 'async-mutex';
                class ContinuousMode {
                  readonly #lock = new Mutex();
                  async run() {
                    await this.#lock.runExclusive(() => {
                      this.running = true;
                    });
                    while (this.running) await this.turn();
                  }
                  async stop() {
                    return this.#lock.runExclusive(async () => {
                      this.running = false;
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
      name: 'the loop is in a helper and ends by a signal',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class ContinuousMode {
          readonly #lock = new Mutex();
          async start() {
            const release = await this.#lock.acquire();
            try {
              this.#abort = new AbortController();
              await this.#loop(this.#abort.signal);
            } finally {
              release();
            }
          }
          async stop() {
            const release = await this.#lock.acquire();
            try {
              this.#abort?.abort();
            } finally {
              release();
            }
          }
          async #loop(signal) {
            while (!signal.aborted) await this.turn();
          }
        }
      `,
      errors: [
        {
          messageId: 'overLoop',
          data: { method: 'start', lock: 'this.#lock', line: 5, stop: 'stop' },
          line: 5, column: 27, endLine: 5, endColumn: 47,
        },
      ],
    },
    {
      name: 'a guard at the top of an endless method',
      code: dedent`
        class Runner {
          readonly #lock = new Mutex();
          #stopped = false;
          async run() {
            using _held = await hold(this.#lock);
            for (;;) {
              if (this.#stopped) return;
              await this.turn();
            }
          }
          async stop() {
            using _held = await hold(this.#lock);
            this.#stopped = true;
          }
        }
      `,
      errors: [
        {
          messageId: 'overLoop',
          data: { method: 'run', lock: 'this.#lock', line: 5, stop: 'stop' },
          line: 5, column: 25, endLine: 5, endColumn: 41,
        },
      ],
    },
    {
      name: 'a loop that counts, and is ended by a signal',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Agent {
          readonly #lock = new Mutex();
          async start() {
            const abort = new AbortController();
            this.abort = abort;
            await this.#lock.runExclusive(async () => {
              for (let turn = 1; !abort.signal.aborted; turn++) await this.turn(turn);
            });
          }
          async stop() {
            await this.#lock.runExclusive(async () => {
              this.abort.abort();
            });
          }
        }
      `,
      errors: [
        {
          messageId: 'overLoop',
          data: { method: 'start', lock: 'this.#lock', line: 7, stop: 'stop' },
          line: 7, column: 11, endLine: 9, endColumn: 7,
        },
      ],
    },
    {
      name: 'stop waits under the lock for an end that needs the lock',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Runner {
          readonly #lock = new Mutex();
          async run() {
            let finished;
            await this.#lock.runExclusive(async () => {
              this.running = true;
              this.done = new Promise((resolve) => {
                finished = resolve;
              });
            });
            while (this.running) await this.turn();
            await this.#lock.runExclusive(() => this.report());
            finished();
          }
          async stop() {
            await this.#lock.runExclusive(async () => {
              this.running = false;
              return this.done;
            });
          }
        }
      `,
      errors: [
        {
          messageId: 'doneUnderLock',
          data: { method: 'stop', lock: 'this.#lock', line: 17 },
          line: 17, column: 11, endLine: 20, endColumn: 7,
        },
      ],
    },
  ],
});
