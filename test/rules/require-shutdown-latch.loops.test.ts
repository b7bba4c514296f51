import dedent from 'dedent';
import rule from '../../rules/require-shutdown-latch.ts';
import { createRuleTester } from '../rule-tester.ts';

const EVERY = [{ report: 'every' }] as const;

createRuleTester().run('require-shutdown-latch', rule, {
  valid: [
    {
      name: 'every: set before the loop, and taken back behind it',
      code: dedent`
        let closing = false;
        async function close(sessions) {
          if (closing) return;
          closing = true;
          for (const session of sessions) await session.close();
          closing = false;
        }
        process.on('SIGINT', close);
        process.on('SIGTERM', close);
      `,
      options: EVERY,
    },
    {
      name: 'every: what a promise behind the back of the shutdown sets, may be set in time',
      code: dedent`
        let closing = false;
        async function begin() { closing = true; }
        async function close() {
          if (closing) return;
          void begin();
          await pool.end();
          await server.close();
        }
        process.on('SIGINT', close);
        process.on('SIGTERM', close);
      `,
      options: EVERY,
    },
    {
      name: 'every: a list that is emptied before anything is waited for',
      code: dedent`
        const sessions = [];
        async function close() {
          const open = sessions.splice(0);
          await Promise.all(Array.from(open, (session) => session.close()));
          process.exit(0);
        }
        process.on('SIGINT', close);
        process.on('SIGTERM', close);
      `,
      options: EVERY,
    },
    {
      name: 'every: a deadline round something that ends nothing',
      code: dedent`
        async function note() {
          await withTimeout(report('ending'), 500);
        }
        process.on('SIGINT', note);
        process.on('SIGTERM', note);
      `,
      options: EVERY,
    },
  ],
  invalid: [
    {
      name: 'set behind the loop',
      code: dedent`
        let closing = false;
        async function close() {
          if (closing) return;
          for (const session of sessions) await session.close();
          closing = true;
          process.exit(0);
        }
        process.on('SIGINT', close);
        process.on('SIGTERM', close);
      `,
      errors: [
        {
          messageId: 'lateLatch',
          data: { test: 3, work: 'session.close()', line: 4 },
          line: 5,
          column: 3,
          endLine: 5,
          endColumn: 17,
          suggestions: [
            {
              messageId: 'latch',
              output: dedent`
                let closing = false;
                async function close() {
                  if (closing) return;
                  closing = true;
                  for (const session of sessions) await session.close();
                  process.exit(0);
                }
                process.on('SIGINT', close);
                process.on('SIGTERM', close);
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'every: each of a list that is made from another, under a deadline',
      code: dedent`
        export function install(sessions) {
          const stopOne = async (session) => {
            await pTimeout(session.stop(), { milliseconds: 500 });
          };
          const shutdown = async () => {
            await Promise.all(Array.from(sessions.values(), stopOne));
            process.exit(0);
          };
          process.on('SIGINT', () => void shutdown());
          process.on('SIGTERM', () => void shutdown());
        }
      `,
      options: EVERY,
      errors: [
        {
          messageId: 'noLatch',
          data: { signals: 'SIGINT and then SIGTERM', wait: 3, work: 'session.stop()' },
          line: 10,
          column: 3,
          endLine: 10,
          endColumn: 47,
          suggestions: [
            {
              messageId: 'latch',
              output: dedent`
                export function install(sessions) {
                  const stopOne = async (session) => {
                    await pTimeout(session.stop(), { milliseconds: 500 });
                  };
                  let isShuttingDown = false;
                  const shutdown = async () => {
                    if (isShuttingDown) return;
                    isShuttingDown = true;
                    await Promise.all(Array.from(sessions.values(), stopOne));
                    process.exit(0);
                  };
                  process.on('SIGINT', () => void shutdown());
                  process.on('SIGTERM', () => void shutdown());
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'in reverse order, by a copy of the list',
      code: dedent`
        class Host {
          constructor(sessions) {
            this.sessions = sessions;
            process.on('SIGINT', () => void this.close());
            process.on('SIGTERM', () => void this.close());
          }
          async close() {
            for (const session of this.sessions.toReversed()) await session.close();
            process.exit(0);
          }
        }
      `,
      errors: [{ messageId: 'noLatch', data: { signals: 'SIGINT and then SIGTERM', wait: 8, work: 'session.close()' }, line: 5, column: 5, endLine: 5, endColumn: 51 }],
    },
  ],
});
