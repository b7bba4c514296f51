import dedent from 'dedent';
import rule from '../../rules/require-shutdown-latch.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-shutdown-latch', rule, {
  valid: [
    {
      name: 'a flag that is tested and set first',
      code: dedent`
        let closing = false;
        async function shutdown() {
          if (closing) return;
          closing = true;
          await server.close();
          await pool.end();
          process.exit(0);
        }
        process.on('SIGINT', shutdown);
        process.on('SIGTERM', () => void shutdown());
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'the promise of the first run for whoever comes later',
      code: dedent`
        let done;
        const shutdown = () => (done ??= (async () => {
          await server.close();
          await pool.end();
        })());
        for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => shutdown().finally(() => process.exit(0)));
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a promise that is returned where there is one',
      code: dedent`
        let closing;
        async function close() {
          if (closing) return closing;
          closing = (async () => { await server.close(); await pool.end(); })();
          await closing;
        }
        process.on('SIGINT', async () => { await close(); process.exit(0); });
        process.on('SIGTERM', async () => { await close(); process.exit(0); });
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a promise that is awaited where there is one',
      code: dedent`
        let inProgress = null;
        const cleanup = async () => {
          if (inProgress) {
            await inProgress;
            return;
          }
          inProgress = closeAll();
          await inProgress;
        };
        async function closeAll() {
          for (const pool of pools.values()) await pool.end();
        }
        process.on('SIGINT', () => { cleanup().finally(() => process.exit(0)); });
        process.on('SIGTERM', () => { cleanup().finally(() => process.exit(0)); });
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a second signal that ends the process on purpose',
      code: dedent`
        let signals = 0;
        const onSignal = async () => {
          signals += 1;
          if (signals > 1) process.exit(1);
          await server.close();
          await pool.end();
        };
        process.on('SIGINT', onSignal);
        process.on('SIGTERM', onSignal);
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'an abort, a resolved promise and other things that are done at once',
      code: dedent`
        process.on('SIGINT', () => controller.abort());
        process.on('SIGTERM', () => controller.abort());
        process.once('SIGHUP', () => { stop.resolve(); });
        process.on('SIGQUIT', () => { console.log('bye'); child.kill('SIGTERM'); process.exit(0); });
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a server that is only told to close',
      code: dedent`
        const server = http.createServer(handle);
        process.on('SIGINT', () => { server.close(); });
        process.on('SIGTERM', () => { server.close(); });
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'one step in another file, which may bear a second call',
      code: dedent`
        const shutdown = async () => {
          await boss.stop();
          process.exit(0);
        };
        process.on('SIGINT', () => shutdown());
        process.on('SIGTERM', () => shutdown());
      `,
    },
    {
      name: 'nothing but one call of what is in another file',
      code: dedent`
        process.on('SIGINT', () => app.shutdown());
        process.on('SIGTERM', () => app.shutdown());
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'one signal, and another one that does something else',
      code: dedent`
        process.on('SIGINT', async () => { await server.close(); await pool.end(); });
        process.on('SIGHUP', async () => { await config.reload(); await server.restart(); });
      `,
      options: [{ report: 'every' }],
    },
  ],
  invalid: [
    {
      name: 'two steps, one after the other, without a latch',
      code: dedent`
        async function shutdown(signal: string) {
          console.log(signal);
          await server.close();
          await pool.end();
          process.exit(0);
        }
        process.on('SIGINT', shutdown);
        process.on('SIGTERM', shutdown);
      `,
      errors: [
        {
          messageId: 'noLatch',
          data: { signals: 'SIGINT and then SIGTERM', wait: 3, work: 'server.close()' },
          line: 8,
          column: 1,
          endLine: 8,
          endColumn: 32,
          suggestions: [
            {
              messageId: 'latch',
              output: dedent`
                let isShuttingDown = false;
                async function shutdown(signal: string) {
                  if (isShuttingDown) return;
                  isShuttingDown = true;
                  console.log(signal);
                  await server.close();
                  await pool.end();
                  process.exit(0);
                }
                process.on('SIGINT', shutdown);
                process.on('SIGTERM', shutdown);
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'one step in another file, where every shutdown is asked about',
      code: dedent`
        const shutdown = async () => {
          await boss.stop();
          process.exit(0);
        };
        process.on('SIGINT', () => shutdown());
        process.on('SIGTERM', () => shutdown());
      `,
      options: [{ report: 'every' }],
      errors: [
        {
          messageId: 'noLatch',
          data: { signals: 'SIGINT and then SIGTERM', wait: 2, work: 'boss.stop()' },
          line: 6,
          column: 1,
          endLine: 6,
          endColumn: 40,
          suggestions: [
            {
              messageId: 'latch',
              output: dedent`
                let isShuttingDown = false;
                const shutdown = async () => {
                  if (isShuttingDown) return;
                  isShuttingDown = true;
                  await boss.stop();
                  process.exit(0);
                };
                process.on('SIGINT', () => shutdown());
                process.on('SIGTERM', () => shutdown());
              `,
            },
          ],
        },
      ],
    },
    {
      name: '`once` for each signal',
      code: dedent`
        process.once('SIGINT', () => void shutdown());
        process.once('SIGTERM', () => void shutdown());

        const shutdown = async () => {
          for (const session of sessions) {
            await session.stop();
          }
          process.exit(0);
        };
      `,
      errors: [
        {
          messageId: 'perSignal',
          data: { signals: 'SIGINT and then SIGTERM', line: 6, work: 'session.stop()' },
          line: 2,
          column: 1,
          endLine: 2,
          endColumn: 47,
          suggestions: [
            {
              messageId: 'latch',
              output: dedent`
                let isShuttingDown = false;
                process.on('SIGINT', () => void shutdown());
                process.on('SIGTERM', () => void shutdown());

                const shutdown = async () => {
                  if (isShuttingDown) return;
                  isShuttingDown = true;
                  for (const session of sessions) {
                    await session.stop();
                  }
                  process.exit(0);
                };
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a flag that is set only after an await',
      code: dedent`
        let closing = false;
        process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
        async function onSignal() {
          if (closing) return;
          await log.flush();
          closing = true;
          await pool.end();
        }
      `,
      errors: [
        {
          messageId: 'lateLatch',
          data: { test: 4, line: 7, work: 'pool.end()' },
          line: 6,
          column: 3,
          endLine: 6,
          endColumn: 17,
          suggestions: [
            {
              messageId: 'latch',
              output: dedent`
                let closing = false;
                process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
                async function onSignal() {
                  if (closing) return;
                  closing = true;
                  await log.flush();
                  await pool.end();
                }
              `,
            },
          ],
        },
      ],
    },
  ],
});
