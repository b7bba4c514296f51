import dedent from 'dedent';

import rule from '../../rules/require-async-dispose.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-async-dispose', rule, {
  valid: [
    {
      name: 'a missing dispose is not asked for by default',
      code: dedent`
        class Poller {
          async start() {
            this.timer = setInterval(poll, 50);
            await poll();
          }
          async stop() {
            clearInterval(this.timer);
            await poll();
          }
        }
      `,
    },
    {
      name: 'dispose is stop',
      code: dedent`
        class Poller {
          async start() {
            this.task = this.#loop();
          }
          async stop() {
            await this.task;
          }
          [Symbol.asyncDispose]() {
            return this.stop();
          }
          async #loop() {}
        }
      `,
      options: [{ demand: 'present' }],
    },
    {
      name: 'dispose reaches stop through another of its names',
      code: dedent`
        class Poller {
          async start() {
            this.task = this.#loop();
          }
          async stop() {
            await this.task;
          }
          async close() {
            await this.stop();
          }
          async [Symbol.asyncDispose]() {
            await this.close();
          }
          async #loop() {}
        }
      `,
      options: [{ demand: 'present' }],
    },
    {
      name: 'dispose reaches stop through a helper, under a condition',
      code: dedent`
        class Poller {
          async start() {
            this.task = this.#loop();
          }
          async stop() {
            await this.task;
          }
          async [Symbol.asyncDispose]() {
            if (this.task) await this.#end();
          }
          async #end() {
            try {
              await this.stop();
            } catch (error) {
              console.error(error);
            }
          }
          async #loop() {}
        }
      `,
      options: [{ demand: 'present' }],
    },
    {
      name: 'dispose is a field that holds stop',
      code: dedent`
        class Poller {
          start = async () => {
            this.task = loop();
          };
          stop = async () => {
            await this.task;
          };
          [Symbol.asyncDispose] = this.stop;
        }
      `,
      options: [{ demand: 'present' }],
    },
    {
      name: 'dispose stops it by means of its own',
      code: dedent`
        class Poller {
          async start() {
            this.task = this.#loop();
          }
          async stop() {
            await this.task;
          }
          async [Symbol.asyncDispose]() {
            this.abort.abort();
            await this.task;
          }
          async #loop() {}
        }
      `,
      options: [{ demand: 'present' }],
    },
    {
      name: 'the stop is the dispose',
      code: dedent`
        class Lease {
          async start() {
            this.handle = await acquire();
          }
          async [Symbol.asyncDispose]() {
            await this.handle?.release();
          }
        }
      `,
      options: [{ demand: 'present' }],
    },
    {
      name: 'a base out of sight may have it',
      code: dedent`
        class Poller extends BaseService {
          async start() {
            this.timer = setInterval(poll, 50);
            await poll();
          }
          async stop() {
            clearInterval(this.timer);
            await poll();
          }
        }
      `,
      options: [{ demand: 'present' }],
    },
    {
      name: 'a base of the same file has it',
      code: dedent`
        abstract class Service {
          abstract start(): Promise<void>;
          abstract stop(): Promise<void>;
          async [Symbol.asyncDispose]() {
            await this.stop();
          }
        }
        class Poller extends Service {
          async start() {
            this.timer = setInterval(poll, 50);
            await poll();
          }
          async stop() {
            clearInterval(this.timer);
            await poll();
          }
        }
      `,
      options: [{ demand: 'present' }],
    },
    {
      name: 'both disposes, the asynchronous one stops',
      code: dedent`
        class Server {
          async listen() {
            this.#http = await bind(8080);
          }
          async close() {
            await this.#http?.close();
          }
          [Symbol.dispose]() {
            this.#http?.unref();
          }
          [Symbol.asyncDispose]() {
            return this.close();
          }
        }
      `,
      options: [{ demand: 'present' }],
    },
    {
      name: 'a synchronous dispose of a synchronous stop',
      code: dedent`
        class Meter {
          async start() {
            this.timer = setInterval(await reader(), 50);
          }
          stop() {
            clearInterval(this.timer);
          }
          [Symbol.dispose]() {
            this.stop();
          }
        }
      `,
    },
    {
      name: 'a thin wrapper has nothing of its own to dispose of',
      code: dedent`
        class Facade {
          constructor(private readonly server: Server) {}
          async start() {
            await this.server.start();
          }
          async stop() {
            await this.server.stop();
          }
        }
      `,
      options: [{ demand: 'present' }],
    },
    {
      name: 'hooks that a framework calls',
      code: dedent`
        class Jobs {
          async onModuleInit() {
            this.task = this.#run();
          }
          async onModuleDestroy() {
            await this.task;
          }
          async #run() {}
        }
      `,
      options: [{ demand: 'present' }],
    },
    {
      name: 'nothing asynchronous in either method',
      code: dedent`
        class Bucket {
          async start() {
            this.items = new Map();
          }
          async stop() {
            this.items.clear();
          }
        }
      `,
      options: [{ demand: 'present' }],
    },
    {
      name: 'an interface and a declared class',
      code: dedent`
        interface Service {
          start(): Promise<void>;
          stop(): Promise<void>;
        }
        declare class Remote implements Service {
          start(): Promise<void>;
          stop(): Promise<void>;
        }
      `,
      options: [{ demand: 'present' }],
    },
  ],
  invalid: [
    {
      name: 'a dispose that only logs',
      code: dedent`
        class Poller {
          async start() {
            this.task = this.#loop();
          }
          async stop() {
            await this.task;
          }
          async [Symbol.asyncDispose](): Promise<void> {
            console.log('disposed');
          }
          async #loop() {}
        }
      `,
      errors: [
        {
          messageId: 'notStop',
          data: { service: 'Poller', stop: 'stop' },
          line: 8, column: 10, endLine: 8, endColumn: 29,
        },
      ],
    },
    {
      name: 'a synchronous dispose that does not wait for stop',
      code: dedent`
        class Server {
          async listen() { this.#http = await bind(8080); }
          async close() { await this.#http?.close(); }
          [Symbol.dispose]() {
            void this.close();
          }
        }
      `,
      errors: [
        {
          messageId: 'syncDispose',
          data: { service: 'Server', stop: 'close' },
          line: 4, column: 4, endLine: 4, endColumn: 18,
        },
      ],
    },
    {
      name: 'a synchronous dispose of a generic class whose stop is an arrow function',
      code: dedent`
        class Pool<T> {
          readonly #items: T[] = [];
          async start() {
            this.#items.push(await make<T>());
          }
          stop = async (): Promise<void> => {
            await Promise.all(this.#items.map(release));
          };
          [Symbol.dispose]() {
            this.stop();
          }
        }
      `,
      errors: [
        {
          messageId: 'syncDispose',
          data: { service: 'Pool', stop: 'stop' },
          line: 9, column: 4, endLine: 9, endColumn: 18,
        },
      ],
    },
    {
      name: 'plain JavaScript has no interfaces',
      filename: 'consumer.js',
      code: dedent`
        module.exports = class Consumer {
          constructor(client) {
            this.client = client;
            this.running = false;
          }
          async start() {
            this.running = true;
            this.task = this.loop();
          }
          async stop() {
            this.running = false;
            await this.task;
          }
          async loop() {
            while (this.running) await this.client.next();
          }
        };
      `,
      options: [{ demand: 'present' }],
      errors: [
        {
          messageId: 'missing',
          data: { service: 'Consumer', stop: 'stop' },
          line: 1, column: 24, endLine: 1, endColumn: 32,
          suggestions: [
            {
              messageId: 'addDispose',
              data: { stop: 'stop' },
              output: dedent`
                module.exports = class Consumer {
                  constructor(client) {
                    this.client = client;
                    this.running = false;
                  }
                  async start() {
                    this.running = true;
                    this.task = this.loop();
                  }
                  async stop() {
                    this.running = false;
                    await this.task;
                  }
                  [Symbol.asyncDispose]() {
                    return this.stop();
                  }
                  async loop() {
                    while (this.running) await this.client.next();
                  }
                };
              `,
            },
          ],
        },
      ],
    },
  ],
});
