import dedent from 'dedent';
import requireStartupRollback from '../../rules/require-startup-rollback.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-startup-rollback', requireStartupRollback, {
  valid: [
    {
      name: 'leftovers: any, undone by a helper of the class',
      code: dedent`
        class Feed {
          async start() {
            this.timer = setInterval(tick, 1000);
            try { await this.bus.connect(); } catch (error) { this.#undo(); throw error; }
          }
          #undo() { clearInterval(this.timer); }
          async stop() { this.#undo(); await this.bus.close(); }
        }
      `,
      options: [{ leftovers: 'any' }],
    },
    {
      name: 'leftovers: any, a handler that hands the object on',
      code: dedent`
        class Feed {
          async start() { this.timer = setInterval(tick, 1000); try { await this.bus.connect(); } catch (error) { await tidy(this); throw error; } }
          async stop() { clearInterval(this.timer); await this.bus.close(); }
        }
      `,
      options: [{ leftovers: 'any' }],
    },
  ],
  invalid: [
    {
      name: 'leftovers: any, left to stop',
      code: dedent`
        class Feed {
          stopped = true;
          async start() {
            this.stopped = false;
            this.timer = setInterval(tick, 1000);
            await this.bus.connect();
          }
          async stop() {
            if (this.stopped) return;
            this.stopped = true;
            clearInterval(this.timer);
            await this.bus.close();
          }
        }
      `,
      options: [{ leftovers: 'any' }],
      errors: [
        {
          messageId: 'left',
          data: { start: 'start', service: 'Feed', left: '`setInterval(…)` (line 5)', stop: 'stop' },
          line: 6,
          column: 11,
          endLine: 6,
          endColumn: 29,
          suggestions: [
            {
              messageId: 'rollBack',
              output: dedent`
                class Feed {
                  stopped = true;
                  async start() {
                    const undo: [string, () => unknown][] = [];
                    try {
                      this.stopped = false;
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
                      this.stopped = true;
                      throw error;
                    }
                  }
                  async stop() {
                    if (this.stopped) return;
                    this.stopped = true;
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
      name: 'leftovers: any, kept by the next start',
      code: dedent`
        class Feed {
          async start() { this.timer ??= setInterval(tick, 1000); await this.bus.connect(); }
          async stop() { clearInterval(this.timer); await this.bus.close(); }
        }
      `,
      options: [{ leftovers: 'any' }],
      errors: [
        {
          messageId: 'left',
          data: { start: 'start', service: 'Feed', left: '`setInterval(…)` (line 2)', stop: 'stop' },
          line: 2,
          column: 65,
          endLine: 2,
          endColumn: 83,
        },
      ],
    },
    {
      name: 'leftovers: any, the next start throws; two branches that fill one field are one thing',
      code: dedent`
        class Store {
          async open() {
            if (this.opened) throw new Error('open');
            this.opened = true;
            if (this.options.replicas) this.pool = await createPool(this.options.replicas);
            else this.pool = await createPool(this.options.url);
            await this.schema.check();
          }
          async close() { this.opened = false; await this.pool.end(); }
        }
      `,
      options: [{ leftovers: 'any' }],
      errors: [
        {
          messageId: 'left',
          data: { start: 'open', service: 'Store', left: '`createPool(…)` (line 5)', stop: 'close' },
          line: 7,
          column: 11,
          endLine: 7,
          endColumn: 30,
        },
      ],
    },
  ],
});
