import dedent from 'dedent';
import rule from '../../rules/no-unlocked-transition.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-unlocked-transition', rule, {
  valid: [],
  invalid: [
    {
      name: 'a reconnect opens a socket after an await, and stop has been called meanwhile',
      code: dedent`
        class Feed {
          async start() {
            if (this.socket) return;
            this.socket = await connect(this.url);
            this.socket.on('close', () => this.reconnect());
          }
          async stop() {
            const socket = this.socket;
            this.socket = undefined;
            await socket?.close();
          }
          async reconnect() {
            await sleep(1000);
            this.socket = await connect(this.url);
          }
        }
      `,
      errors: [
        {
          messageId: 'stop-during',
          data: {
            stop: 'stop',
            from: '`reconnect()` (`close` handler)',
            wait: 14,
            effect: 14,
            field: 'this.socket',
            remedy: 'Hold one lifecycle lock over this, `start()` and `stop()`, or test again after the await whether it is still wanted.',
          },
          line: 14, column: 5, endLine: 14, endColumn: 42,
        },
      ],
    },
    {
      name: 'a listener in TypeScript that fires an async method and does not wait for it',
      code: dedent`
        class Feed {
          #socket: Socket | undefined;
          async connect(): Promise<void> {
            this.#socket ??= await dial();
            this.#socket.once('close', () => { void this.#redial(); });
          }
          async close(): Promise<void> {
            const socket = this.#socket;
            this.#socket = undefined;
            await socket?.end();
          }
          async #redial(): Promise<void> {
            if (!this.#socket) return;
            const socket = await dial();
            this.#socket = socket;
          }
        }
      `,
      errors: [
        {
          messageId: 'stop-during',
          data: {
            stop: 'close',
            from: '`#redial()` (`close` handler)',
            wait: 14,
            effect: 15,
            field: 'this.#socket',
            remedy: 'Hold one lifecycle lock over this, `connect()` and `close()`, or test again after the await whether it is still wanted.',
          },
          line: 15, column: 5, endLine: 15, endColumn: 26,
        },
      ],
    },
    {
      name: 'an exit handler of a child process that spawns the next one after a pause',
      code: dedent`
        class Runner {
          async start() {
            if (this.child) return;
            this.child = spawn('worker');
            this.child.once('exit', async (code) => {
              if (code === 0) return;
              await setTimeout(500);
              this.child = spawn('worker');
            });
          }
          async stop() {
            this.child?.kill();
            await this.exited;
            this.child = undefined;
          }
        }
      `,
      errors: [
        {
          messageId: 'stop-during',
          data: {
            stop: 'stop',
            from: 'the `exit` handler',
            wait: 7,
            effect: 8,
            field: 'this.child',
            remedy: 'Hold one lifecycle lock over this, `start()` and `stop()`, or test again after the await whether it is still wanted.',
          },
          line: 8, column: 7, endLine: 8, endColumn: 35,
        },
      ],
    },
    {
      name: 'a watchdog interval that asks first and replaces the child then',
      code: dedent`
        class Runner {
          async start() {
            if (this.child) return;
            this.child = spawn('worker');
            await once(this.child, 'spawn');
            this.timer = setInterval(async () => {
              if (await this.probe.isHealthy()) return;
              this.child.kill();
              this.child = spawn('worker');
            }, 1000);
          }
          async stop() {
            clearInterval(this.timer);
            this.child?.kill();
            await this.exited;
          }
        }
      `,
      errors: [
        {
          messageId: 'stop-during',
          data: {
            stop: 'stop',
            from: 'the interval callback',
            wait: 7,
            effect: 9,
            field: 'this.child',
            remedy: 'Hold one lifecycle lock over this, `start()` and `stop()`, or test again after the await whether it is still wanted.',
          },
          line: 9, column: 7, endLine: 9, endColumn: 35,
        },
      ],
    },
    {
      name: 'a flag that a late callback raises again',
      code: dedent`
        class Client {
          async start() {
            this.connected = true;
            await this.open();
            this.bus.on('lost', async () => {
              await this.open();
              this.connected = true;
            });
          }
          async stop() {
            if (!this.connected) return;
            this.connected = false;
            await this.bus.close();
          }
        }
      `,
      errors: [
        {
          messageId: 'stop-during',
          data: {
            stop: 'stop',
            from: 'the `lost` handler',
            wait: 6,
            effect: 7,
            field: 'this.connected',
            remedy: 'Hold one lifecycle lock over this, `start()` and `stop()`, or test again after the await whether it is still wanted.',
          },
          line: 7, column: 7, endLine: 7, endColumn: 28,
        },
      ],
    },
    {
      name: 'a public method that tests, awaits, and only then keeps what it opened',
      code: dedent`
        class Store {
          async start() {
            if (this.db) return;
            this.db = open(this.path);
            await this.db.ready;
          }
          async stop() {
            if (this.stopping) return this.stopping;
            this.stopping = this.db?.close();
            this.db = undefined;
            await this.stopping;
            this.stopping = undefined;
          }
          async database() {
            if (!this.db) {
              this.db = await openSoon(this.path);
            }
            return this.db;
          }
        }
      `,
      errors: [
        {
          messageId: 'late-guard',
          data: {
            from: '`database()`',
            wait: 16,
            field: 'this.db',
            check: 15,
            effect: 16,
            remedy: 'Leave that to `start()` or `stop()`, or test again after the await whether it is still wanted.',
          },
          line: 16, column: 7, endLine: 16, endColumn: 42,
        },
      ],
    },
    {
      name: 'an idle timer that awaits the close and drops the session only then',
      code: dedent`
        class Session {
          async start() {
            if (this.session) return;
            this.session = await spawn();
            this.arm();
          }
          async stop() {
            clearTimeout(this.timer);
            const session = this.session;
            this.session = undefined;
            await session?.close();
          }
          arm() {
            this.timer = setTimeout(() => { this.onIdle().catch(log); }, 60_000);
          }
          async onIdle() {
            await this.session.close();
            this.session = undefined;
          }
        }
      `,
      errors: [
        {
          messageId: 'double-release',
          data: {
            from: '`onIdle()` (timer callback)',
            wait: 17,
            stop: 'stop',
            field: 'this.session',
            effect: 18,
            remedy: 'Hold one lifecycle lock over this, `start()` and `stop()`, or take the handle out of the field before you release it.',
          },
          line: 18, column: 5, endLine: 18, endColumn: 29,
        },
      ],
    },
    {
      name: 'an idle timer that flushes first: by then stop and start can have come',
      code: dedent`
        class Session {
          async start() {
            if (this.session) return;
            this.session = spawn();
            await this.session.ready;
            this.timer = setTimeout(async () => {
              if (!this.session) return;
              await this.flush();
              this.session.close();
            }, 60_000);
          }
          async stop() {
            clearTimeout(this.timer);
            const session = this.session;
            this.session = undefined;
            await session?.close();
          }
        }
      `,
      errors: [
        {
          messageId: 'stale',
          data: {
            stop: 'stop',
            start: 'start',
            from: 'the timer callback',
            wait: 8,
            check: 7,
            effect: 9,
            field: 'this.session',
            remedy: 'Hold one lifecycle lock over this, `start()` and `stop()`, or test again after the await whether it is still wanted.',
          },
          line: 9, column: 7, endLine: 9, endColumn: 27,
        },
      ],
    },
    {
      name: 'an idle handler that lowers the flag, awaits, and clears what a new start made',
      code: dedent`
        class Session {
          async start() {
            if (this.running) return;
            this.running = true;
            this.session = spawn();
            await this.session.ready;
            this.bus.on('idle', this.suspend.bind(this));
          }
          async stop() {
            this.running = false;
            const session = this.session;
            this.session = undefined;
            await session?.close();
          }
          async suspend() {
            this.running = false;
            await this.save();
            this.session = undefined;
          }
        }
      `,
      errors: [
        {
          messageId: 'start-during',
          data: {
            start: 'start',
            from: '`suspend()` (`idle` handler)',
            wait: 17,
            check: 16,
            effect: 18,
            remedy: 'Hold one lifecycle lock over this, `start()` and `stop()`, or test again after the await whether it is still wanted.',
          },
          line: 18, column: 5, endLine: 18, endColumn: 29,
        },
      ],
    },
    {
      name: 'an idle timer that looks at nobody who is at work',
      code: dedent`
        class Session {
          async start() {
            if (this.session) return;
            this.session = spawn();
            await this.session.ready;
            this.arm();
          }
          async stop() {
            clearTimeout(this.timer);
            const session = this.session;
            this.session = undefined;
            await session?.close();
          }
          async use(work) {
            if (!this.session) return undefined;
            clearTimeout(this.timer);
            try {
              return await work(this.session);
            } finally {
              this.arm();
            }
          }
          arm() {
            clearTimeout(this.timer);
            this.timer = setTimeout(() => {
              const session = this.session;
              this.session = undefined;
              session?.close();
            }, 60_000);
          }
        }
      `,
      errors: [
        {
          messageId: 'under-use',
          data: {
            during: '`use()`',
            wait: 18,
            from: 'the timer callback',
            field: 'this.session',
            effect: 27,
            remedy: 'Let it look first whether anybody is at work, under a lock or by a count or an epoch.',
          },
          line: 27, column: 7, endLine: 27, endColumn: 31,
        },
      ],
    },
  ],
});
