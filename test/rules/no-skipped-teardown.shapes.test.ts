import dedent from 'dedent';
import noSkippedTeardown from '../../rules/no-skipped-teardown.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-skipped-teardown', noSkippedTeardown, {
  valid: [
    {
      name: 'promises that are only ever resolved: what is closed in them tells its failure to nobody',
      code: dedent`
        class Peers {
          async start() { await this.listen(); }
          async stop() {
            const closed = new Promise((resolve) => this.socketIo.close(() => resolve()));
            await closed;
            await this.stopSockets();
            await this.stopHttp();
          }
          async stopSockets() { return new Promise((resolve) => { this.sockets.close(() => { resolve(); }); }); }
          async stopHttp() { return new Promise((resolve) => { this.http.close(() => { resolve(); }); }); }
        }
      `,
    },
    {
      name: 'the same with each step in a try of its own',
      code: dedent`
        class Bridge {
          async start() { return this.mutex.runExclusive(async () => { this.a = await open(); this.b = await open(); }); }
          async stop() { return this.mutex.runExclusive(() => this.#stopLocked()); }
          async #stopLocked() { try { await this.#stopFirst(); } finally { await this.#stopSecond(); } }
          async #stopFirst() { await this.a.close(); }
          #stopSecond = async () => { await this.b.close(); };
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'a wait for a task that may fail, before the connection is closed',
      code: dedent`
        class Poller {
          async start() { this.task = this.poll(); this.connection = await open(); }
          async stop() {
            try { await pTimeout(this.task, { milliseconds: 10 }); } catch (error) { this.stuck = true; throw error; }
            await this.connection.close();
          }
        }
      `,
      errors: [
        {
          messageId: 'skipped',
          data: { service: 'Poller', step: 'task', line: 4, method: 'stop', skipped: '`connection.close` (line 5)' },
          line: 4, column: 26, endLine: 4, endColumn: 35,
          suggestions: [
            {
              messageId: 'isolate',
              output: dedent`
                class Poller {
                  async start() { this.task = this.poll(); this.connection = await open(); }
                  async stop() {
                    const failures: unknown[] = [];
                    try { await pTimeout(this.task, { milliseconds: 10 }); } catch (error) { this.stuck = true; console.error('teardown step failed: task', error); failures.push(error); }
                    try {
                      await this.connection.close();
                    } catch (error) {
                      console.error('teardown step failed: connection.close', error);
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
      name: 'all at once, and then what comes after',
      code: dedent`
        class Apollo {
          async start() { await open(); }
          async stop() {
            await Promise.all([...this.first].map((dispose) => dispose()));
            await Promise.all([...this.last].map((dispose) => dispose()));
          }
        }
      `,
      errors: [
        {
          messageId: 'skipped',
          data: { service: 'Apollo', step: 'dispose', line: 4, method: 'stop', skipped: '`dispose` (line 5)' },
          line: 4, column: 56, endLine: 4, endColumn: 65,
          suggestions: [
            {
              messageId: 'isolate',
              output: dedent`
                class Apollo {
                  async start() { await open(); }
                  async stop() {
                    const failures: unknown[] = [];
                    try {
                      await Promise.all([...this.first].map((dispose) => dispose()));
                    } catch (error) {
                      console.error('teardown step failed: dispose', error);
                      failures.push(error);
                    }
                    try {
                      await Promise.all([...this.last].map((dispose) => dispose()));
                    } catch (error) {
                      console.error('teardown step failed: dispose', error);
                      failures.push(error);
                    }
                    if (failures.length === 1) throw failures[0];
                    if (failures.length > 1) throw new AggregateError(failures, \`Apollo: \${failures.length} teardown steps failed\`);
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'helpers, under a lock, with the failure in one and the step in another',
      code: dedent`
        class Bridge {
          async start() { return this.mutex.runExclusive(async () => { this.a = await open(); this.b = await open(); }); }
          async stop() { return this.mutex.runExclusive(() => this.#stopLocked()); }
          async #stopLocked() { await this.#stopFirst(); await this.#stopSecond(); }
          async #stopFirst() { await this.a.close(); }
          #stopSecond = async () => { await this.b.close(); };
        }
      `,
      errors: [
        {
          messageId: 'skipped',
          data: { service: 'Bridge', step: 'a.close', line: 5, method: 'stop', skipped: '`b.close` (line 6)' },
          line: 5, column: 30, endLine: 5, endColumn: 44,
          suggestions: [
            {
              messageId: 'isolate',
              output: dedent`
                class Bridge {
                  async start() { return this.mutex.runExclusive(async () => { this.a = await open(); this.b = await open(); }); }
                  async stop() { return this.mutex.runExclusive(() => this.#stopLocked()); }
                  async #stopLocked() {
                    const failures: unknown[] = [];
                    try {
                      await this.#stopFirst();
                    } catch (error) {
                      console.error('teardown step failed: stopFirst', error);
                      failures.push(error);
                    }
                    try {
                      await this.#stopSecond();
                    } catch (error) {
                      console.error('teardown step failed: stopSecond', error);
                      failures.push(error);
                    }
                    if (failures.length === 1) throw failures[0];
                    if (failures.length > 1) throw new AggregateError(failures, \`Bridge: \${failures.length} teardown steps failed\`);
                  }
                  async #stopFirst() { await this.a.close(); }
                  #stopSecond = async () => { await this.b.close(); };
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a helper that isolates its steps and throws at the end',
      code: dedent`
        class Controller {
          async start() { this.plugins = await load(); }
          async stop() { await this.unload(); await this.bus.cleanup(); }
          async unload() {
            let hasError = false;
            for (const plugin of this.plugins) {
              try { await plugin.unload(); } catch (error) { log.error(error); hasError = true; }
            }
            if (hasError) throw new Error('unload failed');
          }
        }
      `,
      errors: [
        {
          messageId: 'skipped',
          data: { service: 'Controller', step: 'unload', line: 9, method: 'stop', skipped: '`bus.cleanup` (line 3)' },
          line: 9, column: 19, endLine: 9, endColumn: 52,
          suggestions: [
            {
              messageId: 'isolate',
              output: dedent`
                class Controller {
                  async start() { this.plugins = await load(); }
                  async stop() {
                    const failures: unknown[] = [];
                    try {
                      await this.unload();
                    } catch (error) {
                      console.error('teardown step failed: unload', error);
                      failures.push(error);
                    }
                    try {
                      await this.bus.cleanup();
                    } catch (error) {
                      console.error('teardown step failed: bus.cleanup', error);
                      failures.push(error);
                    }
                    if (failures.length === 1) throw failures[0];
                    if (failures.length > 1) throw new AggregateError(failures, \`Controller: \${failures.length} teardown steps failed\`);
                  }
                  async unload() {
                    let hasError = false;
                    for (const plugin of this.plugins) {
                      try { await plugin.unload(); } catch (error) { log.error(error); hasError = true; }
                    }
                    if (hasError) throw new Error('unload failed');
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a chain of promises with one catch at its end',
      code: dedent`
        class Broker {
          start() { return this.connect().then(() => { this.started = true; }); }
          async connect() { await this.transit.connect(); }
          stop() {
            return Promise.resolve()
              .then(() => { if (this.transit) return this.transit.disconnect(); })
              .then(() => { if (this.cacher) return this.cacher.close(); })
              .catch((error) => { this.logger.error(error); })
              .then(() => { process.removeListener('exit', this.onExit); });
          }
        }
      `,
      errors: [
        {
          messageId: 'skipped',
          data: { service: 'Broker', step: 'transit.disconnect', line: 6, method: 'stop', skipped: '`cacher.close` (line 7)' },
          line: 6, column: 46, endLine: 6, endColumn: 71,
        },
      ],
    },
    {
      name: 'a state by which neither start nor stop does anything again',
      code: dedent`
        class Node {
          async start() {
            if (this.status !== 'stopped') return;
            this.status = 'starting';
            await this.components.start();
            this.status = 'started';
          }
          async stop() {
            if (this.status !== 'started') return;
            this.status = 'stopping';
            await this.components.stop();
            this.status = 'stopped';
          }
        }
      `,
      errors: [
        {
          messageId: 'skipped',
          data: { service: 'Node', step: 'components.stop', line: 11, method: 'stop', skipped: '`status = "stopped"` (line 12)' },
          line: 11, column: 11, endLine: 11, endColumn: 33,
          suggestions: [
            {
              messageId: 'isolate',
              output: dedent`
                class Node {
                  async start() {
                    if (this.status !== 'stopped') return;
                    this.status = 'starting';
                    await this.components.start();
                    this.status = 'started';
                  }
                  async stop() {
                    if (this.status !== 'started') return;
                    this.status = 'stopping';
                    const failures: unknown[] = [];
                    try {
                      await this.components.stop();
                    } catch (error) {
                      console.error('teardown step failed: components.stop', error);
                      failures.push(error);
                    }
                    this.status = 'stopped';
                    if (failures.length > 0) throw failures[0];
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a handler that singles out a cancellation by the caller and goes on',
      code: dedent`
        class Tunnel {
          async start() { this.listener = await forward(); }
          async stop({ signal }) {
            try {
              await this.listener.close({ signal });
            } catch (error) {
              if (error.name === 'AbortError') return;
              throw error;
            }
          }
        }
      `,
      errors: [
        {
          messageId: 'swallowed',
          data: { service: 'Tunnel', step: 'listener.close', method: 'stop' },
          line: 6, column: 7, endLine: 9, endColumn: 6,
        },
      ],
    },
  ],
});
