import dedent from 'dedent';

import rule from '../../rules/no-start-in-constructor.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-start-in-constructor', rule, {
  valid: [
    {
      name: 'construction only keeps what it is given',
      code: dedent`
        class Poller {
          #timer: NodeJS.Timeout | undefined;
          constructor(private readonly queue: Queue, private readonly everyMs = 50) {
            this.abort = new AbortController();
            this.scheduler = new Scheduler([{ every: everyMs, run: () => this.poll() }]);
          }
          async start() {
            this.#timer = setInterval(() => this.poll(), this.everyMs);
          }
          async stop() {
            clearInterval(this.#timer);
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a closure that will run later',
      code: dedent`
        class Bus {
          constructor(channel: Channel) {
            channel.on('ready', () => {
              this.start().catch(report);
            });
            this.restart = () => setTimeout(() => this.start(), 1000);
          }
          async start() {
            this.subscription = await subscribe();
          }
          async stop() {
            await this.subscription?.cancel();
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'an option of the caller asks for it',
      code: dedent`
        class Sequencer {
          constructor(options: Options) {
            if (options.autoStart) this.start();
            options.eager && this.start();
          }
          async start() {
            this.task = this.#run();
          }
          async stop() {
            await this.task;
          }
          async #run() {}
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a static factory starts it',
      code: dedent`
        class Session {
          private constructor(private readonly url: string) {}
          static async create(url: string) {
            const session = new Session(url);
            await session.start();
            return session;
          }
          async start() {
            this.socket = await dial(this.url);
          }
          async stop() {
            await this.socket?.end();
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'nothing of the class can be stopped',
      code: dedent`
        class Debouncer {
          constructor(run: () => void) {
            this.timer = setTimeout(run, 100);
          }
          touch() {
            this.timer.refresh();
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'the constructor throws instead of starting',
      code: dedent`
        class Locked {
          constructor() {
            if (new.target === Locked) throw new Error('call Locked.start()');
          }
          async start() {
            this.socket = await dial();
          }
          async stop() {
            await this.socket?.end();
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a timer is set in start, not while constructing',
      code: dedent`
        class Sweep {
          start = async () => {
            this.timer = setInterval(sweep, 1000);
          };
          stop = async () => clearInterval(this.timer);
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a helper that only prepares',
      code: dedent`
        class Client {
          constructor() {
            this.#reset();
          }
          #reset() {
            this.buffer = [];
          }
          async connect() {
            this.socket = await dial();
          }
          async disconnect() {
            await this.socket?.end();
          }
        }
      `,
      options: [{ report: 'every' }],
    },
  ],
  invalid: [
    {
      name: 'the constructor calls its own start',
      code: dedent`
        class Poller {
          constructor(private readonly queue: Queue) {
            this.start();
          }
          async start() {
            this.task = this.loop();
          }
          async stop() {
            await this.task;
          }
        }
      `,
      options: [{ report: 'every' }],
      errors: [
        {
          messageId: 'call',
          data: { service: 'Poller', text: 'this.start()' },
          line: 3, column: 5, endLine: 3, endColumn: 17,
        },
      ],
    },
    {
      name: 'a floating start with a comment before it',
      code: dedent`
        class Gateway {
          #server;
          constructor(port: number) {
            super();
            /* not awaited */ void this.listen(port);
          }
          async listen(port: number) {
            this.#server = await bind(port);
          }
          async close() {
            await this.#server?.close();
          }
        }
      `,
      options: [{ report: 'every' }],
      errors: [
        {
          messageId: 'call',
          data: { service: 'Gateway', text: 'this.listen(…)' },
          line: 5, column: 28, endLine: 5, endColumn: 45,
        },
      ],
    },
    {
      name: 'a start whose errors are only logged',
      code: dedent`
        class Bus {
          constructor(private readonly log: Logger) {
            this.connect().catch((error) => this.log.error(error));
          }
          async connect() {
            this.socket = await dial();
          }
          async disconnect() {
            await this.socket?.end();
          }
        }
      `,
      options: [{ report: 'every' }],
      errors: [
        {
          messageId: 'call',
          data: { service: 'Bus', text: 'this.connect()' },
          line: 3, column: 5, endLine: 3, endColumn: 19,
        },
      ],
    },
    {
      name: 'an async method of its own is set going in the constructor',
      code: dedent`
        class Consumer {
          constructor(private readonly topic: string) {
            this.#run();
          }
          async #run() {
            while (!this.#stopped) await this.pull();
          }
          async stop() {
            this.#stopped = true;
          }
        }
      `,
      options: [{ report: 'every' }],
      errors: [
        {
          messageId: 'loop',
          data: { service: 'Consumer', text: 'this.#run()' },
          line: 3, column: 5, endLine: 3, endColumn: 16,
        },
      ],
    },
    {
      name: 'an interval is set in the constructor of a class that has only a stop',
      code: dedent`
        class MemoryCache {
          constructor() {
            this.timer = setInterval(() => this.sweep(), 30_000);
          }
          sweep() {}
          async close() {
            clearInterval(this.timer);
          }
        }
      `,
      options: [{ report: 'every' }],
      errors: [
        {
          messageId: 'timer',
          data: { service: 'MemoryCache', text: 'setInterval(…)' },
          line: 3, column: 18, endLine: 3, endColumn: 57,
        },
      ],
    },
    {
      name: 'a timer is set in a field initialiser',
      code: dedent`
        class Heartbeat {
          readonly #timer = setInterval(() => this.beat(), 1000);
          beat() {}
          async stop() {
            clearInterval(this.#timer);
          }
        }
      `,
      options: [{ report: 'every' }],
      errors: [
        {
          messageId: 'timer',
          data: { service: 'Heartbeat', text: 'setInterval(…)' },
          line: 2, column: 21, endLine: 2, endColumn: 57,
        },
      ],
    },
    {
      name: 'a field initialiser begins an async method',
      code: dedent`
        class Feed {
          private readonly reading = this.read();
          private async read() {
            for await (const event of source) this.emit(event);
          }
          async close() {
            await this.reading;
          }
        }
      `,
      options: [{ report: 'every' }],
      errors: [
        {
          messageId: 'loop',
          data: { service: 'Feed', text: 'this.read()' },
          line: 2, column: 30, endLine: 2, endColumn: 41,
        },
      ],
    },
    {
      name: 'a start and a timer are two findings',
      code: dedent`
        class Probe {
          constructor() {
            this.start();
            this.timer = setTimeout(() => this.stop(), 60_000);
          }
          async start() {
            await this.check();
          }
          async stop() {
            clearTimeout(this.timer);
          }
        }
      `,
      options: [{ report: 'every' }],
      errors: [
        {
          messageId: 'call',
          data: { service: 'Probe', text: 'this.start()' },
          line: 3, column: 5, endLine: 3, endColumn: 17,
        },
        {
          messageId: 'timer',
          data: { service: 'Probe', text: 'setTimeout(…)' },
          line: 4, column: 18, endLine: 4, endColumn: 55,
        },
      ],
    },
    {
      name: 'a helper of the class starts it',
      code: dedent`
        class Client {
          constructor() {
            this.#init();
          }
          #init() {
            this.buffer = [];
            this.connect();
          }
          async connect() {
            this.socket = await dial();
          }
          async disconnect() {
            await this.socket?.end();
          }
        }
      `,
      options: [{ report: 'every' }],
      errors: [
        {
          messageId: 'call',
          data: { service: 'Client', text: 'this.#init()' },
          line: 3, column: 5, endLine: 3, endColumn: 17,
        },
      ],
    },
  ],
});
