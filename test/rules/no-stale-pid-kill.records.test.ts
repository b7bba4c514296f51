import dedent from 'dedent';
import noStalePidKill from '../../rules/no-stale-pid-kill.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-stale-pid-kill', noStalePidKill, {
  valid: [
    {
      name: 'the kernel is asked what runs under it',
      code: dedent`
        import { readFile } from 'node:fs/promises';
        const commandOf = async (pid) => (await readFile(\`/proc/\${pid}/comm\`, 'utf8')).trim();
        export async function replaceServer() {
          const pid = Number.parseInt(await readFile('server.pid', 'utf8'), 10);
          if ((await commandOf(pid)) !== 'server') return;
          process.kill(pid, 'SIGTERM');
        }
      `,
    },
    {
      name: 'a record of a store, compared with the start time of what runs',
      code: dedent`
        class Session {
          async endLeftover() {
            const record = await this.records.load();
            if (record === undefined) return;
            const startedAt = await this.processes.startedAt(record.pid);
            if (startedAt === record.startedAt) this.#kill(record.pid);
          }
          #kill(pid) { process.kill(pid, 'SIGKILL'); }
        }
      `,
    },
    {
      name: 'what is loaded may be the live thing, or come from anywhere',
      code: dedent`
        export async function stop(plugins, sessions, name) {
          const plugin = await plugins.load(name);
          process.kill(plugin.pid, 'SIGTERM');
          const session = await sessions.get(name);
          process.kill(session.pid, 'SIGTERM');
          const told = await load();
          process.kill(told.pid, 'SIGTERM');
        }
      `,
    },
    {
      name: 'a store in the file itself, of what it has spawned',
      code: dedent`
        import { spawn } from 'node:child_process';
        const store = new Map();
        const records = { load: (name) => store.get(name) };
        export function run(name) { store.set(name, spawn(name)); }
        export function stop(name) { process.kill(store.get(name).pid); }
      `,
    },
    {
      name: 'cleared by a method that the exit calls',
      code: dedent`
        import { fork } from 'node:child_process';
        class Pool {
          grow() {
            const child = fork('worker.js');
            this.pid = child.pid ?? null;
            child.once('close', () => this.forget());
          }
          rotate() { if (this.pid !== null) process.kill(this.pid, 'SIGUSR2'); }
          forget() { this.pid = null; }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'a record of a store, killed by a helper',
      code: dedent`
        class Session {
          async endLeftover() {
            const record = await this.#records.load();
            if (record === undefined) return;
            this.#kill(record.pid);
          }
          #kill(pid) {
            try {
              process.kill(pid, 'SIGKILL');
            } catch (error) {
              this.logger.info('gone', { error });
            }
          }
        }
      `,
      errors: [{ messageId: 'loaded', data: { name: 'pid', line: 3 }, line: 9, column: 7, endLine: 9, endColumn: 35 }],
    },
    {
      name: 'the same, taken apart',
      code: dedent`
        export async function end(store) {
          const { pid } = await store.loadState('agent');
          process.kill(-pid, 'SIGTERM');
        }
      `,
      errors: [{ messageId: 'loaded', data: { name: 'pid', line: 2 }, line: 3, column: 3, endLine: 3, endColumn: 32 }],
    },
    {
      name: 'that the kernel has a folder for the number is no proof',
      code: dedent`
        import { existsSync, readFileSync } from 'node:fs';
        export function stop() {
          const pid = Number(readFileSync('server.pid', 'utf8'));
          if (existsSync(\`/proc/\${pid}\`)) process.kill(pid);
        }
      `,
      errors: [{ messageId: 'read', data: { name: 'pid', line: 3 }, line: 4, column: 35, endLine: 4, endColumn: 52 }],
    },
    {
      name: 'a method that the exit calls, and that leaves it as it is',
      code: dedent`
        import { fork } from 'node:child_process';
        class Pool {
          grow() {
            const child = fork('worker.js');
            this.pid = child.pid ?? null;
            child.once('close', () => this.forget());
          }
          rotate() { if (this.pid !== null) process.kill(this.pid, 'SIGUSR2'); }
          forget() { this.count = 0; }
        }
      `,
      errors: [{ messageId: 'notCleared', data: { name: 'this.pid', line: 6 }, line: 8, column: 37, endLine: 8, endColumn: 70 }],
    },
  ],
});
