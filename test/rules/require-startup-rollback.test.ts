import dedent from 'dedent';
import requireStartupRollback from '../../rules/require-startup-rollback.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-startup-rollback', requireStartupRollback, {
  valid: [
    {
      name: 'one thing, and nothing after it',
      code: dedent`
        class Tunnel {
          async start() { if (this.listener) return; await load(); this.listener = await forward(); }
          async stop() { await this.listener?.close(); this.listener = undefined; }
        }
      `,
    },
    {
      name: 'undone in a catch, and thrown again',
      code: dedent`
        class Feed {
          async start() {
            this.timer = setInterval(tick, 1000);
            try {
              await this.bus.connect();
            } catch (error) {
              clearInterval(this.timer);
              throw error;
            }
          }
          async stop() { clearInterval(this.timer); await this.bus.close(); }
        }
      `,
    },
    {
      name: 'a wrapper calls stop',
      code: dedent`
        class Feed {
          async start() { try { await this.#startAll(); } catch (error) { await this.stop(); throw error; } }
          async #startAll() { await this.bus.connect(); await this.store.open(); }
          async stop() { await this.store.close(); await this.bus.close(); }
        }
      `,
    },
    {
      name: 'a stack',
      code: dedent`
        class Feed {
          async start() {
            await using stack = new AsyncDisposableStack();
            await this.bus.connect();
            stack.defer(() => this.bus.close());
            await this.store.open();
            stack.defer(() => this.store.close());
            this.stack = stack.move();
          }
          async stop() { await this.stack?.disposeAsync(); await this.store.close(); await this.bus.close(); }
        }
      `,
    },
    {
      name: 'a flag that is set first lets stop give everything back',
      code: dedent`
        class Feed {
          stopped = true;
          async start() { this.stopped = false; this.timer = setInterval(tick, 1000); await this.bus.connect(); }
          async stop() { if (this.stopped) return; this.stopped = true; clearInterval(this.timer); await this.bus.close(); }
        }
      `,
    },
    {
      name: 'a failure that start keeps to itself',
      code: dedent`
        class Feed {
          async start() { this.timer = setInterval(tick, 1000); try { await this.bus.connect(); } catch (error) { log.warn(error); } }
          async stop() { clearInterval(this.timer); await this.bus.close(); }
        }
      `,
    },
    {
      name: 'a base out of sight may undo it',
      code: dedent`
        class Feed extends Service {
          async start() {
            this.timer = setInterval(tick, 1000);
            try { await this.bus.connect(); } catch (error) { await this.abandon(error); throw error; }
          }
          async stop() { clearInterval(this.timer); await this.bus.close(); }
        }
      `,
    },
    {
      name: 'a flag that a finally takes back',
      code: dedent`
        class Feed {
          async start() { if (this.starting) return; this.starting = true; try { await this.bus.connect(); } finally { this.starting = false; } }
          async stop() { await this.bus.close(); }
        }
      `,
    },
    {
      name: 'an in-place runner that fails in its loop',
      code: dedent`
        class Poller {
          running = false;
          async run() { this.running = true; this.timer = setInterval(tick, 1); while (this.running) await this.poll(); }
          async poll() { await this.bus.poll(); }
          async stop() { this.running = false; clearInterval(this.timer); }
        }
      `,
    },
    {
      name: 'a delegate and a class without a pair',
      code: dedent`
        class Forward { async start() { return this.inner.start(); } async stop() { return this.inner.stop(); } }
        class Job { async perform() { this.timer = setInterval(tick, 1); await this.bus.connect(); } }
      `,
    },
  ],
  invalid: [
    {
      name: 'stop returns early after a start that failed',
      code: dedent`
        class Feed {
          running = false;
          async start() {
            if (this.running) return;
            this.timer = setInterval(tick, 1000);
            await this.bus.connect();
            this.running = true;
          }
          async stop() {
            if (!this.running) return;
            this.running = false;
            clearInterval(this.timer);
            await this.bus.close();
          }
        }
      `,
      errors: [
        {
          messageId: 'lost',
          data: { start: 'start', service: 'Feed', left: '`setInterval(…)` (line 5)', stop: 'stop', them: 'it' },
          line: 6, column: 11, endLine: 6, endColumn: 29,
          suggestions: [
            {
              messageId: 'rollBack',
              output: dedent`
                class Feed {
                  running = false;
                  async start() {
                    if (this.running) return;
                    const undo: [string, () => unknown][] = [];
                    try {
                      this.timer = setInterval(tick, 1000);
                      undo.push(['clearInterval(timer)', () => clearInterval(this.timer)]);
                      await this.bus.connect();
                    } catch (error) {
                      for (const [name, step] of undo.reverse()) {
                        try {
                          await step();
                        } catch (failure) {
                          console.error(\`rollback step failed: \${name}\`, failure);
                        }
                      }
                      throw error;
                    }
                    this.running = true;
                  }
                  async stop() {
                    if (!this.running) return;
                    this.running = false;
                    clearInterval(this.timer);
                    await this.bus.close();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'the failure that leaves most is named',
      code: dedent`
        export class Feed {
          #timer;
          async start() {
            process.on('SIGTERM', this.onSignal);
            this.#timer = setInterval(tick, 1000);
            await this.bus.connect();
            await this.store.open();
            await this.index.load();
          }
          async stop() {
            process.off('SIGTERM', this.onSignal);
            clearInterval(this.#timer);
            await this.store.close();
            await this.bus.close();
          }
        }
      `,
      errors: [
        {
          messageId: 'again',
          data: {
            start: 'start',
            service: 'Feed',
            left: '`process.on(…)` (line 4), `setInterval(…)` (line 5), `this.bus.connect()` (line 6) and 1 more',
            them: 'them',
          },
          line: 8, column: 11, endLine: 8, endColumn: 28,
        },
      ],
    },
    {
      name: 'a rollback by a stop that turns it away',
      code: dedent`
        class Feed {
          running = false;
          start = async () => {
            this.timer = setInterval(tick, 1000);
            try {
              await this.bus.connect();
            } catch (error) {
              await this.stop();
              throw error;
            }
            this.running = true;
          };
          stop = async () => {
            if (!this.running) return;
            clearInterval(this.timer);
            await this.bus.close();
          };
        }
      `,
      errors: [
        {
          messageId: 'lost',
          data: { start: 'start', service: 'Feed', left: '`setInterval(…)` (line 4)', stop: 'stop', them: 'it' },
          line: 6, column: 13, endLine: 6, endColumn: 31,
        },
      ],
    },
    {
      name: 'a rollback that forgets one',
      code: dedent`
        class Feed {
          async start() {
            await this.a.connect();
            try {
              await this.b.connect();
              await this.c.connect();
            } catch (error) {
              await this.b.close();
              throw error;
            }
          }
          async stop() { await this.c.close(); await this.b.close(); await this.a.close(); }
        }
      `,
      errors: [
        {
          messageId: 'again',
          data: { start: 'start', service: 'Feed', left: '`this.a.connect()` (line 3)', them: 'it' },
          line: 5, column: 13, endLine: 5, endColumn: 29,
        },
      ],
    },
    {
      name: 'a flag that stays set',
      code: dedent`
        class Feed {
          running = false;
          async start() {
            if (this.running) return;
            this.running = true;
            await this.bus.connect();
          }
          async stop() { this.running = false; await this.bus.close(); }
        }
      `,
      errors: [
        {
          messageId: 'leftSet',
          data: { fails: 'this.bus.connect()', line: 6, field: 'this.running', start: 'start', service: 'Feed' },
          line: 5, column: 5, endLine: 5, endColumn: 24,
          suggestions: [
            {
              messageId: 'rollBack',
              output: dedent`
                class Feed {
                  running = false;
                  async start() {
                    if (this.running) return;
                    try {
                      this.running = true;
                      await this.bus.connect();
                    } catch (error) {
                      this.running = false;
                      throw error;
                    }
                  }
                  async stop() { this.running = false; await this.bus.close(); }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a promise in a field that stays rejected',
      code: dedent`
        class Feed {
          #starting;
          async start() { return (this.#starting ??= this.#begin()); }
          async #begin() { await this.bus.connect(); }
          async stop() { await this.bus.close(); }
        }
      `,
      errors: [
        {
          messageId: 'leftSet',
          data: { fails: 'this.bus.connect()', line: 4, field: 'this.#starting', start: 'start', service: 'Feed' },
          line: 3, column: 27, endLine: 3, endColumn: 59,
        },
      ],
    },
    {
      name: 'in a helper, through a chain of then, in an anonymous class',
      code: dedent`
        export default class {
          start() { return Promise.resolve().then(() => this.listen()).then(() => this.announce()); }
          listen() { return this.reader.listen(); }
          announce() { return this.registry.announce(this.name); }
          async stop() { await this.reader.close(); }
        }
      `,
      errors: [
        {
          messageId: 'again',
          data: { start: 'start', service: '(anonymous class)', left: '`this.reader.listen()` (line 3)', them: 'it' },
          line: 4, column: 23, endLine: 4, endColumn: 56,
        },
      ],
    },
    {
      name: 'two services in one file, each with its own',
      code: dedent`
        class A {
          async start() { await this.a.connect(); await this.b.connect(); }
          async stop() { await this.b.close(); await this.a.close(); }
        }
        class B {
          async open() { this.pool = await createPool(); await this.migrate(); }
          async migrate() { await runMigrations(this.url); }
          async close() { await this.pool.end(); }
        }
      `,
      errors: [
        {
          messageId: 'again',
          data: { start: 'start', service: 'A', left: '`this.a.connect()` (line 2)', them: 'it' },
          line: 2, column: 49, endLine: 2, endColumn: 65,
        },
        {
          messageId: 'again',
          data: { start: 'open', service: 'B', left: '`createPool()` (line 6)', them: 'it' },
          line: 7, column: 27, endLine: 7, endColumn: 50,
        },
      ],
    },
  ],
});
