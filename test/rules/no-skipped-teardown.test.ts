import dedent from 'dedent';
import noSkippedTeardown from '../../rules/no-skipped-teardown.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-skipped-teardown', noSkippedTeardown, {
  valid: [
    {
      name: 'one step',
      code: dedent`
        class Tunnel {
          async start() { if (this.listener) return; this.listener = await forward(); }
          async stop() { await this.listener.close(); this.listener = undefined; }
        }
      `,
    },
    {
      name: 'what cannot fail stands first',
      code: dedent`
        class Poller {
          async start() { this.timer = setInterval(poll, 50); this.server = await listen(); }
          async stop() {
            clearInterval(this.timer);
            this.abort.abort();
            this.removeAllListeners();
            await this.server.close();
          }
        }
      `,
    },
    {
      name: 'each in a try of its own',
      code: dedent`
        class Pair {
          async start() { this.a = await open(); this.b = await open(); }
          async stop() {
            try { await this.a.close(); } catch (error) { log.error(error); }
            try { await this.b.close(); } catch (error) { log.error(error); }
            this.a = undefined;
          }
        }
      `,
    },
    {
      name: 'a try round the body of the loop',
      code: dedent`
        class Pool {
          async start() { this.all.push(await open()); }
          async stop() {
            for (const one of this.all) { try { await one.close(); } catch (error) { log.error(error); } }
            clearInterval(this.timer);
          }
        }
      `,
    },
    {
      name: 'nested try and finally, through a helper',
      code: dedent`
        class Pair {
          async start() { this.a = await open(); this.b = await open(); }
          async stop() { try { await this.#stopFirst(); } finally { await this.b.close(); } }
          async #stopFirst() { try { await this.a.flush(); } finally { await this.a.close(); } }
        }
      `,
    },
    {
      name: 'all settled, all at once, or by way of a list of promises',
      code: dedent`
        class Pair {
          async start() { this.a = await open(); this.b = await open(); }
          async stop() {
            const waits = [this.a.flush(), this.b.flush()];
            await Promise.allSettled(waits);
            await Promise.allSettled(this.others.map(async (other) => { await other.close(); }));
            await Promise.all([this.a.close(), this.b.close()]);
          }
        }
      `,
    },
    {
      name: 'a catch on the promise',
      code: dedent`
        class Worker {
          async start() { this.a = await open(); this.b = await open(); }
          async stop() {
            this.socket?.close();
            this.socket = undefined;
            await this.a?.close().catch((error) => { this.debug(error); });
            await this.b?.close()?.catch((error) => { this.debug(error); });
            left();
          }
        }
      `,
    },
    {
      name: 'failures that are kept and thrown at the end',
      code: dedent`
        class Pair {
          async start() { this.a = await open(); this.b = await open(); }
          async stop() {
            const failures = [];
            try { await this.a.close(); } catch (error) { failures.push(error); }
            try { await this.b.close(); } catch (error) { failures.push(error); }
            if (failures.length > 0) throw new AggregateError(failures);
          }
        }
      `,
      options: [{ steps: 'awaited' }],
    },
    {
      name: 'waits that cannot fail: a sleep, a lock, a promise that is only resolved, a task with a catch',
      code: dedent`
        class Poller {
          async start() {
            this.done = new Promise((resolve) => { this.finish = resolve; });
            this.task = this.poll().catch((error) => { log.error(error); });
            this.server = await listen();
          }
          async stop() {
            const release = await this.mutex.acquire();
            while (this.busy) await delay(10);
            await this.done;
            await this.task;
            await new Promise((resolve) => { setTimeout(resolve, 10); });
            await this.server.close();
            release();
          }
        }
      `,
    },
    {
      name: 'the start that is still under way, whose failure is its own',
      code: dedent`
        class Client {
          async start() { this.starting = open(); this.socket = await this.starting; }
          async stop() { await this.starting; await this.socket.close(); }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'one step after the other',
      code: dedent`
        class Pair {
          async start() { this.a = await open(); this.b = await open(); }
          async stop() {
            await this.a.close();
            await this.b?.close();
          }
        }
      `,
      errors: [
        {
          messageId: 'skipped',
          data: { service: 'Pair', step: 'a.close', line: 4, method: 'stop', skipped: '`b.close` (line 5)' },
          line: 4, column: 11, endLine: 4, endColumn: 25,
          suggestions: [
            {
              messageId: 'isolate',
              output: dedent`
                class Pair {
                  async start() { this.a = await open(); this.b = await open(); }
                  async stop() {
                    const failures: unknown[] = [];
                    try {
                      await this.a.close();
                    } catch (error) {
                      console.error('teardown step failed: a.close', error);
                      failures.push(error);
                    }
                    try {
                      await this.b?.close();
                    } catch (error) {
                      console.error('teardown step failed: b.close', error);
                      failures.push(error);
                    }
                    if (failures.length === 1) throw failures[0];
                    if (failures.length > 1) throw new AggregateError(failures, \`Pair: \${failures.length} teardown steps failed\`);
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'timers, listeners, children and aborts after the first await',
      code: dedent`
        class Poller {
          async start() { this.timer = setInterval(poll, 50); this.server = await listen(); }
          async close() { await this.server.close(); clearInterval(this.timer); process.removeListener('SIGTERM', this.onExit); this.abort.abort(); this.child.kill(); }
        }
      `,
      errors: [
        {
          messageId: 'skipped',
          data: { service: 'Poller', step: 'server.close', line: 3, method: 'close', skipped: '`clearInterval(timer)` (line 3), `process.removeListener` (line 3), `abort.abort` (line 3) and 1 more' },
          line: 3, column: 25, endLine: 3, endColumn: 44,
          suggestions: [
            {
              messageId: 'isolate',
              output: dedent`
                class Poller {
                  async start() { this.timer = setInterval(poll, 50); this.server = await listen(); }
                  async close() {
                    const failures: unknown[] = [];
                    try {
                      await this.server.close();
                    } catch (error) {
                      console.error('teardown step failed: server.close', error);
                      failures.push(error);
                    } clearInterval(this.timer); process.removeListener('SIGTERM', this.onExit); this.abort.abort();
                    try {
                      this.child.kill();
                    } catch (error) {
                      console.error('teardown step failed: child.kill', error);
                      failures.push(error);
                    }
                    if (failures.length === 1) throw failures[0];
                    if (failures.length > 1) throw new AggregateError(failures, \`Poller: \${failures.length} teardown steps failed\`);
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a loop without a try in it',
      code: dedent`
        class Pool {
          async start() { this.all.push(await open()); }
          async stop() {
            for (const one of this.all) await one.close();
          }
        }
      `,
      errors: [
        {
          messageId: 'skipped',
          data: { service: 'Pool', step: 'all.close', line: 4, method: 'stop', skipped: 'the other rounds of its loop' },
          line: 4, column: 39, endLine: 4, endColumn: 50,
          suggestions: [
            {
              messageId: 'isolate',
              output: dedent`
                class Pool {
                  async start() { this.all.push(await open()); }
                  async stop() {
                    const failures: unknown[] = [];
                    for (const one of this.all) {
                      try {
                        await one.close();
                      } catch (error) {
                        console.error('teardown step failed: all.close', error);
                        failures.push(error);
                      }
                    }
                    if (failures.length === 1) throw failures[0];
                    if (failures.length > 1) throw new AggregateError(failures, \`Pool: \${failures.length} teardown steps failed\`);
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'one try round all steps, whatever its handler does',
      code: dedent`
        class Pair {
          async start() { this.a = await open(); this.b = await open(); }
          async stop() {
            try {
              await this.a.close();
              await this.b.close();
            } catch (error) {
              log.error(error);
            }
          }
        }
      `,
      errors: [
        {
          messageId: 'skipped',
          data: { service: 'Pair', step: 'a.close', line: 5, method: 'stop', skipped: '`b.close` (line 6)' },
          line: 5, column: 13, endLine: 5, endColumn: 27,
          suggestions: [
            {
              messageId: 'isolate',
              output: dedent`
                class Pair {
                  async start() { this.a = await open(); this.b = await open(); }
                  async stop() {
                    try {
                      const failures: unknown[] = [];
                      try {
                        await this.a.close();
                      } catch (error) {
                        console.error('teardown step failed: a.close', error);
                        failures.push(error);
                      }
                      try {
                        await this.b.close();
                      } catch (error) {
                        console.error('teardown step failed: b.close', error);
                        failures.push(error);
                      }
                      if (failures.length === 1) throw failures[0];
                      if (failures.length > 1) throw new AggregateError(failures, \`Pair: \${failures.length} teardown steps failed\`);
                    } catch (error) {
                      log.error(error);
                    }
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
