import dedent from 'dedent';
import requireKillEscalation from '../../rules/require-kill-escalation.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-kill-escalation', requireKillEscalation, {
  valid: [],
  invalid: [
    {
      name: 'the child is forgotten as soon as the signal is sent',
      code: dedent`
        import { spawn, type ChildProcess } from 'node:child_process';
        class Server {
          #child?: ChildProcess;
          async start() {
            this.#child = spawn('server');
            this.#child.on('exit', (code) => console.log('exit', code));
          }
          async stop() {
            this.#child?.kill('SIGTERM');
            this.#child = undefined;
          }
        }
      `,
      errors: [{ messageId: 'abandoned', data: { name: 'this.#child', signal: 'SIGTERM', owner: 'Server', line: 9 }, line: 9, column: 5, endLine: 9, endColumn: 33 }],
    },
    {
      name: 'children in a record: of one that hangs, and of one that is not connected any more',
      code: dedent`
        import * as childProcess from 'child_process';
        import { ChildProcess } from 'child_process';
        export class Controller {
          private readonly _children: Record<string, ChildProcess>;
          constructor() {
            this._children = {};
          }
          async load(name: string) {
            const child = childProcess.fork('loader');
            child.send({ action: 'load' });
            this._children[name] = child;
            child.on('exit', (code, signal) => {
              if (code !== 0) this._logger.error({ name, code, signal: signal ?? '' }, 'exited');
            });
          }
          private async _unload(name: string) {
            if (!this._children[name].connected) {
              this._children[name].kill('SIGTERM');
              delete this._children[name];
              throw new Error('not connected any more');
            }
            this._children[name].send({ action: 'unload' });
            await Promise.race([
              new Promise<void>((resolve) => this._children[name].on('message', () => resolve())),
              new Promise((_, reject) => {
                setTimeout(() => {
                  this._children[name].kill('SIGTERM');
                  delete this._children[name];
                  reject(new Error('timeout'));
                }, 5_000);
              }),
            ]);
          }
        }
      `,
      errors: [
        { messageId: 'abandoned', data: { name: 'this._children[name]', signal: 'SIGTERM', owner: 'Controller', line: 18 }, line: 18, column: 7, endLine: 18, endColumn: 43 },
        { messageId: 'abandoned', data: { name: 'this._children[name]', signal: 'SIGTERM', owner: 'Controller', line: 27 }, line: 27, column: 11, endLine: 27, endColumn: 47 },
      ],
    },
    {
      name: 'a function, by its name, of a variable of the module',
      code: dedent`
        const { spawn } = require('child_process');
        let worker;
        function startWorker() {
          worker = spawn('worker');
        }
        function stopWorker() {
          const child = worker;
          worker = undefined;
          if (!child || child.killed) return;
          try {
            child.kill('SIGINT');
          } catch {
            // it has ended
          }
        }
        module.exports = { startWorker, stopWorker };
      `,
      errors: [{ messageId: 'abandoned', data: { name: 'child', signal: 'SIGINT', owner: 'stopWorker', line: 11 }, line: 11, column: 5, endLine: 11, endColumn: 25 }],
    },
    {
      name: 'a wait without an end',
      code: dedent`
        import { once } from 'node:events';
        import { spawn, type ChildProcess } from 'child_process';
        class Server {
          private child?: ChildProcess;
          async start() { this.child = spawn('server'); }
          async stop() {
            const child = this.child;
            if (!child) return;
            const exited = once(child, 'exit');
            child.kill();
            await exited;
            this.child = undefined;
          }
        }
      `,
      errors: [{ messageId: 'noDeadline', data: { name: 'child', signal: 'SIGTERM', owner: 'Server', line: 10 }, line: 11, column: 5, endLine: 11, endColumn: 17 }],
    },
    {
      name: 'a wait without an end, in a promise that a helper returns',
      code: dedent`
        import { spawn, type ChildProcess } from 'child_process';
        class Server {
          private child?: ChildProcess;
          async start() { this.child = spawn('server'); }
          async stop() {
            this.child?.kill('SIGTERM');
            await this.exited();
            this.child = undefined;
          }
          private exited() {
            return new Promise<void>((resolve) => {
              this.child?.once('exit', () => resolve());
            });
          }
        }
      `,
      errors: [{ messageId: 'noDeadline', data: { name: 'this.child', signal: 'SIGTERM', owner: 'Server', line: 6 }, line: 7, column: 5, endLine: 7, endColumn: 24 }],
    },
    {
      name: 'a wait that ends, and no SIGKILL',
      code: dedent`
        import { once } from 'node:events';
        import { spawn, type ChildProcess } from 'child_process';
        class Server {
          private child?: ChildProcess;
          async start() { this.child = spawn('server'); }
          async [Symbol.asyncDispose]() {
            const child = this.child;
            if (!child) return;
            const exited = once(child, 'exit');
            child.kill();
            await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, 5_000))]);
            this.child = undefined;
          }
        }
      `,
      errors: [{ messageId: 'noEscalation', data: { name: 'child', signal: 'SIGTERM', owner: 'Server', line: 10 }, line: 11, column: 5, endLine: 11, endColumn: 87 }],
    },
    {
      name: 'an exit that is missed while something else is awaited',
      code: dedent`
        import { once } from 'node:events';
        import { spawn } from 'child_process';
        class Server {
          async start() { this.child = spawn('server'); }
          async stop() {
            this.child.kill('SIGTERM');
            await this.flush();
            await withTimeout(once(this.child, 'exit'), 5_000);
          }
        }
      `,
      errors: [{ messageId: 'lateListener', data: { name: 'this.child', signal: 'SIGTERM', owner: 'Server', line: 6 }, line: 8, column: 23, endLine: 8, endColumn: 47 }],
    },
  ],
});
