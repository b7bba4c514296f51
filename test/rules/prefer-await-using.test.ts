import dedent from 'dedent';
import rule from '../../rules/prefer-await-using.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('prefer-await-using', rule, {
  valid: [
    {
      name: 'await using, a stack, and a try right after the start',
      code: dedent`
        async function send(jobs) {
          await using boss = new Boss(url);
          await boss.start();
          await boss.send(jobs);
        }
        async function sendWithStack(jobs) {
          await using stack = new AsyncDisposableStack();
          const boss = stack.use(new Boss(url));
          await boss.start();
          await boss.send(jobs);
          await boss.stop();
        }
        async function sendInTry(jobs) {
          const boss = new Boss(url);
          boss.on('error', log);
          await boss.start();
          try { await boss.send(jobs); } finally { await boss.stop(); }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'returned, stored, passed on, pushed, registered',
      code: dedent`
        async function open() { const bus = new Bus(); await bus.start(); await bus.ping(); return bus; }
        async function keep() { const bus = new Bus(); this.bus = bus; await bus.start(); await bus.ping(); await bus.stop(); }
        async function pass() { const bus = new Bus(); await bus.start(); await serve(bus); await bus.stop(); }
        async function push() { const bus = new Bus(); all.push(bus); await bus.start(); await bus.ping(); await bus.stop(); }
        async function hook() { const bus = new Bus(); app.onClose(bus); await bus.start(); await bus.ping(); await bus.stop(); }
        async function options() { const bus = new Bus(); const config = { bus }; await bus.start(); await run(config); await bus.stop(); }
        async function after(t) { const bus = new Bus(); t.after(() => bus.stop()); await bus.start(); await bus.ping(); }
        async function bare(t) { const bus = new Bus(); t.after(bus.stop); await bus.start(); await bus.ping(); await bus.stop(); }
        async function widget() { const bus = new Bus(); await bus.start(); await bus.ping(); await bus.stop(); exported = bus; }
        export const bus = new Bus();
        await bus.start();
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'the life of a daemon, stopped by a signal',
      code: dedent`
        async function main() {
          const boss = new Boss(url);
          await boss.start();
          await boss.work('mail', send);
          process.on('SIGTERM', async () => { await boss.stop(); process.exit(0); });
        }
        async function serve() { const server = new Server(); await server.start(); await server.ready(); }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'nothing in between can fail: the stop right after the start, logs, a sleep, what is caught',
      code: dedent`
        async function warmUp() { const boss = new Boss(url); await boss.start(); await boss.stop(); }
        async function wait() { const boss = new Boss(url); await boss.start(); console.log('up'); await sleep(100); await new Promise((r) => setTimeout(r, 5)); await boss.stop(); }
        async function tolerant() {
          const boss = new Boss(url);
          await boss.start();
          try { await boss.send(job); } catch (error) { log(error); }
          await boss.send(job).catch(log);
          await Promise.allSettled(jobs.map((job) => boss.send(job)));
          await boss.stop();
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a script whose failure ends the process, and a test',
      code: dedent`
        async function main() { const boss = new Boss(url); await boss.start(); await boss.send(job); await boss.stop(); }
        main().catch((error) => { console.error(error); process.exit(1); });
        (async () => { const boss = new Boss(url); await boss.start(); await boss.send(job); await boss.stop(); })();
        it('sends', async () => { const boss = new Boss(url); await boss.start(); expect(await boss.send(job)).toBe(1); await boss.stop(); });
        async function guarded() {
          try { const boss = new Boss(url); await boss.start(); await boss.send(job); await boss.stop(); } catch { process.exit(1); }
        }
        for (const mode of modes) { const client = new Client(); await client.connect(mode); await client.list(); await client.close(); }
      `,
    },
    {
      name: 'a file of tests',
      filename: 'test/boss/helper.ts',
      code: 'export async function helper() { const boss = new Boss(url); await boss.start(); await boss.send(job); await boss.stop(); }',
    },
    {
      name: 'made by others, or not started here',
      code: dedent`
        async function borrowed(bus) { await bus.start(); await bus.ping(); await bus.stop(); }
        async function shared() { const bus = getBus(); await bus.start(); await bus.ping(); await bus.stop(); }
        async function listens() { const bus = new Bus(); await bus.listen(() => 1); await bus.ping(); await bus.stop(); }
        async function begins() { const bus = new Bus(); bus.start(); await bus.ping(); await bus.stop(); }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a let that is made before its try, or stopped without a question',
      code: dedent`
        async function once() { let bus = new Bus(); try { await bus.start(); } finally { if (bus) await bus.stop(); } }
        async function handed() { let bus; try { bus = new Bus(); all.push(bus); } finally { if (bus) await bus.stop(); } }
        async function other() { let bus; try { bus = new Bus(); } finally { if (ready) await bus.stop(); } }
        async function twice() { let bus; try { bus = new Bus(); bus = new Bus(); } finally { if (bus) await bus.stop(); } }
        async function field() { try { this.bus = new Bus(); } finally { if (this.bus) await this.bus.stop(); } }
      `,
      options: [{ report: 'every' }],
    },
  ],
  invalid: [
    {
      name: 'a stop that only success reaches',
      code: dedent`
        async function installSchema() {
          const boss = new PgBoss({ database });
          boss.on('error', console.error);
          await boss.start();

          for (const name of names) await boss.createQueue(name);
          await boss.stop({ graceful: false });
          return names;
        }
      `,
      errors: [
        {
          messageId: 'skipped',
          data: { variable: 'boss', stop: 'boss.stop(…)', line: 7, fails: 6 },
          line: 4,
          column: 9,
          endLine: 4,
          endColumn: 21,
          suggestions: [
            {
              messageId: 'stopAtEnd',
              output: dedent`
                async function installSchema() {
                  const boss = new PgBoss({ database });
                  boss.on('error', console.error);
                  await boss.start();

                  try {
                    for (const name of names) await boss.createQueue(name);
                  } finally {
                    await boss.stop({ graceful: false });
                  }
                  return names;
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a main whose error is only logged, so that what it started keeps the process alive',
      code: dedent`
        const main = async () => {
          const client = createClient();
          await client.connect();
          if (!(await client.ping())) return;
          await client.quit();
        };
        main().catch(console.error);
      `,
      errors: [
        {
          messageId: 'skipped',
          data: { variable: 'client', stop: 'client.quit()', line: 5, fails: 4 },
          line: 3,
          column: 9,
          endLine: 3,
          endColumn: 25,
          suggestions: [
            {
              messageId: 'stopAtEnd',
              output: dedent`
                const main = async () => {
                  const client = createClient();
                  await client.connect();
                  try {
                    if (!(await client.ping())) return;
                  } finally {
                    await client.quit();
                  }
                };
                main().catch(console.error);
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a return in a try whose errors are caught',
      code: dedent`
        class Jobs {
          async run() {
            const boss = new Boss();
            await boss.start();
            try { if (this.dry) return; work(); } catch (error) { log(error); }
            await boss.stop();
          }
        }
      `,
      errors: [
        {
          messageId: 'skipped',
          data: { variable: 'boss', stop: 'boss.stop()', line: 6, fails: 5 },
          line: 4,
          column: 11,
          endLine: 4,
          endColumn: 23,
          suggestions: [
            {
              messageId: 'stopAtEnd',
              output: dedent`
                class Jobs {
                  async run() {
                    const boss = new Boss();
                    await boss.start();
                    try {
                      try { if (this.dry) return; work(); } catch (error) { log(error); }
                    } finally {
                      await boss.stop();
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
      name: 'a try that begins too late',
      code: dedent`
        async function measure() {
          const boss = new Boss();
          await boss.start();
          await boss.createQueue(QUEUE);
          try {
            await boss.seed();
          } finally {
            await boss.stop();
          }
        }
      `,
      errors: [
        {
          messageId: 'lateTry',
          data: { variable: 'boss', stop: 'boss.stop()', line: 8, fails: 4 },
          line: 3,
          column: 9,
          endLine: 3,
          endColumn: 21,
          suggestions: [
            {
              messageId: 'stopAtEnd',
              output: dedent`
                async function measure() {
                  const boss = new Boss();
                  await boss.start();
                  try {
                    await boss.createQueue(QUEUE);
                    await boss.seed();
                  } finally {
                    await boss.stop();
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
