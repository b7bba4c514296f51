import dedent from 'dedent';
import requireKillEscalation from '../../rules/require-kill-escalation.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-kill-escalation, to the letter', requireKillEscalation, {
  valid: [
    {
      name: 'an exit that has come already is asked for first',
      code: dedent`
        import { once } from 'node:events';
        import { spawn } from 'child_process';
        const child = spawn('server');
        export async function stop() {
          const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
          child.kill('SIGTERM');
          await sleep(10);
          if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
          clearTimeout(timer);
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a command whose callback is called at its exit',
      code: dedent`
        import { exec } from 'child_process';
        export function shell(command: string, signal: AbortSignal) {
          return new Promise((resolve, reject) => {
            const child = exec(command, (error, stdout) => (error ? reject(error) : resolve(stdout)));
            signal.addEventListener('abort', () => child.kill('SIGKILL'));
          });
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'the promise of the exit goes out in an object beside the child',
      code: dedent`
        import { fork, type ChildProcess } from 'child_process';
        class Parent {
          #active?: { process: ChildProcess; result: Promise<void> };
          async close() {
            this.#active?.process.kill('SIGKILL');
            await this.#active?.result;
            this.#active = undefined;
          }
          get #child() {
            const child = fork('script');
            this.#active = { process: child, result: new Promise((resolve) => child.on('exit', () => resolve())) };
            return this.#active;
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a function of which other files may wait for the child they hand in',
      code: dedent`
        import type { ChildProcess } from 'child_process';
        export function killChild(child: ChildProcess) {
          child.kill('SIGTERM');
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a child that goes out to the caller',
      code: dedent`
        import { spawn } from 'child_process';
        export function open(signal: AbortSignal) {
          const child = spawn('tool');
          signal.addEventListener('abort', () => child.kill());
          return child;
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a tree of processes, ended by a library',
      code: dedent`
        import { once } from 'node:events';
        import { spawn } from 'child_process';
        import treeKill from 'tree-kill';
        const child = spawn('server');
        export async function stop() {
          const exited = once(child, 'exit');
          child.kill('SIGTERM');
          const timer = setTimeout(() => treeKill(child.pid, 'SIGKILL'), 5_000);
          await exited;
          clearTimeout(timer);
        }
      `,
      options: [{ report: 'every' }],
    },
  ],
  invalid: [
    {
      name: 'SIGKILL by choice, and nobody waits',
      code: dedent`
        import { spawn, type ChildProcess } from 'child_process';
        class Server {
          private child?: ChildProcess;
          start() { this.child = spawn('server'); }
          async reset() {
            this.child?.kill('SIGKILL');
            this.child = undefined;
          }
        }
      `,
      options: [{ report: 'every' }],
      errors: [{ messageId: 'notAwaited', data: { name: 'this.child', signal: 'SIGKILL', owner: 'Server', line: 6 }, line: 6, column: 5, endLine: 6, endColumn: 32 }],
    },
    {
      name: 'a timer sends SIGKILL, and nobody waits',
      code: dedent`
        import { spawn } from 'child_process';
        export async function run() {
          const server = spawn('server');
          try {
            await request();
          } finally {
            server.kill('SIGTERM');
            await new Promise((resolve) => setTimeout(resolve, 100));
            if (server.exitCode === null && server.signalCode === null) server.kill('SIGKILL');
          }
        }
      `,
      options: [{ report: 'every' }],
      errors: [{ messageId: 'notAwaited', data: { name: 'server', signal: 'SIGTERM', owner: 'run', line: 7 }, line: 7, column: 5, endLine: 7, endColumn: 27 }],
    },
    {
      name: 'the exit is awaited before SIGKILL, and not after',
      code: dedent`
        import { spawn, type ChildProcess } from 'child_process';
        class Transport {
          private process?: ChildProcess;
          start() {
            this.process = spawn('server');
            this.process.on('close', () => { this.onclose?.(); });
          }
          async close() {
            const child = this.process;
            this.process = undefined;
            if (!child) return;
            const closed = new Promise<void>((resolve) => child.once('close', () => { resolve(); }));
            child.kill('SIGTERM');
            await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 2_000).unref())]);
            if (child.exitCode === null) child.kill('SIGKILL');
          }
        }
      `,
      options: [{ report: 'every' }],
      errors: [{ messageId: 'unawaitedKill', data: { name: 'child', signal: 'SIGTERM', owner: 'Transport', line: 13 }, line: 15, column: 34, endLine: 15, endColumn: 55 }],
    },
    {
      name: 'the exit is listened for just after the signal',
      code: dedent`
        import { once } from 'node:events';
        import { spawn } from 'child_process';
        const child = spawn('server');
        export async function stop() {
          child.kill('SIGKILL');
          await once(child, 'exit');
        }
      `,
      options: [{ report: 'every' }],
      errors: [{ messageId: 'lateListener', data: { name: 'child', signal: 'SIGKILL', owner: 'stop', line: 5 }, line: 6, column: 9, endLine: 6, endColumn: 28 }],
    },
    {
      name: 'a run whose time is up, which a child can draw out for ever',
      code: dedent`
        import { spawn } from 'child_process';
        export async function run(command, limit) {
          return await new Promise((resolve, reject) => {
            const child = spawn(command);
            const timer = setTimeout(() => child.kill('SIGTERM'), limit);
            child.on('error', reject);
            child.on('close', (code) => {
              clearTimeout(timer);
              resolve(code);
            });
          });
        }
      `,
      options: [{ report: 'every' }],
      errors: [{ messageId: 'noDeadline', data: { name: 'child', signal: 'SIGTERM', owner: 'run', line: 5 }, line: 3, column: 10, endLine: 11, endColumn: 5 }],
    },
    {
      name: 'a run whose time is up, given up at once',
      code: dedent`
        import { spawn } from 'child_process';
        export function run(command, limit) {
          return new Promise((resolve, reject) => {
            const child = spawn(command);
            const timer = setTimeout(() => {
              child.kill();
              reject(new Error('timeout'));
            }, limit);
            child.on('close', () => {
              clearTimeout(timer);
              resolve();
            });
          });
        }
      `,
      options: [{ report: 'every' }],
      errors: [{ messageId: 'notAwaited', data: { name: 'child', signal: 'SIGTERM', owner: 'run', line: 6 }, line: 6, column: 7, endLine: 6, endColumn: 19 }],
    },
    {
      name: 'in the code of a module',
      code: dedent`
        import { spawn } from 'child_process';
        const child = spawn('server');
        await check();
        child.kill();
      `,
      options: [{ report: 'every' }],
      errors: [{ messageId: 'notAwaited', data: { name: 'child', signal: 'SIGTERM', owner: '(module)', line: 4 }, line: 4, column: 1, endLine: 4, endColumn: 13 }],
    },
  ],
});
