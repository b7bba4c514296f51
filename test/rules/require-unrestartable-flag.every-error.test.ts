import dedent from 'dedent';

import rule from '../../rules/require-unrestartable-flag.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-unrestartable-flag', rule, {
  valid: [],
  invalid: [
    {
      name: 'set by every error of a task that is waited for by way of a promise or a local',
      code: dedent`
        import pTimeout from 'p-timeout';
        class Poller {
          async start() {
            if (this.unrestartable) throw new Error('timed out');
            if (this.task) return;
            this.task = this.poll();
          }
          async stop() {
            const { task } = this;
            this.task = undefined;
            try {
              await pTimeout(Promise.resolve(task), { milliseconds: 10_000 });
            } catch (error) {
              this.unrestartable = true;
              throw error;
            }
          }
          async poll() {
            while (!this.aborted) await tick();
          }
        }
      `,
      errors: [
        { messageId: 'setAlways', data: { service: 'Poller', start: 'start', stop: 'stop', flag: 'this.unrestartable', startLine: 3 }, line: 14, column: 7, endLine: 14, endColumn: 32 },
      ],
    },
  ],
});
