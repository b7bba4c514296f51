import dedent from 'dedent';

import rule from '../../rules/require-async-dispose.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-async-dispose', rule, {
  valid: [],
  invalid: [
    {
      name: 'a dispose that only resolves',
      code: dedent`
        class Poller {
          async start() {
            this.task = this.#loop();
          }
          async stop() {
            await this.task;
          }
          [Symbol.asyncDispose]() {
            return Promise.resolve();
          }
          async #loop() {}
        }
      `,
      errors: [
        { messageId: 'notStop', data: { service: 'Poller', stop: 'stop' }, line: 8, column: 4, endLine: 8, endColumn: 23 },
      ],
    },
    {
      name: 'a dispose that waits for nothing',
      code: dedent`
        class Poller {
          async start() {
            this.task = this.#loop();
          }
          async stop() {
            await this.task;
          }
          async [Symbol.asyncDispose]() {
            await Promise.resolve();
          }
          async #loop() {}
        }
      `,
      errors: [
        { messageId: 'notStop', data: { service: 'Poller', stop: 'stop' }, line: 8, column: 10, endLine: 8, endColumn: 29 },
      ],
    },
  ],
});
