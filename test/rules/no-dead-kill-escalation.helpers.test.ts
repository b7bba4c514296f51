import dedent from 'dedent';
import rule from '../../rules/no-dead-kill-escalation.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-dead-kill-escalation', rule, {
  valid: [
    {
      name: 'a helper that asks for the exit, one that does more, and one that is asked before the first signal only',
      code: dedent`
        import { spawn } from 'node:child_process';
        const isRunning = (child) => child.exitCode === null && child.signalCode === null;
        function note(child) {
          count += 1;
          return !child.killed;
        }
        const wasSignalled = (child) => child.killed;
        export async function end() {
          const child = spawn('worker');
          if (!wasSignalled(child)) child.kill('SIGTERM');
          await sleep(500);
          if (isRunning(child)) child.kill('SIGKILL');
          if (note(child)) child.kill('SIGKILL');
          await once(child, 'exit');
        }
      `,
    },
    {
      name: 'a helper that is asked of another child, or that gives a promise',
      code: dedent`
        import { spawn } from 'node:child_process';
        const isFree = (child) => !child.killed;
        const mayKill = async (child) => !child.killed;
        export async function end(other) {
          const child = spawn('worker');
          child.kill('SIGTERM');
          await sleep(500);
          if (isFree(other)) child.kill('SIGKILL');
          if (mayKill(child)) child.kill('SIGKILL');
          await once(child, 'exit');
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'a helper that asks for `killed`',
      code: dedent`
        import { spawn } from 'node:child_process';
        const isRunning = (child) => !child.killed;
        export async function end() {
          const worker = spawn('worker');
          worker.kill('SIGTERM');
          await sleep(500);
          if (isRunning(worker)) worker.kill('SIGKILL');
          await once(worker, 'exit');
        }
      `,
      output: dedent`
        import { spawn } from 'node:child_process';
        const isRunning = (child) => (child.exitCode === null && child.signalCode === null);
        export async function end() {
          const worker = spawn('worker');
          worker.kill('SIGTERM');
          await sleep(500);
          if (isRunning(worker)) worker.kill('SIGKILL');
          await once(worker, 'exit');
        }
      `,
      errors: [{ messageId: 'dead', data: { first: 5, line: 7, signal: 'SIGKILL' }, line: 2, column: 30, endLine: 2, endColumn: 43 }],
    },
  ],
});
