import dedent from 'dedent';
import noSkippedTeardown from '../../rules/no-skipped-teardown.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-skipped-teardown', noSkippedTeardown, {
  valid: [],
  invalid: [
    {
      name: 'the stop of a base class in another file',
      code: dedent`
        class Client extends Socket {
          async start() { await super.start(); this.rpc = await open(); }
          stop() { super.stop(); this.rpc.close(); }
        }
      `,
      errors: [
        {
          messageId: 'skipped',
          data: { service: 'Client', step: 'super.stop', line: 3, method: 'stop', skipped: '`rpc.close` (line 3)' },
          line: 3, column: 12, endLine: 3, endColumn: 24,
          suggestions: [
            {
              messageId: 'isolate',
              output: dedent`
                class Client extends Socket {
                  async start() { await super.start(); this.rpc = await open(); }
                  stop() {
                    const failures: unknown[] = [];
                    try {
                      super.stop();
                    } catch (error) {
                      console.error('teardown step failed: super.stop', error);
                      failures.push(error);
                    }
                    try {
                      this.rpc.close();
                    } catch (error) {
                      console.error('teardown step failed: rpc.close', error);
                      failures.push(error);
                    }
                    if (failures.length === 1) throw failures[0];
                    if (failures.length > 1) throw new AggregateError(failures, \`Client: \${failures.length} teardown steps failed\`);
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'synchronous stops, of which each would skip two more',
      code: dedent`
        class Generator {
          async start() { await open(); }
          async stop() { this.broadcaster.stop(); this.pool.stop(); this.endpoint.stop(); }
        }
      `,
      errors: [
        {
          messageId: 'skipped',
          data: { service: 'Generator', step: 'broadcaster.stop', line: 3, method: 'stop', skipped: '`pool.stop` (line 3) and `endpoint.stop` (line 3)' },
          line: 3, column: 18, endLine: 3, endColumn: 41,
          suggestions: [
            {
              messageId: 'isolate',
              output: dedent`
                class Generator {
                  async start() { await open(); }
                  async stop() {
                    const failures: unknown[] = [];
                    try {
                      this.broadcaster.stop();
                    } catch (error) {
                      console.error('teardown step failed: broadcaster.stop', error);
                      failures.push(error);
                    }
                    try {
                      this.pool.stop();
                    } catch (error) {
                      console.error('teardown step failed: pool.stop', error);
                      failures.push(error);
                    }
                    try {
                      this.endpoint.stop();
                    } catch (error) {
                      console.error('teardown step failed: endpoint.stop', error);
                      failures.push(error);
                    }
                    if (failures.length === 1) throw failures[0];
                    if (failures.length > 1) throw new AggregateError(failures, \`Generator: \${failures.length} teardown steps failed\`);
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'hooks of a framework, and two services in one file',
      code: dedent`
        @Injectable()
        class Store {
          async onModuleInit() { this.pool = await open(); this.cache = await open(); }
          async onModuleDestroy() { await this.pool.end(); await this.cache.quit(); }
        }
        const Other = class {
          start = async () => { this.a = await open(); this.b = await open(); };
          stop = async () => { await this.a.close(); await this.b.close(); };
        };
      `,
      errors: [
        {
          messageId: 'skipped',
          data: { service: 'Store', step: 'pool.end', line: 4, method: 'onModuleDestroy', skipped: '`cache.quit` (line 4)' },
          line: 4, column: 35, endLine: 4, endColumn: 50,
          suggestions: [
            {
              messageId: 'isolate',
              output: dedent`
                @Injectable()
                class Store {
                  async onModuleInit() { this.pool = await open(); this.cache = await open(); }
                  async onModuleDestroy() {
                    const failures: unknown[] = [];
                    try {
                      await this.pool.end();
                    } catch (error) {
                      console.error('teardown step failed: pool.end', error);
                      failures.push(error);
                    }
                    try {
                      await this.cache.quit();
                    } catch (error) {
                      console.error('teardown step failed: cache.quit', error);
                      failures.push(error);
                    }
                    if (failures.length === 1) throw failures[0];
                    if (failures.length > 1) throw new AggregateError(failures, \`Store: \${failures.length} teardown steps failed\`);
                  }
                }
                const Other = class {
                  start = async () => { this.a = await open(); this.b = await open(); };
                  stop = async () => { await this.a.close(); await this.b.close(); };
                };
              `,
            },
          ],
        },
        {
          messageId: 'skipped',
          data: { service: 'Other', step: 'a.close', line: 8, method: 'stop', skipped: '`b.close` (line 8)' },
          line: 8, column: 30, endLine: 8, endColumn: 44,
          suggestions: [
            {
              messageId: 'isolate',
              output: dedent`
                @Injectable()
                class Store {
                  async onModuleInit() { this.pool = await open(); this.cache = await open(); }
                  async onModuleDestroy() { await this.pool.end(); await this.cache.quit(); }
                }
                const Other = class {
                  start = async () => { this.a = await open(); this.b = await open(); };
                  stop = async () => {
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
                    if (failures.length > 1) throw new AggregateError(failures, \`Other: \${failures.length} teardown steps failed\`);
                  };
                };
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'in a base class of the file, once and there',
      code: dedent`
        class Base {
          async start() { this.a = await open(); }
          async stop() { await this.a.close(); await this.b.close(); }
        }
        class Pair extends Base {
          async start() { await super.start(); this.c = await open(); }
          async stop() { await super.stop(); }
        }
      `,
      errors: [
        {
          messageId: 'skipped',
          data: { service: 'Base', step: 'a.close', line: 3, method: 'stop', skipped: '`b.close` (line 3)' },
          line: 3, column: 24, endLine: 3, endColumn: 38,
          suggestions: [
            {
              messageId: 'isolate',
              output: dedent`
                class Base {
                  async start() { this.a = await open(); }
                  async stop() {
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
                    if (failures.length > 1) throw new AggregateError(failures, \`Base: \${failures.length} teardown steps failed\`);
                  }
                }
                class Pair extends Base {
                  async start() { await super.start(); this.c = await open(); }
                  async stop() { await super.stop(); }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'of a base class in the file, before a step of its own',
      code: dedent`
        class Base { async stop() { await this.a.close(); } }
        class Pair extends Base {
          async start() { this.a = await open(); this.c = await open(); }
          async stop() { await super.stop(); await this.c.close(); }
        }
      `,
      errors: [
        {
          messageId: 'skipped',
          data: { service: 'Pair', step: 'a.close', line: 1, method: 'stop', skipped: '`c.close` (line 4)' },
          line: 4, column: 24, endLine: 4, endColumn: 36,
          suggestions: [
            {
              messageId: 'isolate',
              output: dedent`
                class Base { async stop() { await this.a.close(); } }
                class Pair extends Base {
                  async start() { this.a = await open(); this.c = await open(); }
                  async stop() {
                    const failures: unknown[] = [];
                    try {
                      await super.stop();
                    } catch (error) {
                      console.error('teardown step failed: a.close', error);
                      failures.push(error);
                    }
                    try {
                      await this.c.close();
                    } catch (error) {
                      console.error('teardown step failed: c.close', error);
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
  ],
});
