import dedent from 'dedent';

import rule from '../../rules/no-partial-lifecycle-lock.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-partial-lifecycle-lock', rule, {
  valid: [
    {
      name: 'stop of an in-place runner without the lock, where nothing can collide',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Runner {
          readonly #lock = new Mutex();
          #running = false;
          async run() {
            await this.#lock.runExclusive(() => {
              this.#running = true;
            });
            while (this.#running) await step();
          }
          async stop() {
            this.#running = false;
            await this.flush();
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'stop of an in-place runner without the lock',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Runner {
          readonly #lock = new Mutex();
          #running = false;
          async run() {
            await this.#lock.runExclusive(() => {
              this.#running = true;
            });
            while (this.#running) await step();
          }
          async stop() {
            this.#running = false;
            await this.flush();
          }
        }
      `,
      options: [{ where: 'every-service' }],
      errors: [
        { messageId: 'oneSided', data: { service: 'Runner', method: 'stop', held: 'run', lock: 'this.#lock', line: 11 }, line: 11, column: 9, endLine: 11, endColumn: 13 },
      ],
    },
  ],
});
