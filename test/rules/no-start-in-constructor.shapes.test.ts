import dedent from 'dedent';

import rule from '../../rules/no-start-in-constructor.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-start-in-constructor: shapes', rule, {
  valid: [
    {
      name: 'the promise of somebody else is kept for later',
      code: dedent`
        class Loader {
          constructor(source: Source) {
            this.size = source.fetch().then((data) => data.size);
          }
          async close() {
            await this.size;
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a declared class',
      code: dedent`
        declare class Remote {
          constructor(url: string);
          start(): Promise<void>;
          stop(): Promise<void>;
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a listener calls an accessor and a computed key',
      code: dedent`
        class Door {
          constructor(bell: EventEmitter) {
            bell.on('ring', this[HANDLER]);
            bell.on('knock', this.onKnock);
          }
          get onKnock() {
            return () => this.open();
          }
          [HANDLER] = () => this.open();
          async open() {
            this.opened = await motor.open();
          }
          async close() {
            this.opened = undefined;
            await motor.close();
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a static block that only builds',
      code: dedent`
        class Registry {
          static readonly shared = new Registry();
          static #count = 0;
          static {
            Registry.#count = 1;
          }
          async start() {
            this.timer = setInterval(tick, 1000);
          }
          async stop() {
            clearInterval(this.timer);
          }
        }
      `,
      options: [{ report: 'every' }],
    },
  ],
  invalid: [
    {
      name: 'a base constructor starts what its subclass has not yet initialised',
      code: dedent`
        abstract class Worker {
          constructor() {
            void this.start();
          }
          async start() {
            await this.onStart();
          }
          async stop() {
            await this.onStop();
          }
          protected abstract onStart(): Promise<void>;
          protected abstract onStop(): Promise<void>;
        }
      `,
      options: [{ report: 'every' }],
      errors: [
        {
          messageId: 'call',
          data: { service: 'Worker', text: 'this.start()' },
          line: 3, column: 10, endLine: 3, endColumn: 22,
        },
      ],
    },
    {
      name: 'the start is an arrow function held by a field',
      code: dedent`
        class Watcher {
          constructor() {
            this.start();
          }
          start = async () => {
            this.handle = await watch('.');
          };
          stop = async () => {
            await this.handle?.close();
          };
        }
      `,
      options: [{ report: 'every' }],
      errors: [
        {
          messageId: 'call',
          data: { service: 'Watcher', text: 'this.start()' },
          line: 3, column: 5, endLine: 3, endColumn: 17,
        },
      ],
    },
    {
      name: 'the name of the method is a string',
      code: dedent`
        class Tail {
          constructor() {
            this['start']();
          }
          async 'start'() {
            this.file = await open('log');
          }
          async 'stop'() {
            await this.file?.close();
          }
        }
      `,
      options: [{ report: 'every' }],
      errors: [
        {
          messageId: 'call',
          data: { service: 'Tail', text: 'this.start()' },
          line: 3, column: 5, endLine: 3, endColumn: 20,
        },
      ],
    },
    {
      name: 'plain JavaScript',
      filename: 'broker.js',
      code: dedent`
        module.exports = class Broker {
          constructor(options) {
            this.options = options;
            this.timer = setInterval(this.tick.bind(this), options.every);
          }
          async start() {
            await this.transit.connect();
          }
          async stop() {
            clearInterval(this.timer);
            await this.transit.disconnect();
          }
        };
      `,
      options: [{ report: 'every' }],
      errors: [
        {
          messageId: 'timer',
          data: { service: 'Broker', text: 'setInterval(…)' },
          line: 4, column: 18, endLine: 4, endColumn: 66,
        },
      ],
    },
    {
      name: 'an anonymous default export',
      code: dedent`
        export default class {
          constructor() {
            this.start();
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
      errors: [
        {
          messageId: 'call',
          data: { service: '(anonymous class)', text: 'this.start()' },
          line: 3, column: 5, endLine: 3, endColumn: 17,
        },
      ],
    },
    {
      name: 'a decorated generic class with overloads',
      code: dedent`
        @Injectable()
        class Store<T extends object> implements Closable {
          constructor(@Inject(URL) private readonly url: string) {
            void this.open();
          }
          async open(): Promise<void>;
          async open(mode: string): Promise<void>;
          async open(mode = 'r'): Promise<void> {
            this.handle = await openStore<T>(this.url, mode);
          }
          async close(): Promise<void> {
            await this.handle?.close();
          }
        }
      `,
      options: [{ report: 'every' }],
      errors: [
        {
          messageId: 'call',
          data: { service: 'Store', text: 'this.open()' },
          line: 4, column: 10, endLine: 4, endColumn: 21,
        },
      ],
    },
    {
      name: 'only the inner of two nested classes starts itself',
      code: dedent`
        class Outer {
          async start() {
            const Inner = class {
              constructor() {
                this.start();
              }
              async start() {
                this.socket = await dial();
              }
              async stop() {
                await this.socket?.end();
              }
            };
            this.inner = new Inner();
          }
          async stop() {
            await this.inner?.stop();
          }
        }
      `,
      options: [{ report: 'every' }],
      errors: [
        {
          messageId: 'call',
          data: { service: 'Inner', text: 'this.start()' },
          line: 5, column: 9, endLine: 5, endColumn: 21,
        },
      ],
    },
    {
      name: 'an instance of the class starts in a static block',
      code: dedent`
        class Registry {
          static readonly shared = new Registry();
          static {
            Registry.shared.start();
          }
          async start() {
            this.timer = setInterval(tick, 1000);
          }
          async stop() {
            clearInterval(this.timer);
          }
        }
      `,
      options: [{ report: 'every' }],
      errors: [
        {
          messageId: 'call',
          data: { service: 'Registry', text: 'Registry.shared.start()' },
          line: 4, column: 5, endLine: 4, endColumn: 28,
        },
      ],
    },
    {
      name: 'a promise chain begins in the constructor',
      code: dedent`
        class Loader {
          constructor(source: Source) {
            this.ready = source.fetch().then((data) => this.fill(data));
          }
          async fill(data: Data) {
            await this.cache.put(data);
          }
          async close() {
            this.closed = true;
          }
        }
      `,
      options: [{ report: 'every' }],
      errors: [
        {
          messageId: 'loop',
          data: { service: 'Loader', text: 'source.fetch().then(…)' },
          line: 3, column: 18, endLine: 3, endColumn: 64,
        },
      ],
    },
    {
      name: 'an inner service is started in the constructor',
      code: dedent`
        class App {
          constructor() {
            this.server = new Server();
            this.server.listen(8080);
          }
          async stop() {
            await this.server.close();
          }
        }
      `,
      options: [{ report: 'every' }],
      errors: [
        {
          messageId: 'call',
          data: { service: 'App', text: 'this.server.listen(…)' },
          line: 4, column: 5, endLine: 4, endColumn: 29,
        },
      ],
    },
    {
      name: 'an async function is called at once',
      code: dedent`
        class Reader {
          constructor() {
            (async () => {
              for await (const line of lines) this.emit(line);
            })();
          }
          async close() {
            this.closed = true;
          }
        }
      `,
      options: [{ report: 'every' }],
      errors: [
        {
          messageId: 'loop',
          data: { service: 'Reader', text: '(async () => …)()' },
          line: 3, column: 5, endLine: 5, endColumn: 9,
        },
      ],
    },
  ],
});
