import dedent from 'dedent';
import requireKillEscalation from '../../rules/require-kill-escalation.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-kill-escalation, where it is silent', requireKillEscalation, {
  valid: [
    {
      name: 'signal, deadline, SIGKILL, and the exit is awaited: the promise is taken when the child is made',
      code: dedent`
        import { once } from 'node:events';
        import { spawn, type ChildProcess } from 'node:child_process';
        class Worker {
          #child?: ChildProcess;
          #exited?: Promise<unknown>;
          start() {
            this.#child = spawn('worker');
            this.#exited = once(this.#child, 'exit');
          }
          async stop() {
            this.#child?.kill('SIGTERM');
            try {
              await withDeadline(this.#exited, 5_000);
            } catch {
              this.#child?.kill('SIGKILL');
              await withDeadline(this.#exited, 1_000);
            } finally {
              this.#child = undefined;
            }
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a timer that sends SIGKILL, in the promise of the exit',
      code: dedent`
        import { spawn, type ChildProcess } from 'child_process';
        let server: ChildProcess | null = null;
        export function startServer() {
          server = spawn('server');
        }
        export async function stopServer() {
          if (!server) return;
          return new Promise<void>((resolve) => {
            const child = server;
            server = null;
            if (!child) {
              resolve();
              return;
            }
            const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
            child.on('exit', () => {
              clearTimeout(timer);
              resolve();
            });
            child.kill('SIGTERM');
          });
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'SIGKILL by choice, its exit awaited through a field that another function fills',
      code: dedent`
        import childProcess from 'node:child_process';
        function exitOf(process: childProcess.ChildProcess): Promise<void> {
          return new Promise((resolve) => {
            process.once('exit', () => resolve());
          });
        }
        export class Runtime {
          #process?: childProcess.ChildProcess;
          #exited?: Promise<void>;
          async start() {
            const child = childProcess.spawn('runtime', []);
            this.#process = child;
            const exited = exitOf(child);
            this.#exited = exited;
          }
          dispose(): Promise<void> | undefined {
            const child = this.#process;
            this.#process = undefined;
            child?.kill('SIGKILL');
            return this.#exited;
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'the exit is awaited by the caller',
      code: dedent`
        import { spawn, type ChildProcess } from 'child_process';
        class Session {
          private child?: ChildProcess;
          private exited?: Promise<void>;
          start() {
            this.child = spawn('agent');
            this.exited = new Promise((resolve) => this.child?.once('close', () => resolve()));
          }
          async stop() {
            this.terminate();
            await Promise.race([this.exited, sleep(2_000)]);
            this.child?.kill('SIGKILL');
            await this.exited;
            this.child = undefined;
          }
          private terminate() {
            this.child?.kill('SIGTERM');
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'execa sends SIGKILL by itself after its delay',
      code: dedent`
        import { execa, type ResultPromise } from 'execa';
        class Tunnel {
          private tunnel?: ResultPromise;
          open() {
            this.tunnel = execa('tunnel');
          }
          async close() {
            this.tunnel?.kill();
            await this.tunnel?.catch(() => undefined);
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a run that is killed when its time is up, and settles when it exits',
      code: dedent`
        import { spawn } from 'child_process';
        export function run(command: string, limit: number) {
          return new Promise((resolve, reject) => {
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
    },
    {
      name: 'a run whose time is up, given up at once',
      code: dedent`
        import { spawn } from 'child_process';
        export function run(command: string, limit: number) {
          return new Promise((resolve, reject) => {
            const child = spawn(command);
            setTimeout(() => {
              child.kill();
              reject(new Error('timeout'));
            }, limit);
            child.on('close', resolve);
          });
        }
      `,
    },
    {
      name: 'handlers of the own process and of errors',
      code: dedent`
        import { spawn } from 'child_process';
        class Server {
          start() {
            this.child = spawn('server');
            process.on('exit', () => this.child.kill());
            this.child.on('error', () => {
              this.child.kill();
              this.child = undefined;
            });
          }
          async restart() {
            try {
              await this.ready();
            } catch (error) {
              this.child.kill();
              this.child = undefined;
              throw error;
            }
          }
        }
        const watcher = spawn('tsc', ['--watch']);
        function shutdown() {
          watcher.kill();
        }
        process.on('SIGINT', shutdown);
        function quit() {
          watcher.kill();
          process.exit(0);
        }
        export { quit, Server };
      `,
    },
    {
      name: 'things that are killed and are no child processes',
      code: dedent`
        import cluster from 'node:cluster';
        import { Worker } from 'node:worker_threads';
        class Game {
          async start() {
            this.worker = cluster.fork();
            this.thread = new Worker('./thread.js');
            this.container = await docker.run('image');
          }
          async stop() {
            this.player.kill();
            this.worker.kill('SIGTERM');
            this.thread.kill();
            await this.container.kill();
            this.worker = undefined;
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a type of the same name from elsewhere',
      code: dedent`
        import type { ChildProcess } from './sandbox.ts';
        class Sandbox {
          #child?: ChildProcess;
          async stop() {
            this.#child?.kill();
            this.#child = undefined;
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'the child is handed to something that may wait for it',
      code: dedent`
        import { spawn, type ChildProcess } from 'child_process';
        class Server {
          private child?: ChildProcess;
          start() {
            this.child = spawn('server');
            this.monitor.attach(this.child);
          }
          async stop() {
            this.child?.kill('SIGTERM');
            await this.monitor.idle();
            this.child = undefined;
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'the exit is told to somebody out of sight',
      code: dedent`
        import { EventEmitter } from 'node:events';
        import { spawn, type ChildProcess } from 'child_process';
        class Shard extends EventEmitter {
          private child?: ChildProcess;
          start() {
            this.child = spawn('shard');
            this.child.on('exit', (code) => this.emit('death', code));
          }
          stop() {
            this.child?.kill();
            this.child = undefined;
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a signal that does not end anything, and one that is not known',
      code: dedent`
        import { spawn, type ChildProcess } from 'child_process';
        class Server {
          private child?: ChildProcess;
          start() { this.child = spawn('server'); }
          async stop() { this.child?.kill('SIGHUP'); }
          async end(signal) { this.child?.kill(signal); }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a poll for the exit code',
      code: dedent`
        import { spawn } from 'child_process';
        const child = spawn('server');
        export async function stop() {
          child.kill('SIGTERM');
          for (let i = 0; i < 50 && child.exitCode === null; i++) await sleep(100);
          if (child.exitCode === null) child.kill('SIGKILL');
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'SIGKILL follows, and only the last exit is not awaited: no harm',
      code: dedent`
        import { spawn, type ChildProcess } from 'child_process';
        class Server {
          private child?: ChildProcess;
          start() { this.child = spawn('server'); }
          async stop() {
            const child = this.child;
            this.child = undefined;
            child?.kill('SIGTERM');
            setTimeout(() => child?.kill('SIGKILL'), 5_000).unref();
          }
          async reset() {
            this.child?.kill('SIGKILL');
            this.child = undefined;
          }
        }
      `,
    },
    {
      name: 'what no-dead-kill-escalation reports',
      code: dedent`
        import { spawn, type ChildProcess } from 'child_process';
        class Server {
          private child?: ChildProcess;
          start() { this.child = spawn('server'); }
          async stop() {
            this.child?.kill('SIGTERM');
            await sleep(1_000);
            if (!this.child?.killed) this.child?.kill('SIGKILL');
            this.child = undefined;
          }
        }
      `,
    },
    {
      name: 'a stop that nobody can wait for, of a child whose exit is noted',
      code: dedent`
        import { spawn, type ChildProcess } from 'child_process';
        class Server {
          private child?: ChildProcess;
          start() {
            if (this.child) return;
            this.child = spawn('server');
            this.child.on('exit', () => { this.child = undefined; });
          }
          stop() { this.child?.kill(); }
        }
      `,
    },
  ],
  invalid: [],
});
