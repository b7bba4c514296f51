import dedent from 'dedent';
import requireStartupRollback from '../../rules/require-startup-rollback.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-startup-rollback', requireStartupRollback, {
  valid: [
    {
      name: 'a part that is only told to start may do nothing the second time',
      code: dedent`
        class Controller {
          async start() { this.state.start(); await this.mqtt.connect(); }
          async stop() { this.state.stop(); await this.mqtt.disconnect(); }
        }
      `,
    },
    {
      name: 'parts of which an environment may have one',
      code: dedent`
        class Environment {
          constructor({ bundler, optimizer }) { this.bundler = bundler; this.optimizer = optimizer; }
          async listen() { this.hot.listen(); await Promise.all([this.bundler?.listen(), this.optimizer?.init()]); }
          async close() { await Promise.all([this.hot.close(), this.bundler?.close(), this.optimizer?.close()]); }
        }
      `,
    },
    {
      name: 'a flag before what is only computed',
      code: dedent`
        class ClosestPeers {
          constructor({ peerId }) { this.peerId = peerId; this.running = false; }
          async start() {
            if (this.running) return;
            this.running = true;
            this.id = await convertPeerId(this.peerId);
            this.timeout = setInterval(() => this.tag(), 5000);
          }
          stop() { this.running = false; clearTimeout(this.timeout); }
        }
      `,
    },
    {
      name: 'a deadline that closes what it gives up on',
      code: dedent`
        class Client {
          async start() {
            await new Promise((resolve, reject) => {
              const timer = setTimeout(() => { this.dealer.disconnect(); reject(new Error('timeout')); }, 3000);
              this.dealer.events.once('connect', () => { clearTimeout(timer); resolve(); });
              this.dealer.connect(this.path);
            });
          }
          stop() { this.dealer.disconnect(); }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'a deadline after which the socket goes on connecting; what gives it back would have to stand within',
      code: dedent`
        class Client {
          started = false;
          async start() {
            if (this.started) return;
            await new Promise((resolve, reject) => {
              const timer = setTimeout(() => reject(new Error('timeout')), 3000);
              this.dealer.events.once('connect', () => { clearTimeout(timer); resolve(); });
              this.dealer.connect(this.path);
            });
            this.started = true;
          }
          stop() {
            if (!this.started) return;
            this.started = false;
            this.dealer.disconnect();
          }
        }
      `,
      errors: [
        {
          messageId: 'lost',
          data: { start: 'start', service: 'Client', left: '`this.dealer.connect(…)` (line 8)', stop: 'stop', them: 'it' },
          line: 5,
          column: 11,
          endLine: 9,
          endColumn: 7,
        },
      ],
    },
    {
      name: 'a child that is not ready in time',
      code: dedent`
        class Worker {
          async start() {
            if (this.child) return;
            this.child = fork('worker.js');
            await new Promise((resolve, reject) => {
              setTimeout(() => reject(new Error('not ready')), 3000);
              this.child.once('message', resolve);
            });
            this.ready = true;
          }
          async stop() {
            if (!this.ready) return;
            this.ready = false;
            this.child.kill();
            this.child = undefined;
          }
        }
      `,
      errors: [
        {
          messageId: 'lost',
          data: { start: 'start', service: 'Worker', left: '`fork(…)` (line 4)', stop: 'stop', them: 'it' },
          line: 5,
          column: 11,
          endLine: 8,
          endColumn: 7,
        },
      ],
    },
    {
      name: 'a part that is only told to start, along with a timer',
      code: dedent`
        class Generator {
          async start() {
            this.broadcaster.start();
            this.timer = setInterval(() => this.forge(), 1000);
            await this.pool.start();
          }
          async stop() {
            this.broadcaster.stop();
            clearInterval(this.timer);
            await this.pool.stop();
          }
        }
      `,
      errors: [
        {
          messageId: 'again',
          data: { start: 'start', service: 'Generator', left: '`this.broadcaster.start()` (line 3) and `setInterval(…)` (line 4)', them: 'them' },
          line: 5,
          column: 11,
          endLine: 5,
          endColumn: 28,
        },
      ],
    },
    {
      name: 'leftovers: any, a part that is only told to start',
      code: dedent`
        class Controller {
          async start() {
            this.state.start();
            await this.mqtt.connect();
          }
          async stop() {
            this.state.stop();
            await this.mqtt.disconnect();
          }
        }
      `,
      options: [{ leftovers: 'any' }],
      errors: [
        {
          messageId: 'left',
          data: { start: 'start', service: 'Controller', left: '`this.state.start()` (line 3)', stop: 'stop' },
          line: 4,
          column: 11,
          endLine: 4,
          endColumn: 30,
        },
      ],
    },
    {
      name: 'all three of a flag, a handle and a connection',
      code: dedent`
        export class Feed {
          private running = false;
          private timer: NodeJS.Timeout | undefined;
          private pool: Pool | undefined;

          async start(): Promise<void> {
            if (this.running) return;
            this.pool = await createPool(this.url);
            this.timer = setInterval(() => this.poll(), 1000);
            await this.bus.connect(); // the broker may be down
            this.running = true;
          }

          async stop(): Promise<void> {
            if (!this.running) return;
            this.running = false;
            clearInterval(this.timer);
            await this.bus.close();
            await this.pool?.end();
            this.pool = undefined;
          }
        }
      `,
      errors: [
        {
          messageId: 'lost',
          data: { start: 'start', service: 'Feed', left: '`createPool(…)` (line 8) and `setInterval(…)` (line 9)', stop: 'stop', them: 'them' },
          line: 10,
          column: 11,
          endLine: 10,
          endColumn: 29,
          suggestions: [
            {
              messageId: 'rollBack',
              output: dedent`
                export class Feed {
                  private running = false;
                  private timer: NodeJS.Timeout | undefined;
                  private pool: Pool | undefined;

                  async start(): Promise<void> {
                    if (this.running) return;
                    const undo: [string, () => unknown][] = [];
                    try {
                      this.pool = await createPool(this.url);
                      undo.push(['pool.end', () => this.pool?.end()]);
                      this.timer = setInterval(() => this.poll(), 1000);
                      undo.push(['clearInterval(timer)', () => clearInterval(this.timer)]);
                      await this.bus.connect(); // the broker may be down
                    } catch (error) {
                      for (const [name, step] of undo.reverse()) {
                        try {
                          await step();
                        } catch (failure) {
                          console.error(\`rollback step failed: \${name}\`, failure);
                        }
                      }
                      this.pool = undefined;
                      this.timer = undefined;
                      throw error;
                    }
                    this.running = true;
                  }

                  async stop(): Promise<void> {
                    if (!this.running) return;
                    this.running = false;
                    clearInterval(this.timer);
                    await this.bus.close();
                    await this.pool?.end();
                    this.pool = undefined;
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
