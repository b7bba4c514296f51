import dedent from 'dedent';
import rule from '../../rules/no-unlocked-transition.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-unlocked-transition: silent', rule, {
  valid: [
    {
      name: 'a synchronous handler that takes note of what has happened',
      code: dedent`
        class Runner {
          async start() {
            if (this.running) return;
            this.child = spawn('worker');
            this.running = true;
            this.child.on('exit', () => { this.running = false; this.child = undefined; });
            await once(this.child, 'spawn');
          }
          async stop() {
            if (!this.running) return;
            this.child.kill();
            await this.exited;
          }
        }
      `,
    },
    {
      name: "reads of the flag, and writes of fields that are nobody's to stop",
      code: dedent`
        class Poller {
          async start() { if (this.running) return; this.running = true; this.task = this.loop(); await this.ready; }
          async stop() { this.running = false; await this.task; }
          async status() { if (!this.running) return 'off'; await this.ping(); this.lastSeen = Date.now(); return this.running; }
        }
      `,
    },
    {
      name: 'the flag is tested again after the await',
      code: dedent`
        class Feed {
          async start() {
            this.stopped = false;
            this.socket = await dial();
            this.socket.on('close', () => this.redial());
          }
          async stop() { this.stopped = true; await this.socket?.close(); this.socket = undefined; }
          async redial() {
            if (this.stopped) return;
            const socket = await dial();
            if (this.stopped) { socket.destroy(); return; }
            this.socket = socket;
          }
        }
      `,
    },
    {
      name: 'the flag is tested after the socket is kept, and the socket closed again',
      code: dedent`
        class Feed {
          async start() { this.stopped = false; this.socket = await dial(); this.socket.on('close', () => this.redial()); }
          async stop() { this.stopped = true; await this.socket?.close(); this.socket = undefined; }
          async redial() {
            this.socket = await dial();
            if (this.stopped) await this.socket.close();
          }
        }
      `,
    },
    {
      name: 'an epoch, a signal, the identity of the socket',
      code: dedent`
        class Feed {
          async start() {
            const socket = (this.socket = await dial());
            const { signal } = (this.abort = new AbortController());
            socket.on('close', async () => {
              const epoch = ++this.epoch;
              const next = await dial();
              if (epoch !== this.epoch) return next.destroy();
              this.socket = next;
            });
            socket.on('error', async () => {
              const next = await dial();
              if (signal.aborted) return next.destroy();
              this.socket = next;
            });
            socket.on('lost', async () => {
              await pause();
              signal.throwIfAborted();
              this.socket = undefined;
            });
            socket.on('idle', async () => {
              await pause();
              if (this.socket === socket) this.socket = undefined;
            });
          }
          async stop() { this.epoch++; this.abort.abort(); await this.socket?.close(); this.socket = undefined; }
        }
      `,
    },
    {
      name: 'the session is swapped out before it is closed',
      code: dedent`
        class Session {
          async start() { if (this.session) return; this.session = await spawn(); this.timer = setTimeout(() => this.onIdle(), 1000); }
          async stop() { clearTimeout(this.timer); await this.onIdle(); }
          async onIdle() {
            const session = this.session;
            this.session = undefined;
            await session?.close();
          }
        }
      `,
    },
    {
      name: 'a promise in a field that stop waits for',
      code: dedent`
        class Feed {
          async start() { this.socket = await dial(); this.socket.on('close', () => { this.redialing = this.redial(); }); }
          async stop() { this.stopped = true; await this.redialing; await this.socket?.close(); this.socket = undefined; }
          async redial() {
            await pause();
            this.socket = await dial();
          }
        }
      `,
    },
    {
      name: 'a set of tasks that stop waits for',
      code: dedent`
        class Feed {
          #tasks = new Set();
          async start() { this.socket = await dial(); this.socket.on('close', async () => { this.#tasks.add(this.gate()); await pause(); this.socket = await dial(); }); }
          async stop() { this.stopped = true; await Promise.all([...this.#tasks]); await this.socket?.close(); this.socket = undefined; }
        }
      `,
    },
    {
      name: 'stop waits in a loop until the callback is through',
      code: dedent`
        class Feed {
          async start() { this.socket = await dial(); this.socket.on('close', async () => { this.busy = true; await pause(); this.socket = await dial(); this.busy = false; }); }
          async stop() { while (this.busy) await pause(); await this.socket?.close(); this.socket = undefined; }
        }
      `,
    },
    {
      name: 'the callback waits for a start or a stop that is under way',
      code: dedent`
        class Feed {
          async start() { return (this.starting ??= this.open()); }
          async open() { this.socket = await dial(); }
          async stop() { await this.starting; const socket = this.socket; this.socket = undefined; await socket?.close(); }
          attach() { this.bus.on('lost', async () => { await this.starting; this.socket = undefined; }); }
        }
      `,
    },
    {
      name: 'a method that opens once, by a promise in a field',
      code: dedent`
        class Store {
          async start() { await this.database(); }
          async stop() { const db = await this.opening; this.opening = undefined; await db?.close(); }
          async database() { return (this.opening ??= open(this.path)); }
        }
      `,
    },
    {
      name: 'a timer that stop itself arms, and one that is re-armed',
      code: dedent`
        class Runner {
          async start() { if (this.child) return; this.child = spawn('worker'); this.timer = setTimeout(() => this.tick(), 100); await this.ready; }
          async stop() {
            clearTimeout(this.timer);
            this.child.kill();
            const hard = setTimeout(async () => { await dump(); this.child.kill('SIGKILL'); this.child = undefined; }, 1000);
            await this.exited;
            clearTimeout(hard);
          }
          async tick() { await this.work(); this.timer = setTimeout(() => this.tick(), 100); }
        }
      `,
    },
    {
      name: 'the test and the change are one turn of the event loop, the await comes after',
      code: dedent`
        class Runner {
          async start() { if (this.child) return; this.child = spawn('worker'); await this.ready; }
          async stop() { const child = this.child; this.child = undefined; child?.kill(); await this.exited; }
          async ensureRunning() { if (!this.child) this.child = spawn('worker'); await this.ready; }
        }
      `,
    },
    {
      name: 'lists and maps are data',
      code: dedent`
        class Apps {
          async start() { this.apps = await load(); for (const app of this.apps) await app.start(); }
          async stop() { await Promise.all(this.apps.map((app) => app.stop())); }
          async uninstall(id) { await remove(id); this.apps = this.apps.filter((app) => app.id !== id); }
          async forget() { await removeAll(); this.apps = new Map(); }
        }
      `,
    },
    {
      name: 'an idle timer that counts who is at work',
      code: dedent`
        class Session {
          async start() { if (this.session) return; this.session = spawn(); await this.session.ready; this.arm(); }
          async stop() { clearTimeout(this.timer); const session = this.session; this.session = undefined; await session?.close(); }
          async use(work) {
            if (!this.session) return undefined;
            this.users += 1;
            try { return await work(this.session); } finally { this.users -= 1; this.arm(); }
          }
          arm() {
            clearTimeout(this.timer);
            this.timer = setTimeout(() => {
              if (this.users > 0) return;
              const session = this.session;
              this.session = undefined;
              session?.close();
            }, 1000);
          }
        }
      `,
    },
    {
      name: 'an idle timer that no two users can meet: the second is turned away',
      code: dedent`
        class Session {
          async start() { if (this.session) return; this.session = spawn(); await this.session.ready; this.arm(); }
          async stop() { clearTimeout(this.timer); const session = this.session; this.session = undefined; await session?.close(); }
          async use(work) {
            if (this.busy) throw new Error('busy');
            this.busy = true;
            clearTimeout(this.timer);
            try { return await work(this.session); } finally { this.busy = false; this.arm(); }
          }
          arm() {
            this.timer = setTimeout(() => { const session = this.session; this.session = undefined; session?.close(); }, 1000);
          }
        }
      `,
    },
  ],
  invalid: [],
});
