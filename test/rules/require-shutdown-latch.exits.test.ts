import dedent from 'dedent';
import rule from '../../rules/require-shutdown-latch.ts';
import { createRuleTester } from '../rule-tester.ts';

/** Shutdowns that are cut off, and those that only a class or a callback shows. */
createRuleTester().run('require-shutdown-latch: cut off', rule, {
  valid: [
    {
      name: 'an exit that a failure, a timer or a callback brings',
      code: dedent`
        const server = createServer();
        process.on('SIGTERM', () => {
          close().catch(() => process.exit(1));
          setTimeout(() => process.exit(1), 5_000);
          server.close(() => process.exit(0));
        });
        async function close() { await pool.end(); }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'an exit under a condition, which may be what somebody asked for',
      code: dedent`
        process.on('SIGTERM', () => {
          void close();
          if (process.env.FAST) process.exit(0);
        });
        async function close() { await pool.end(); }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'closing what may be closed at once',
      code: dedent`
        process.on('SIGINT', () => { db.close(); socket.disconnect(); process.exit(0); });
        process.on('SIGTERM', () => { db.close(); socket.disconnect(); process.exit(0); });
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a second signal that waits for the promise of the first',
      code: dedent`
        let closing;
        async function close() {
          if (closing) {
            await closing;
            return;
          }
          closing = server.close();
          await closing;
        }
        for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, async () => { await close(); process.exit(0); });
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'two handlers of one signal of which none ends the process, or one waits for nothing',
      code: dedent`
        process.on('SIGTERM', async () => { await server.close(); });
        process.on('SIGTERM', async () => { await pool.end(); });
        process.on('SIGHUP', () => { console.log('bye'); });
        process.on('SIGHUP', async () => { await pool.end(); process.exit(0); });
      `,
      options: [{ report: 'every' }],
    },
  ],
  invalid: [
    {
      name: '`process.exit()` behind a shutdown that nobody awaits',
      code: dedent`
        process.on('SIGTERM', () => {
          void close();
          process.exit(0);
        });
        async function close() {
          await server.close();
        }
      `,
      errors: [
        {
          messageId: 'exitsEarly',
          data: { work: 'close()', line: 2 },
          line: 3,
          column: 3,
          endLine: 3,
          endColumn: 18,
          suggestions: [
            {
              messageId: 'latch',
              output: dedent`
                process.on('SIGTERM', async () => {
                  await close();
                  process.exit(0);
                });
                async function close() {
                  await server.close();
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a latch inside the drain, which sends the second signal on to `process.exit()`',
      code: dedent`
        let closing = false;
        const close = async () => {
          if (closing) {
            return;
          }
          closing = true;
          await server.close();
        };
        const onSignal = () => {
          void close().finally(() => {
            process.exit(0);
          });
        };
        process.once('SIGINT', onSignal);
        process.once('SIGTERM', onSignal);
      `,
      errors: [
        {
          messageId: 'exitsSecond',
          data: { test: 3, wait: 7 },
          line: 11,
          column: 5,
          endLine: 11,
          endColumn: 20,
          suggestions: [
            {
              messageId: 'latch',
              output: dedent`
                let closing = false;
                const close = async () => {
                  if (closing) {
                    return;
                  }
                  closing = true;
                  await server.close();
                };
                let isShuttingDown = false;
                const onSignal = () => {
                  if (isShuttingDown) return;
                  isShuttingDown = true;
                  void close().finally(() => {
                    process.exit(0);
                  });
                };
                process.on('SIGINT', onSignal);
                process.on('SIGTERM', onSignal);
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'two places that handle one signal',
      code: dedent`
        process.on('SIGTERM', async () => {
          await server.close();
        });
        process.on('SIGTERM', async () => {
          await pool.end();
          process.exit(0);
        });
      `,
      errors: [
        {
          messageId: 'twoRegistries',
          data: { other: 1, line: 2, work: 'server.close()' },
          line: 4,
          column: 1,
          endLine: 7,
          endColumn: 3,
        },
      ],
    },
    {
      name: 'the server of the file, which is closed in one line and left in the next',
      code: dedent`
        const server = http.createServer(handle);
        process.on('SIGINT', () => {
          server.close();
          process.exit();
        });
      `,
      errors: [
        {
          messageId: 'exitsEarly',
          data: { work: 'server.close()', line: 3 },
          line: 4,
          column: 3,
          endLine: 4,
          endColumn: 17,
        },
      ],
    },
    {
      name: 'a flag that is cleared when the service stops',
      code: dedent`
        class Bot {
          #running = true;
          constructor() {
            process.on('SIGINT', () => void this.#end());
            process.on('SIGTERM', () => void this.#end());
          }
          async stop() {
            if (!this.#running) return;
            this.#running = false;
            await this.session.close();
          }
          async #end() {
            await this.stop();
            process.exit(0);
          }
        }
      `,
      errors: [
        {
          messageId: 'exitsSecond',
          data: { test: 8, wait: 10 },
          line: 14,
          column: 5,
          endLine: 14,
          endColumn: 20,
          suggestions: [
            {
              messageId: 'latch',
              output: dedent`
                class Bot {
                  #running = true;
                  #isShuttingDown = false;
                  constructor() {
                    process.on('SIGINT', () => void this.#end());
                    process.on('SIGTERM', () => void this.#end());
                  }
                  async stop() {
                    if (!this.#running) return;
                    this.#running = false;
                    await this.session.close();
                  }
                  async #end() {
                    if (this.#isShuttingDown) return;
                    this.#isShuttingDown = true;
                    await this.stop();
                    process.exit(0);
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a class whose handler chains its steps',
      code: dedent`
        class Broker {
          constructor() {
            this._closeFn = () => {
              this.stop()
                .catch((error) => this.logger.error(error))
                .then(() => process.exit(0));
            };
            process.on('SIGINT', this._closeFn);
            process.on('SIGTERM', this._closeFn);
          }
          stop() {
            return Promise.resolve()
              .then(() => this.transit.disconnect())
              .then(() => {
                if (this.cacher) return this.cacher.close();
              });
          }
        }
      `,
      errors: [
        {
          messageId: 'noLatch',
          data: { signals: 'SIGINT and then SIGTERM', wait: 13, work: 'this.transit.disconnect()' },
          line: 9,
          column: 5,
          endLine: 9,
          endColumn: 41,
        },
      ],
    },
    {
      name: 'steps in the callback of a server, in a handler that is made for each signal',
      code: dedent`
        const closer = (signal: string) => () => {
          server.close(async () => {
            await socket.close();
            await db.disconnect();
            process.exit(0);
          });
        };
        process.on('SIGINT', closer('SIGINT'));
        process.on('SIGTERM', closer('SIGTERM'));
      `,
      errors: [
        {
          messageId: 'noLatch',
          data: { signals: 'SIGINT and then SIGTERM', wait: 2, work: 'server.close(…)' },
          line: 9,
          column: 1,
          endLine: 9,
          endColumn: 41,
        },
      ],
    },
  ],
});
