import dedent from 'dedent';
import rule from '../../rules/prefer-await-using.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('prefer-await-using', rule, {
  valid: [],
  invalid: [
    {
      name: 'strict: a script, a test, and a module',
      code: dedent`
        async function main() { const boss = new Boss(url); await boss.start(); await boss.send(job); await boss.stop(); }
        main().catch((error) => { console.error(error); process.exit(1); });
        it('sends', async () => { const boss = new Boss(url); await boss.start(); expect(await boss.send(job)).toBe(1); await boss.stop(); });
        for (const mode of modes) { const client = new Client(); await client.connect(mode); await client.list(); await client.close(); }
      `,
      options: [{ report: 'every' }],
      errors: [
        {
          messageId: 'skipped',
          data: { variable: 'boss', stop: 'boss.stop()', line: 1, fails: 1 },
          line: 1,
          column: 59,
          endLine: 1,
          endColumn: 71,
        },
        {
          messageId: 'skipped',
          data: { variable: 'boss', stop: 'boss.stop()', line: 3, fails: 3 },
          line: 3,
          column: 61,
          endLine: 3,
          endColumn: 73,
        },
        {
          messageId: 'skipped',
          data: { variable: 'client', stop: 'client.close()', line: 4, fails: 4 },
          line: 4,
          column: 64,
          endLine: 4,
          endColumn: 84,
        },
      ],
    },
    {
      name: 'strict: stops by hand in a finally, and one behind another',
      code: dedent`
        async function query() {
          let client;
          let pool: Pool | undefined;
          try {
            client = await connect();
            pool = new Pool();
            await client.ask(1);
          } finally {
            if (client !== undefined) {
              await client.close();
            }
            await pool?.end();
          }
        }
        async function both() {
          const bus = new Bus();
          const worker = new Worker();
          await bus.start();
          await worker.start();
          try {
            await worker.work();
          } finally {
            await worker.stop();
            await bus.stop();
          }
        }
      `,
      options: [{ report: 'every' }],
      errors: [
        {
          messageId: 'byHand',
          data: { variable: 'client' },
          line: 10,
          column: 13,
          endLine: 10,
          endColumn: 27,
          suggestions: [
            {
              messageId: 'stopAtEnd',
              output: dedent`
                async function query() {
                  const client = await connect();
                  try {
                    const pool = new Pool();
                    try {
                      await client.ask(1);
                    } finally {
                      await pool.end();
                    }
                  } finally {
                    await client.close();
                  }
                }
                async function both() {
                  const bus = new Bus();
                  const worker = new Worker();
                  await bus.start();
                  await worker.start();
                  try {
                    await worker.work();
                  } finally {
                    await worker.stop();
                    await bus.stop();
                  }
                }
              `,
            },
          ],
        },
        {
          messageId: 'byHand',
          data: { variable: 'pool' },
          line: 12,
          column: 11,
          endLine: 12,
          endColumn: 22,
          suggestions: [
            {
              messageId: 'stopAtEnd',
              output: dedent`
                async function query() {
                  const client = await connect();
                  try {
                    const pool = new Pool();
                    try {
                      await client.ask(1);
                    } finally {
                      await pool.end();
                    }
                  } finally {
                    await client.close();
                  }
                }
                async function both() {
                  const bus = new Bus();
                  const worker = new Worker();
                  await bus.start();
                  await worker.start();
                  try {
                    await worker.work();
                  } finally {
                    await worker.stop();
                    await bus.stop();
                  }
                }
              `,
            },
          ],
        },
        {
          messageId: 'lateTry',
          data: { variable: 'bus', stop: 'bus.stop()', line: 24, fails: 19 },
          line: 18,
          column: 9,
          endLine: 18,
          endColumn: 20,
          suggestions: [
            {
              messageId: 'stopAtEnd',
              output: dedent`
                async function query() {
                  let client;
                  let pool: Pool | undefined;
                  try {
                    client = await connect();
                    pool = new Pool();
                    await client.ask(1);
                  } finally {
                    if (client !== undefined) {
                      await client.close();
                    }
                    await pool?.end();
                  }
                }
                async function both() {
                  const bus = new Bus();
                  const worker = new Worker();
                  await bus.start();
                  try {
                    await worker.start();
                    try {
                      await worker.work();
                    } finally {
                      await worker.stop();
                    }
                  } finally {
                    await bus.stop();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'strict: one stop behind another',
      code: dedent`
        async function both() {
          const bus = new Bus();
          await bus.start();
          try {
            const worker = new Worker();
            await worker.start();
            try {
              await worker.work();
            } finally {
              await worker.stop();
              await bus.stop();
            }
          } finally {
            done();
          }
        }
      `,
      options: [{ report: 'every' }],
      errors: [
        {
          messageId: 'inTurn',
          data: { other: 'worker.stop()', fails: 10, stop: 'bus.stop()', variable: 'bus' },
          line: 11,
          column: 13,
          endLine: 11,
          endColumn: 23,
          suggestions: [
            {
              messageId: 'stopAtEnd',
              output: dedent`
                async function both() {
                  const bus = new Bus();
                  await bus.start();
                  try {
                    const worker = new Worker();
                    await worker.start();
                    try {
                      await worker.work();
                    } finally {
                      try {
                        await worker.stop();
                      } finally {
                        await bus.stop();
                      }
                    }
                  } finally {
                    done();
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
