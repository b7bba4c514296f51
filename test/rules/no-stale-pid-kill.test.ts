import dedent from 'dedent';
import noStalePidKill from '../../rules/no-stale-pid-kill.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-stale-pid-kill', noStalePidKill, {
  valid: [
    {
      name: 'a question whether a process lives',
      code: dedent`
        import { readFileSync } from 'node:fs';
        export function isRunning() {
          const pid = Number(readFileSync('server.pid', 'utf8'));
          try {
            process.kill(pid, 0);
            return true;
          } catch {
            return false;
          }
        }
      `,
    },
    {
      name: 'the own process, and a child that is held',
      code: dedent`
        import { spawn } from 'node:child_process';
        class Server {
          start() { this.child = spawn('server', { detached: true }); }
          stop() {
            process.kill(-this.child.pid, 'SIGTERM');
            process.kill(process.pid, 'SIGUSR2');
          }
        }
      `,
    },
    {
      name: 'something tells what runs under it: a function, a start time, a port, the name of the command',
      code: dedent`
        import { readFileSync } from 'node:fs';
        import { execFileSync } from 'node:child_process';
        import { isOurServer, startTimeOf } from './processes.ts';
        const read = () => JSON.parse(readFileSync('server.json', 'utf8'));
        export function stopByCommand() {
          const { pid } = read();
          if (!isOurServer(pid)) return;
          process.kill(pid, 'SIGTERM');
        }
        export function stopByTime() {
          const record = read();
          if (record.startedAt === startTimeOf(record.pid)) process.kill(record.pid, 'SIGTERM');
        }
        export async function stopByPort() {
          const record = read();
          const health = await fetch('http://localhost:8080/health');
          if (health.ok) process.kill(record.pid, 'SIGTERM');
        }
        export function stopByPs() {
          const { pid } = read();
          if (execFileSync('ps', ['-o', 'comm=', '-p', String(pid)]).includes('server')) process.kill(pid);
        }
      `,
    },
    {
      name: 'compared with the pid of a child, or with what the file says beside it',
      code: dedent`
        import { readFileSync } from 'node:fs';
        class Supervisor {
          stop() {
            const known = this.child?.pid;
            const pid = parseInt(readFileSync(this.path, 'utf8'), 10);
            if (pid === known) process.kill(pid, 'SIGTERM');
          }
          end(host) {
            const record = JSON.parse(readFileSync(this.path, 'utf8'));
            if (record.host !== host) return;
            process.kill(record.pid, 'SIGTERM');
          }
        }
      `,
    },
    {
      name: 'the caller looks first',
      code: dedent`
        import { readFileSync } from 'node:fs';
        import { isServing } from './health.ts';
        const readPid = () => Number(readFileSync('server.pid', 'utf8'));
        function end(pid) {
          process.kill(pid, 'SIGTERM');
        }
        export async function stop() {
          const pid = readPid();
          if (await isServing()) end(pid);
        }
      `,
    },
    {
      name: 'a pid that comes from elsewhere',
      code: dedent`
        import { readFileSync } from 'node:fs';
        export function end(pid) {
          process.kill(pid, 'SIGTERM');
        }
        export function endAll(server, config) {
          const port = Number(readFileSync('server.port', 'utf8'));
          for (const pid of pidsOn(port)) process.kill(pid, 'SIGTERM');
          process.kill(config.pid ?? Number(readFileSync('server.pid', 'utf8')));
        }
      `,
    },
    {
      name: 'the list of processes that the kernel keeps',
      code: dedent`
        import { readFileSync } from 'node:fs';
        export function endFirst() {
          const pid = Number(readFileSync('/proc/self/task/1/children', 'utf8').split(' ')[0]);
          process.kill(pid, 'SIGTERM');
        }
      `,
    },
    {
      name: 'a local that is called process',
      code: dedent`
        import { readFileSync } from 'node:fs';
        export function end(sessions, id) {
          const { process } = sessions.get(id);
          process.kill(readFileSync('signal', 'utf8'));
        }
      `,
    },
    {
      name: 'a pid that is cleared when the child exits, by itself or with a flag',
      code: dedent`
        import { spawn } from 'node:child_process';
        class Server {
          start() {
            const child = spawn('server');
            this.pid = child.pid;
            child.once('exit', () => this.#ended());
          }
          #ended() { this.pid = undefined; }
          stop() { if (this.pid) process.kill(this.pid, 'SIGTERM'); }
        }
        class Flagged {
          start() {
            const child = spawn('server');
            this.pid = child.pid;
            this.running = true;
            child.once('exit', () => { this.running = false; });
          }
          stop() { if (this.running) process.kill(this.pid, 'SIGTERM'); }
        }
      `,
    },
    {
      name: 'a pid of a child of whose exit the file says nothing',
      code: dedent`
        import { spawn } from 'node:child_process';
        class Server {
          start() {
            const child = spawn('server', { detached: true });
            child.unref();
            this.pid = child.pid;
          }
          stop() { process.kill(this.pid, 'SIGTERM'); }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'a pid file',
      code: dedent`
        import fs from 'node:fs';
        const PID_FILE = '/run/server.pid';
        export async function stop() {
          if (!fs.existsSync(PID_FILE)) return;
          const pid = parseInt(fs.readFileSync(PID_FILE, 'utf8').trim(), 10);
          try {
            process.kill(pid, 'SIGTERM');
            fs.unlinkSync(PID_FILE);
            console.log('stopped', pid);
          } catch {}
        }
      `,
      errors: [{ messageId: 'read', data: { name: 'pid', line: 5 }, line: 7, column: 5, endLine: 7, endColumn: 33 }],
    },
    {
      name: 'that some process has the number is no proof',
      code: dedent`
        const { existsSync, readFileSync } = require('fs');
        function readPid() {
          try {
            if (!existsSync('server.pid')) return null;
            const pid = Number(readFileSync('server.pid', 'utf8'));
            return Number.isInteger(pid) && pid > 0 ? pid : null;
          } catch {
            return null;
          }
        }
        function isAlive(pid) {
          try {
            process.kill(pid, 0);
            return true;
          } catch {
            return false;
          }
        }
        function end(pid) {
          process.kill(pid);
        }
        exports.stop = async () => {
          const pid = readPid();
          if (pid === null || pid === process.pid || !isAlive(pid)) return;
          end(pid);
        };
      `,
      errors: [{ messageId: 'read', data: { name: 'pid', line: 5 }, line: 20, column: 3, endLine: 20, endColumn: 20 }],
    },
    {
      name: 'a record, and the group of its process',
      code: dedent`
        import { promises as fs } from 'node:fs';
        import { readFile } from 'node:fs/promises';
        export async function end() {
          const record = JSON.parse(await readFile('session.json', 'utf8'));
          process.kill(-record.pid, 'SIGKILL');
          const text = await fs.readFile('other.pid', 'utf8');
          const match = text.match(/^pid: (\d+)/m);
          if (match) process.kill(Number(match[1]), 'SIGTERM');
        }
      `,
      errors: [
        { messageId: 'read', data: { name: 'record.pid', line: 4 }, line: 5, column: 3, endLine: 5, endColumn: 39 },
        { messageId: 'read', data: { name: 'match[1]', line: 6 }, line: 8, column: 14, endLine: 8, endColumn: 55 },
      ],
    },
    {
      name: 'a field that the exit of the child leaves as it is',
      code: dedent`
        import { spawn } from 'node:child_process';
        class Server {
          #pid;
          #child;
          start() {
            this.#child = spawn('server', { detached: true });
            this.#pid = this.#child.pid;
            this.#child.on('exit', (code) => console.log('exit', code));
          }
          stop() {
            if (this.#pid) process.kill(-this.#pid, 'SIGTERM');
          }
        }
      `,
      errors: [{ messageId: 'notCleared', data: { name: 'this.#pid', line: 8 }, line: 11, column: 20, endLine: 11, endColumn: 55 }],
    },
    {
      name: 'a name of the module that the exit of the child leaves as it is',
      code: dedent`
        import { fork } from 'node:child_process';
        let pid: number | undefined;
        let code: number | null = null;
        export function start() {
          const child = fork('worker.js');
          pid = child.pid;
          child.once('close', (status) => { code = status; });
        }
        export function stop() {
          if (pid !== undefined) process.kill(pid);
        }
      `,
      errors: [{ messageId: 'notCleared', data: { name: 'pid', line: 7 }, line: 10, column: 26, endLine: 10, endColumn: 43 }],
    },
  ],
});
