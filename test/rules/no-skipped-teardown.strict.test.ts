import dedent from 'dedent';
import noSkippedTeardown from '../../rules/no-skipped-teardown.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-skipped-teardown', noSkippedTeardown, {
  valid: [
    {
      name: 'a handler in the half under the lock that keeps what it throws at the end',
      code: dedent`
        class Tunnel {
          async start() { this.listener = await forward(); this.relay = await forward(); }
          async stop(signal) { return this.lock.runExclusive(() => this.stopLocked(signal)); }
          async stopLocked(signal) {
            const failures = [];
            try { await this.listener.close(signal); } catch (error) { log.error(error); failures.push(error); }
            try { await this.relay.close(); } catch (error) { log.error(error); failures.push(error); }
            if (failures.length > 0) throw failures[0];
          }
        }
      `,
      options: [{ steps: 'awaited' }],
    },
    {
      name: 'an awaited step that releases nothing, by default',
      code: dedent`
        class Poller {
          async start() { this.session = await open(); }
          async stop() { await this.session.close(); await this.report(); }
          async report() { await post(this.count); }
        }
      `,
    },
    {
      name: 'a handler that logs every error of a step which was given the signal of the caller, by default',
      code: dedent`
        class Tunnel {
          async start() { this.listener = await forward(); }
          async stop(options: AbortOptions) {
            try { await this.listener.close({ signal: options.signal }); } catch (error) { log.error(error); }
          }
        }
      `,
    },
    {
      name: 'a handler that throws the cancellation again, keeps it for later, or asks the signal',
      code: dedent`
        class First {
          async start() { this.listener = await forward(); }
          async stop(signal) {
            try { await this.listener.close({ signal }); } catch (error) { if (error.name === 'AbortError') throw error; log.error(error); }
          }
        }
        class Second {
          async start() { this.listener = await forward(); }
          async stop(signal) {
            const failures = [];
            try { await this.listener.close({ signal }); } catch (error) { failures.push(error); }
            if (failures.length > 0) throw failures[0];
          }
        }
        class Third {
          async start() { this.listener = await forward(); }
          async stop(signal) {
            try { await this.listener.close({ signal }); } catch (error) { log.error(error); }
            signal.throwIfAborted();
          }
        }
      `,
      options: [{ steps: 'awaited' }],
    },
  ],
  invalid: [
    {
      name: 'an awaited step that releases nothing',
      code: dedent`
        class Poller {
          async start() { this.session = await open(); }
          async stop() { await this.session.close(); await this.report(); }
          async report() { await post(this.count); }
        }
      `,
      options: [{ steps: 'awaited' }],
      errors: [
        {
          messageId: 'skipped',
          data: { service: 'Poller', step: 'session.close', line: 3, method: 'stop', skipped: '`post(count)` (line 4)' },
          line: 3, column: 24, endLine: 3, endColumn: 44,
          suggestions: [
            {
              messageId: 'isolate',
              output: dedent`
                class Poller {
                  async start() { this.session = await open(); }
                  async stop() {
                    const failures: unknown[] = [];
                    try {
                      await this.session.close();
                    } catch (error) {
                      console.error('teardown step failed: session.close', error);
                      failures.push(error);
                    }
                    try {
                      await this.report();
                    } catch (error) {
                      console.error('teardown step failed: report', error);
                      failures.push(error);
                    }
                    if (failures.length === 1) throw failures[0];
                    if (failures.length > 1) throw new AggregateError(failures, \`Poller: \${failures.length} teardown steps failed\`);
                  }
                  async report() { await post(this.count); }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a synchronous stop before one other',
      code: dedent`
        class Pair {
          async start() { await open(); }
          async stop() { this.endpoint.stop(); this.pool.stop(); await this.mutex.acquire(); }
        }
      `,
      options: [{ steps: 'awaited' }],
      errors: [
        {
          messageId: 'skipped',
          data: { service: 'Pair', step: 'endpoint.stop', line: 3, method: 'stop', skipped: '`pool.stop` (line 3)' },
          line: 3, column: 18, endLine: 3, endColumn: 38,
          suggestions: [
            {
              messageId: 'isolate',
              output: dedent`
                class Pair {
                  async start() { await open(); }
                  async stop() {
                    const failures: unknown[] = [];
                    try {
                      this.endpoint.stop();
                    } catch (error) {
                      console.error('teardown step failed: endpoint.stop', error);
                      failures.push(error);
                    }
                    try {
                      this.pool.stop();
                    } catch (error) {
                      console.error('teardown step failed: pool.stop', error);
                      failures.push(error);
                    } await this.mutex.acquire();
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
      name: 'empty handlers of all sorts',
      code: dedent`
        class Tunnel {
          async start() { this.listener = await forward(); }
          async stop() {
            try { await this.listener.close(); } catch {}
            try { await this.relay.close(); } catch (error) {}
            await this.a.close().catch(() => {});
            await this.b.close().catch(() => undefined);
            await this.c.close().then(undefined, function () {});
          }
        }
      `,
      options: [{ steps: 'awaited' }],
      errors: [
        { messageId: 'silenced', data: { service: 'Tunnel', step: 'listener.close' }, line: 4, column: 42, endLine: 4, endColumn: 50 },
        { messageId: 'silenced', data: { service: 'Tunnel', step: 'relay.close' }, line: 5, column: 39, endLine: 5, endColumn: 55 },
        { messageId: 'silenced', data: { service: 'Tunnel', step: 'a.close' }, line: 6, column: 32, endLine: 6, endColumn: 40 },
        { messageId: 'silenced', data: { service: 'Tunnel', step: 'b.close' }, line: 7, column: 32, endLine: 7, endColumn: 47 },
        { messageId: 'silenced', data: { service: 'Tunnel', step: 'c.close' }, line: 8, column: 42, endLine: 8, endColumn: 56 },
      ],
    },
    {
      name: 'an empty handler round several steps: skipped, and hidden',
      code: dedent`
        class Runner {
          async start() { this.fetcher = await open(); }
          async stop() {
            try {
              await this.fetcher.stop();
              await this.group.leave();
            } catch (e) {}
          }
        }
      `,
      options: [{ steps: 'awaited' }],
      errors: [
        {
          messageId: 'skipped',
          data: { service: 'Runner', step: 'fetcher.stop', line: 5, method: 'stop', skipped: '`group.leave` (line 6)' },
          line: 5, column: 13, endLine: 5, endColumn: 32,
          suggestions: [
            {
              messageId: 'isolate',
              output: dedent`
                class Runner {
                  async start() { this.fetcher = await open(); }
                  async stop() {
                    try {
                      try {
                        await this.fetcher.stop();
                      } catch (error) {
                        console.error('teardown step failed: fetcher.stop', error);
                      }
                      try {
                        await this.group.leave();
                      } catch (error) {
                        console.error('teardown step failed: group.leave', error);
                      }
                    } catch (e) {}
                  }
                }
              `,
            },
          ],
        },
        { messageId: 'silenced', data: { service: 'Runner', step: 'fetcher.stop' }, line: 7, column: 7, endLine: 7, endColumn: 19 },
      ],
    },
    {
      name: 'a handler that logs every error of a step which was given the signal of the caller',
      code: dedent`
        class Tunnel {
          async start() { this.listener = await forward(); }
          async stop(options: AbortOptions) {
            try { await this.listener.close({ signal: options.signal }); } catch (error) { log.error(error); }
          }
        }
      `,
      options: [{ steps: 'awaited' }],
      errors: [{ messageId: 'swallowed', data: { service: 'Tunnel', step: 'listener.close', method: 'stop' }, line: 4, column: 68, endLine: 4, endColumn: 103 }],
    },
  ],
});
