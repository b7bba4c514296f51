import dedent from 'dedent';

import rule from '../../rules/no-skipped-teardown.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-skipped-teardown', rule, {
  valid: [
    {
      name: 'an empty handler round a wait for a task that was asked to end',
      code: dedent`
        class App {
          async start() { this.task = this.run(); }
          async stop() {
            try {
              this.abort.abort();
              await this.task;
            } catch {}
          }
          async run() { await this.abort.ended; }
        }
      `,
      options: [{ steps: 'awaited' }],
    },
  ],
  invalid: [
    {
      name: 'an empty handler round a release under a helper with a deadline',
      code: dedent`
        class App {
          async start() { this.server = await listen(); }
          async stop() {
            try {
              await this.bounded(this.server.close());
            } catch {}
          }
          async bounded(ending) {
            await pTimeout(ending, { milliseconds: 100 });
          }
        }
      `,
      options: [{ steps: 'awaited' }],
      errors: [
        { messageId: 'silenced', data: { service: 'App', step: 'server.close' }, line: 6, column: 7, endLine: 6, endColumn: 15 },
      ],
    },
  ],
});
