import dedent from 'dedent';
import noDeadKillEscalation from '../../rules/no-dead-kill-escalation.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-dead-kill-escalation', noDeadKillEscalation, {
  valid: [
    {
      name: 'a guard against a second signal of the same kind',
      code: dedent`
        import { spawn } from 'node:child_process';
        const child = spawn('server');
        function stop() {
          child.kill();
          if (!child.killed) child.kill();
        }
      `,
    },
    {
      name: 'the first signal, guarded',
      code: dedent`
        import { spawn } from 'node:child_process';
        const child = spawn('server');
        function stop() {
          if (!child.killed) child.kill('SIGKILL');
        }
      `,
    },
    {
      name: 'a guard before the first signal only',
      code: dedent`
        import type { ChildProcess } from 'node:child_process';
        function stop(child: ChildProcess) {
          if (child.killed) return;
          child.kill('SIGTERM');
          setTimeout(() => child.kill('SIGKILL'), 5_000);
        }
      `,
    },
    {
      name: 'the exit code and the signal are asked',
      code: dedent`
        import type { ChildProcess } from 'node:child_process';
        async function stop(child: ChildProcess) {
          child.kill('SIGTERM');
          await sleep(1_000);
          if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
        }
      `,
    },
    {
      name: 'the first signal is sent on another way through the function',
      code: dedent`
        import type { ChildProcess } from 'node:child_process';
        function stop(child: ChildProcess, isGentle: boolean) {
          if (isGentle) {
            child.kill('SIGTERM');
            return;
          }
          if (!child.killed) child.kill('SIGKILL');
        }
      `,
    },
    {
      name: 'two children',
      code: dedent`
        import { spawn } from 'node:child_process';
        const a = spawn('a');
        const b = spawn('b');
        function stop() {
          a.kill('SIGTERM');
          if (!b.killed) b.kill('SIGKILL');
        }
      `,
    },
    {
      name: 'an abort that may have come, or may not',
      code: dedent`
        import { spawn } from 'node:child_process';
        async function run(signal: AbortSignal) {
          const child = spawn('tool');
          signal.addEventListener('abort', () => child.kill('SIGTERM'));
          await work();
          if (!child.killed) child.kill('SIGKILL');
        }
      `,
    },
    {
      name: 'a player of a game is no child process',
      code: dedent`
        class Arena {
          end(player) {
            player.kill('SIGTERM');
            if (!player.killed) player.kill('SIGKILL');
          }
        }
      `,
    },
    {
      name: 'in Bun, killed tells whether the process has exited',
      code: dedent`
        const child = Bun.spawn(['server']);
        async function stop() {
          child.kill('SIGTERM');
          await Bun.sleep(1_000);
          if (!child.killed) child.kill('SIGKILL');
        }
      `,
    },
    {
      name: 'a signal to the group does not set killed',
      code: dedent`
        import { spawn } from 'node:child_process';
        const child = spawn('server', { detached: true });
        async function stop() {
          process.kill(-child.pid, 'SIGTERM');
          await sleep(1_000);
          if (!child.killed) child.kill('SIGKILL');
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'a timer that escalates',
      code: dedent`
        import { spawn, type ChildProcess } from 'node:child_process';
        class Server {
          #child?: ChildProcess;
          start() {
            this.#child = spawn('server');
          }
          stop() {
            this.#child?.kill('SIGTERM');
            setTimeout(() => {
              if (!this.#child?.killed) this.#child?.kill('SIGKILL');
            }, 5_000);
          }
        }
      `,
      output: dedent`
        import { spawn, type ChildProcess } from 'node:child_process';
        class Server {
          #child?: ChildProcess;
          start() {
            this.#child = spawn('server');
          }
          stop() {
            this.#child?.kill('SIGTERM');
            setTimeout(() => {
              if (this.#child?.exitCode === null && this.#child?.signalCode === null) this.#child?.kill('SIGKILL');
            }, 5_000);
          }
        }
      `,
      errors: [{ messageId: 'dead', data: { first: 8, line: 10, signal: 'SIGKILL' }, line: 10, column: 11, endLine: 10, endColumn: 31 }],
    },
    {
      name: 'after a wait, in a function that is handed the child',
      code: dedent`
        const { spawn } = require('child_process');
        function start() {
          const child = spawn('vite', ['preview']);
          child.stdout.on('data', (chunk) => process.stdout.write(chunk));
          return child;
        }
        async function stop(child) {
          if (!child || child.killed) return;
          child.kill();
          await wait(300);
          if (child && !child.killed) child.kill('SIGKILL');
        }
        async function main() {
          const child = start();
          await stop(child);
        }
      `,
      output: dedent`
        const { spawn } = require('child_process');
        function start() {
          const child = spawn('vite', ['preview']);
          child.stdout.on('data', (chunk) => process.stdout.write(chunk));
          return child;
        }
        async function stop(child) {
          if (!child || child.killed) return;
          child.kill();
          await wait(300);
          if (child && child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
        }
        async function main() {
          const child = start();
          await stop(child);
        }
      `,
      errors: [{ messageId: 'dead', data: { first: 9, line: 11, signal: 'SIGKILL' }, line: 11, column: 16, endLine: 11, endColumn: 29 }],
    },
    {
      name: 'a comparison with false',
      code: dedent`
        import * as cp from 'child_process';
        const child = cp.fork('worker.js');
        export async function stop() {
          child.kill('SIGINT');
          await sleep(1_000);
          child.killed === false && child.kill('SIGTERM');
        }
      `,
      output: dedent`
        import * as cp from 'child_process';
        const child = cp.fork('worker.js');
        export async function stop() {
          child.kill('SIGINT');
          await sleep(1_000);
          child.exitCode === null && child.signalCode === null && child.kill('SIGTERM');
        }
      `,
      errors: [{ messageId: 'dead', data: { first: 4, line: 6, signal: 'SIGTERM' }, line: 6, column: 3, endLine: 6, endColumn: 25 }],
    },
    {
      name: 'a way out in front of the escalation',
      code: dedent`
        import { spawn, type ChildProcessWithoutNullStreams } from 'child_process';
        const running = new Map<string, ChildProcessWithoutNullStreams>();
        export function cancel(id: string) {
          const child = running.get(id);
          if (!child) return;
          child.kill('SIGTERM');
          setTimeout(() => {
            if (isDone(id) || child.killed) return;
            child.kill('SIGKILL');
          }, 5_000);
          running.delete(id);
        }
      `,
      output: dedent`
        import { spawn, type ChildProcessWithoutNullStreams } from 'child_process';
        const running = new Map<string, ChildProcessWithoutNullStreams>();
        export function cancel(id: string) {
          const child = running.get(id);
          if (!child) return;
          child.kill('SIGTERM');
          setTimeout(() => {
            if (isDone(id) || child.exitCode !== null || child.signalCode !== null) return;
            child.kill('SIGKILL');
          }, 5_000);
          running.delete(id);
        }
      `,
      errors: [{ messageId: 'dead', data: { first: 6, line: 9, signal: 'SIGKILL' }, line: 8, column: 23, endLine: 8, endColumn: 35 }],
    },
    {
      name: 'a child that may be missing: the way out is taken when it was before',
      code: dedent`
        import { execa, type ResultPromise } from 'execa';
        class Tunnel {
          private child?: ResultPromise;
          async close() {
            this.child?.kill('SIGTERM');
            await sleep(100);
            if (this.child?.killed) return;
            this.child?.kill('SIGKILL');
          }
        }
      `,
      output: dedent`
        import { execa, type ResultPromise } from 'execa';
        class Tunnel {
          private child?: ResultPromise;
          async close() {
            this.child?.kill('SIGTERM');
            await sleep(100);
            if (this.child?.exitCode != null || this.child?.signalCode != null) return;
            this.child?.kill('SIGKILL');
          }
        }
      `,
      errors: [{ messageId: 'dead', data: { first: 5, line: 8, signal: 'SIGKILL' }, line: 7, column: 9, endLine: 7, endColumn: 27 }],
    },
  ],
});
