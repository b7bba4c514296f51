import dedent from 'dedent';
import rule from '../../rules/no-unlocked-transition.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-unlocked-transition: shapes', rule, {
  valid: [
    {
      name: 'a self alias, a function with its own this, a computed name, an object that listens',
      code: dedent`
        class Feed {
          async start() {
            const self = this;
            this.socket = await dial();
            this.socket.on('close', async () => { await pause(); self.socket = await dial(); });
            this.socket.on('error', async function () { await pause(); this.socket = await dial(); });
            this.socket.on('lost', async () => { await pause(); this[name] = await dial(); });
            this.bus.subscribe({ async next() { await pause(); this.socket = await dial(); } });
          }
          async stop() { await this.socket?.close(); this.socket = undefined; }
        }
      `,
    },
    {
      name: 'a class in a class: its socket is its own',
      code: dedent`
        class Feed {
          async start() { this.socket = await dial(); this.inner = new (class { attach(bus) { bus.on('lost', async () => { await pause(); this.socket = await dial(); }); } })(); }
          async stop() { await this.socket?.close(); this.socket = undefined; }
        }
      `,
    },
    {
      name: 'what calls a public method of a base out of sight, and an override',
      code: dedent`
        class Feed extends Transport {
          async connect() { this.socket = await dial(); }
          async disconnect() { await this.socket?.close(); this.socket = undefined; }
          async makeSubscriptions() { await pause(); this.socket = await dial(); }
        }
        abstract class Base {
          abstract resubscribe(): Promise<void>;
        }
        class Sub extends Base {
          async connect(): Promise<void> { this.socket = await dial(); }
          async disconnect(): Promise<void> { await this.socket?.close(); this.socket = undefined; }
          override async resubscribe(): Promise<void> { await pause(); this.socket = await dial(); }
        }
      `,
    },
    {
      name: 'a getter and an accessor behind which the state is',
      code: dedent`
        class Feed {
          get socket() { return this.#state.socket; }
          async start() { if (this.socket) return; this.#state = { socket: await dial() }; this.socket.on('close', async () => { await pause(); this.#state.socket = await dial(); }); }
          async stop() { await this.socket?.close(); }
        }
      `,
    },
    {
      name: 'hooks that a framework calls in order, and a class that only forwards',
      code: dedent`
        class Gateway {
          async onModuleInit() { this.socket = await dial(); this.socket.on('close', async () => { await pause(); this.socket = await dial(); }); }
          async onModuleDestroy() { await this.socket?.close(); this.socket = undefined; }
        }
        class Wrapper {
          start() { return this.inner.start(); }
          stop() { return this.inner.stop(); }
          attach() { this.bus.on('lost', async () => { await pause(); await this.inner.stop(); }); }
        }
      `,
    },
    {
      name: 'work of start that stop drains: a loop is no transition',
      code: dedent`
        class Poller {
          async start() { if (this.task) return; this.task = this.loop(); await this.ready; }
          async stop() { this.stopped = true; await this.task; this.task = undefined; }
          async loop() { while (!this.stopped) { await pause(); await this.client?.close(); this.client = await dial(); } }
        }
      `,
    },
    {
      name: 'two names for one arrow, a listener that is not one, static methods and generators',
      code: dedent`
        class Feed {
          async start() {
            this.socket = await dial();
            let handler = async () => { await pause(); this.socket = await dial(); };
            handler = handlers.get('close', handler);
            this.socket.on('close', handler);
          }
          async stop() { await this.socket?.close(); this.socket = undefined; }
          static async reset() { await pause(); this.socket = await dial(); }
          async *frames() { await pause(); this.socket = await dial(); yield 1; }
        }
      `,
    },
    {
      name: 'strict: a mark that a poll is under way, and an abort that only wakes a loop (node-resque, pg-boss)',
      code: dedent`
        class Scheduler {
          async start() { this.processing = false; this.running = true; this.timer = setTimeout(() => this.poll(), 100); await this.ready; }
          async end() {
            this.running = false;
            if (this.processing) return this.endLater();
            this.delay?.abort();
            await this.connection.end();
          }
          async poll() { this.processing = true; await this.work(); this.processing = false; }
          notify() { this.delay?.abort(); }
        }
      `,
      options: [{ where: 'every-transition' }],
    },
    {
      name: 'a transport of one life: nothing brings back what the test asks for (nats.js)',
      code: dedent`
        class Transport {
          async connect() {
            this.socket = new WebSocket(this.url);
            await this.info;
            this.socket.onerror = () => { if (this.done) return; this.closed(); };
          }
          async close() { await this.closed(); }
          async closed() {
            if (this.done) { this.socket.close(); return; }
            while (this.socket.bufferedAmount > 0) await delay(100);
            this.done = true;
            this.socket.close();
          }
        }
      `,
    },
    {
      name: 'a poller that is made once and only switched off and on (trigger.dev)',
      code: dedent`
        class Controller {
          poller = new IntervalService(() => this.poll());
          async start(run) { this.run = run; await this.execute(); this.poller.start(); }
          async stop() { await this.pool.give(this.child); this.poller.stop(); }
          async latest() {
            if (!this.run) return;
            const snapshot = await this.api.get(this.run);
            if (snapshot.isDone) this.poller.stop();
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'an arrow in a field, an arrow in a constant, a listener in the constructor',
      code: dedent`
        class Feed {
          onLost = async () => {
            await pause();
            this.socket = await dial();
          };
          constructor(bus) {
            const onReset = async () => {
              await pause();
              this.socket = await dial();
            };
            bus.on('reset', onReset);
            bus.on('lost', this.onLost);
            bus.onclose = async () => {
              await pause();
              this.socket = await dial();
            };
          }
          async start() { this.socket = await dial(); }
          async stop() { await this.socket?.close(); this.socket = undefined; }
        }
      `,
      errors: [
        {
          messageId: 'stop-during',
          data: {
            stop: 'stop',
            from: '`onLost()` (`lost` handler)',
            wait: 4,
            effect: 4,
            field: 'this.socket',
            remedy: 'Leave that to `start()` or `stop()`, or test again after the await whether it is still wanted.',
          },
          line: 4, column: 5, endLine: 4, endColumn: 31,
        },
        {
          messageId: 'stop-during',
          data: {
            stop: 'stop',
            from: 'the `reset` handler',
            wait: 9,
            effect: 9,
            field: 'this.socket',
            remedy: 'Hold one lifecycle lock over this, `start()` and `stop()`, or test again after the await whether it is still wanted.',
          },
          line: 9, column: 7, endLine: 9, endColumn: 33,
        },
        {
          messageId: 'stop-during',
          data: {
            stop: 'stop',
            from: 'the `onclose` handler',
            wait: 15,
            effect: 15,
            field: 'this.socket',
            remedy: 'Hold one lifecycle lock over this, `start()` and `stop()`, or test again after the await whether it is still wanted.',
          },
          line: 15, column: 7, endLine: 15, endColumn: 33,
        },
      ],
    },
    {
      name: 'an emitter as base, and two services in one file',
      code: dedent`
        class Feed extends EventEmitter {
          async start() { this.socket = await dial(); }
          async stop() { await this.socket?.close(); this.socket = undefined; }
          async reconnect() {
            await pause();
            this.socket = await dial();
          }
        }
        export default class extends Feed {
          async open() { this.other = await dial(); }
          async close() { await this.other?.close(); this.other = undefined; }
        }
      `,
      errors: [
        {
          messageId: 'stop-during',
          data: {
            stop: 'stop',
            from: '`reconnect()`',
            wait: 6,
            effect: 6,
            field: 'this.socket',
            remedy: 'Hold one lifecycle lock over this, `start()` and `stop()`, or test again after the await whether it is still wanted.',
          },
          line: 6, column: 5, endLine: 6, endColumn: 31,
        },
      ],
    },
    {
      name: 'a pipe that is opened again when it closes (matter.js)',
      code: dedent`
        class Pipe {
          #stopping = false;
          async #open() {
            if (this.#stopping) return;
            this.#pipe = await open(this.name);
            this.#socket = new Socket({ fd: this.#pipe.fd });
            this.#socket.on('close', () => {
              this.#open().catch((error) => console.log(error));
            });
          }
          async initialize() { await this.#open(); }
          async close() {
            this.#stopping = true;
            try {
              await this.#pipe?.close();
              this.#socket?.destroy();
            } catch {}
            this.#pipe = undefined;
            this.#socket = undefined;
          }
        }
      `,
      errors: [
        {
          messageId: 'stop-during',
          data: {
            stop: 'close',
            from: '`#open()` (`close` handler)',
            wait: 5,
            effect: 5,
            field: 'this.#pipe',
            remedy: 'Hold one lifecycle lock over this, `initialize()` and `close()`, or test again after the await whether it is still wanted.',
          },
          line: 5, column: 5, endLine: 5, endColumn: 39,
        },
      ],
    },
  ],
});
