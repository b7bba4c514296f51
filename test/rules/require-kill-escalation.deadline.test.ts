import dedent from 'dedent';

import rule from '../../rules/require-kill-escalation.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-kill-escalation', rule, {
  valid: [
    {
      name: 'a deadline that is given a function',
      code: dedent`
        import { once } from 'node:events';
        import { spawn } from 'node:child_process';
        import { withTimeout } from 'es-toolkit';
        const child = spawn('recorder');
        const exited = once(child, 'exit');
        export async function stop() {
          child.kill('SIGTERM');
          try {
            await withTimeout(() => exited, 1000);
          } catch {
            child.kill('SIGKILL');
            await withTimeout(() => exited, 1000);
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'SIGKILL stands in the handler of a wait without a deadline',
      code: dedent`
        import { once } from 'node:events';
        import { spawn } from 'node:child_process';
        const child = spawn('recorder');
        const exited = once(child, 'exit');
        export async function stop() {
          child.kill('SIGTERM');
          try {
            await exited;
          } catch {
            child.kill('SIGKILL');
            await exited;
          }
        }
      `,
      errors: [
        { messageId: 'noDeadline', data: { name: 'child', owner: 'stop', signal: 'SIGTERM', line: 6 }, line: 8, column: 5, endLine: 8, endColumn: 17 },
      ],
    },
    {
      name: 'SIGKILL stands in the handler of a deadline that resolves',
      code: dedent`
        import { once } from 'node:events';
        import { spawn } from 'node:child_process';
        import pTimeout from 'p-timeout';
        const child = spawn('recorder');
        const exited = once(child, 'exit');
        export async function stop() {
          child.kill('SIGTERM');
          try {
            await pTimeout(exited, { milliseconds: 1000, message: false });
          } catch {
            child.kill('SIGKILL');
            await pTimeout(exited, { milliseconds: 1000 });
          }
        }
      `,
      errors: [
        { messageId: 'noEscalation', data: { name: 'child', owner: 'stop', signal: 'SIGTERM', line: 7 }, line: 9, column: 5, endLine: 9, endColumn: 67 },
      ],
    },
    {
      name: 'a deadline that is given a function, and no SIGKILL after it',
      code: dedent`
        import { once } from 'node:events';
        import { spawn } from 'node:child_process';
        import { withTimeout } from 'es-toolkit';
        const child = spawn('recorder');
        const exited = once(child, 'exit');
        export async function stop() {
          child.kill('SIGTERM');
          await withTimeout(() => exited, 1000);
        }
      `,
      options: [{ report: 'every' }],
      errors: [
        { messageId: 'noEscalation', data: { name: 'child', owner: 'stop', signal: 'SIGTERM', line: 7 }, line: 8, column: 3, endLine: 8, endColumn: 40 },
      ],
    },
  ],
});
