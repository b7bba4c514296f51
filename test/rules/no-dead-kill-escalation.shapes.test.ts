import dedent from 'dedent';
import noDeadKillEscalation from '../../rules/no-dead-kill-escalation.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-dead-kill-escalation, in other shapes', noDeadKillEscalation, {
  valid: [],
  invalid: [
    {
      name: 'an escalation in a function that is called afterwards, beside another condition',
      code: dedent`
        import { spawn } from 'child_process';
        export function run(limit: number) {
          const child = spawn('tool');
          const arm = () => {
            setTimeout(() => {
              if (limit > 0 || !child.killed) return;
              if (!child.killed || limit < 0) log('late');
              limit > 1 ? log('never') : child['killed'] || child.kill(9);
            }, 100);
          };
          setTimeout(() => {
            child.kill('SIGTERM');
            arm();
          }, limit);
        }
      `,
      output: dedent`
        import { spawn } from 'child_process';
        export function run(limit: number) {
          const child = spawn('tool');
          const arm = () => {
            setTimeout(() => {
              if (limit > 0 || !child.killed) return;
              if (!child.killed || limit < 0) log('late');
              limit > 1 ? log('never') : child.exitCode !== null || child.signalCode !== null || child.kill(9);
            }, 100);
          };
          setTimeout(() => {
            child.kill('SIGTERM');
            arm();
          }, limit);
        }
      `,
      errors: [{ messageId: 'dead', data: { first: 12, line: 8, signal: 'SIGKILL' }, line: 8, column: 34, endLine: 8, endColumn: 49 }],
    },
    {
      name: 'inside a negation, which needs parentheses',
      code: dedent`
        import { spawn } from 'child_process';
        const child = spawn('tool');
        export async function stop() {
          child.kill('SIGTERM');
          await sleep(1_000);
          if (!(!child.killed === false)) child.kill('SIGKILL');
          if (!!!child.killed) child.kill('SIGKILL');
        }
      `,
      output: dedent`
        import { spawn } from 'child_process';
        const child = spawn('tool');
        export async function stop() {
          child.kill('SIGTERM');
          await sleep(1_000);
          if (!(!child.killed === false)) child.kill('SIGKILL');
          if (!!(child.exitCode === null && child.signalCode === null)) child.kill('SIGKILL');
        }
      `,
      errors: [{ messageId: 'dead', data: { first: 4, line: 7, signal: 'SIGKILL' }, line: 7, column: 9, endLine: 7, endColumn: 22 }],
    },
    {
      name: 'a comment in the test, which the fix would lose',
      code: dedent`
        import { spawn } from 'child_process';
        const child = spawn('tool');
        export async function stop() {
          child.kill('SIGTERM');
          await sleep(1_000);
          if (! /* still there */ child.killed) child.kill('SIGKILL');
        }
      `,
      output: null,
      errors: [{ messageId: 'dead', data: { first: 4, line: 6, signal: 'SIGKILL' }, line: 6, column: 7, endLine: 6, endColumn: 39 }],
    },
    {
      name: 'in an expression whose other operators bind as strongly, or less',
      code: dedent`
        import { spawn } from 'child_process';
        const child = spawn('tool');
        export async function stop(isForced) {
          child.kill('SIGTERM');
          await sleep(1_000);
          child.killed ? log('gone') : child.kill('SIGKILL');
          await sleep(1_000);
          if (isForced && child.killed !== true) child.kill('SIGQUIT');
        }
      `,
      output: dedent`
        import { spawn } from 'child_process';
        const child = spawn('tool');
        export async function stop(isForced) {
          child.kill('SIGTERM');
          await sleep(1_000);
          child.exitCode !== null || child.signalCode !== null ? log('gone') : child.kill('SIGKILL');
          await sleep(1_000);
          if (isForced && child.exitCode === null && child.signalCode === null) child.kill('SIGQUIT');
        }
      `,
      errors: [
        { messageId: 'dead', data: { first: 4, line: 6, signal: 'SIGKILL' }, line: 6, column: 3, endLine: 6, endColumn: 15 },
        { messageId: 'dead', data: { first: 4, line: 8, signal: 'SIGQUIT' }, line: 8, column: 19, endLine: 8, endColumn: 40 },
      ],
    },
    {
      name: 'a list of children, one loop after the other',
      code: dedent`
        import type { ChildProcess } from 'node:child_process';
        class Pool {
          private readonly children = new Set<ChildProcess>();
          async stop() {
            for (const child of this.children) child.kill();
            await sleep(1_000);
            for (const child of this.children) {
              if (!child.killed) {
                child.kill('SIGKILL');
              }
            }
          }
          add(child: ChildProcess) { this.children.add(child); }
        }
      `,
      output: dedent`
        import type { ChildProcess } from 'node:child_process';
        class Pool {
          private readonly children = new Set<ChildProcess>();
          async stop() {
            for (const child of this.children) child.kill();
            await sleep(1_000);
            for (const child of this.children) {
              if (child.exitCode === null && child.signalCode === null) {
                child.kill('SIGKILL');
              }
            }
          }
          add(child: ChildProcess) { this.children.add(child); }
        }
      `,
      errors: [{ messageId: 'dead', data: { first: 5, line: 9, signal: 'SIGKILL' }, line: 8, column: 11, endLine: 8, endColumn: 24 }],
    },
  ],
});
