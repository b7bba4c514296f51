import dedent from 'dedent';
import rule from '../../rules/require-unrestartable-flag.ts';
import { createRuleTester } from '../rule-tester.ts';

function gateway(test: string): string {
  return dedent`
    import pTimeout, { TimeoutError } from 'p-timeout';
    class Gateway {
      hung = false;
      async start() {
        ${test}
        this.server = await this.http.listen(80, (path) => this.answer(path));
      }
      async stop() {
        const failures = [];
        try {
          await this.bounded(this.server.close());
        } catch (error) {
          failures.push(error);
        }
        if (failures.length > 0) throw failures[0];
      }
      async bounded(ending) {
        try {
          await pTimeout(ending, { milliseconds: 10_000 });
        } catch (error) {
          if (error instanceof TimeoutError) this.hung = true;
          throw error;
        }
      }
      async answer(path) {
        return this.pages.get(path);
      }
    }
  `;
}

function monitor(test: string): string {
  return dedent`
    import pTimeout, { TimeoutError } from 'p-timeout';
    class Monitor {
      hung = false;
      async start() {
        ${test}this.pods = await this.cluster.watch('pods', (pod) => this.tell(pod));
      }
      async stop() {
        try {
          await pTimeout(this.pods.close(), { milliseconds: 10_000 });
        } catch (error) {
          if (error instanceof TimeoutError) this.hung = true;
          throw error;
        }
      }
      tell(pod) {
        this.listener(pod);
      }
    }
  `;
}

const REFUSES = "if (this.hung) throw new Error('Gateway: an earlier stop() timed out, create a new instance');";

createRuleTester().run('require-unrestartable-flag: a helper that has the deadline', rule, {
  valid: [{ name: 'the helper sets the flag, and start tests it', code: gateway("if (this.hung) throw new Error('hung');") }],
  invalid: [
    {
      name: 'the helper sets the flag, and start does not test it',
      code: gateway('this.pages = new Map();'),
      errors: [{ messageId: 'untested', data: { flag: 'this.hung', start: 'start', stop: 'stop', startLine: '4' }, line: 21, column: 42, endLine: 21, endColumn: 58, suggestions: [{ messageId: 'addFlag', data: { start: 'start' }, output: gateway(`${REFUSES}\n        this.pages = new Map();`) }] }],
    },
    {
      name: 'what watches calls back later, and turns no caller away',
      code: monitor(''),
      errors: [{ messageId: 'untested', data: { flag: 'this.hung', start: 'start', stop: 'stop', startLine: '4' }, line: 11, column: 42, endLine: 11, endColumn: 58, suggestions: [{ messageId: 'addFlag', data: { start: 'start' }, output: monitor(`${REFUSES.replace('Gateway', 'Monitor')}\n        `) }] }],
    },
  ],
});
