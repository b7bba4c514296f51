import dedent from 'dedent';
import rule from '../../rules/no-untracked-background-task.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-untracked-background-task', rule, {
  valid: [],
  invalid: [
    {
      name: 'awaited by stop, but until then nobody sees when it fails',
      code: dedent`
        class Poller {
          async start() {
            this.task = this.run2();
          }
          async stop() {
            await this.task;
          }
          async run2() {
            for (;;) await this.step();
          }
        }
      `,
      errors: [{ messageId: 'unobserved', data: { task: 'this.run2()' }, line: 3, column: 17, endLine: 3, endColumn: 28,
          suggestions: [
            {
              messageId: 'track',
              output: dedent`
                class Poller {
                  async start() {
                    this.task = this.run2();
                    this.task.catch((error: unknown) => { console.error('background task failed: run2', error); });
                  }
                  async stop() {
                    await this.task;
                  }
                  async run2() {
                    for (;;) await this.step();
                  }
                }
              `,
            },
          ] }],
    },
    {
      name: 'a promise of somebody else, by its void',
      code: dedent`
        class Sessions {
          async start() {
            this.session = await this.store.get();
            void this.store.touch(this.session);
          }
          async stop() {
            await this.store.close();
          }
        }
      `,
      errors: [{ messageId: 'unobserved', data: { task: 'this.store.touch(…)' }, line: 4, column: 10, endLine: 4, endColumn: 40 }],
    },
    {
      name: 'every: an async callback of a timer, and a listener that asks first',
      code: dedent`
        class Network {
          async start() {
            this.bus.on('peer', (peer) => { this.#add(peer).catch(log); });
            this.timer = setInterval(async () => { await this.db.write(this.peers); }, 1_000);
          }
          async stop() {
            clearInterval(this.timer);
            await this.db.close();
          }
          async #add(peer) {
            if (this.stopped) return;
            await this.db.add(peer);
            await this.db.flush();
          }
        }
      `,
      options: [{ report: 'every' }],
      errors: [
        {
          messageId: 'unawaited',
          data: { stop: 'stop', task: 'this.#add(…)', origin: 'a listener' },
          line: 3,
          column: 37,
          endLine: 3,
          endColumn: 52,
        },
        {
          messageId: 'untracked',
          data: { stop: 'stop', task: 'the async callback of setInterval(…)' },
          line: 4,
          column: 30,
          endLine: 4,
          endColumn: 78,
        },
      ],
    },
  ],
});
