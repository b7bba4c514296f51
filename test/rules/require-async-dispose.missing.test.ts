import dedent from 'dedent';

import rule from '../../rules/require-async-dispose.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-async-dispose: missing', rule, {
  valid: [],
  invalid: [
    {
      name: 'a service without any dispose',
      code: dedent`
        export class Poller {
          async start() {
            this.running = true;
            this.task = this.#loop();
          }
          async stop() {
            this.running = false;
            await this.task;
          }
          async #loop() {
            while (this.running) await poll();
          }
        }
      `,
      options: [{ demand: 'present' }],
      errors: [
        {
          messageId: 'missing',
          data: { service: 'Poller', stop: 'stop' },
          line: 1, column: 14, endLine: 1, endColumn: 20,
          suggestions: [
            {
              messageId: 'addDispose',
              data: { stop: 'stop' },
              output: dedent`
                export class Poller implements AsyncDisposable {
                  async start() {
                    this.running = true;
                    this.task = this.#loop();
                  }
                  async stop() {
                    this.running = false;
                    await this.task;
                  }
                  [Symbol.asyncDispose](): Promise<void> {
                    return this.stop();
                  }
                  async #loop() {
                    while (this.running) await poll();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'it joins the interfaces that the class has',
      code: dedent`
        export class Tunnel implements Closable {
          async connect(): Promise<void> {
            this.#session = await dial();
          }

          async disconnect(): Promise<void> {
            await this.#session?.end();
            this.#session = undefined;
          }
        }
      `,
      options: [{ demand: 'present' }],
      errors: [
        {
          messageId: 'missing',
          data: { service: 'Tunnel', stop: 'disconnect' },
          line: 1, column: 14, endLine: 1, endColumn: 20,
          suggestions: [
            {
              messageId: 'addDispose',
              data: { stop: 'disconnect' },
              output: dedent`
                export class Tunnel implements Closable, AsyncDisposable {
                  async connect(): Promise<void> {
                    this.#session = await dial();
                  }

                  async disconnect(): Promise<void> {
                    await this.#session?.end();
                    this.#session = undefined;
                  }

                  [Symbol.asyncDispose](): Promise<void> {
                    return this.disconnect();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a stop that answers something is awaited',
      code: dedent`
        class Recorder {
          async start(): Promise<void> {
            this.#file = await open('log');
          }
          async stop(): Promise<string> {
            await this.#file.close();
            return this.#file.path;
          }
        }
      `,
      options: [{ demand: 'present' }],
      errors: [
        {
          messageId: 'missing',
          data: { service: 'Recorder', stop: 'stop' },
          line: 1, column: 7, endLine: 1, endColumn: 15,
          suggestions: [
            {
              messageId: 'addDispose',
              data: { stop: 'stop' },
              output: dedent`
                class Recorder implements AsyncDisposable {
                  async start(): Promise<void> {
                    this.#file = await open('log');
                  }
                  async stop(): Promise<string> {
                    await this.#file.close();
                    return this.#file.path;
                  }
                  async [Symbol.asyncDispose](): Promise<void> {
                    await this.stop();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'the methods are arrow functions, without semicolons',
      code: dedent`
        class Feed {
          start = async () => {
            this.socket = await dial()
            this.socket.on('data', this.onData)
          }

          stop = async () => {
            await this.socket?.end()
            this.socket = undefined
          }
        }
      `,
      options: [{ demand: 'present' }],
      errors: [
        {
          messageId: 'missing',
          data: { service: 'Feed', stop: 'stop' },
          line: 1, column: 7, endLine: 1, endColumn: 11,
          suggestions: [
            {
              messageId: 'addDispose',
              data: { stop: 'stop' },
              output: dedent`
                class Feed implements AsyncDisposable {
                  start = async () => {
                    this.socket = await dial()
                    this.socket.on('data', this.onData)
                  }

                  stop = async () => {
                    await this.socket?.end()
                    this.socket = undefined
                  };

                  [Symbol.asyncDispose](): Promise<void> {
                    return this.stop()
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'an anonymous class is reported at its stop',
      code: dedent`
        export default class {
          async open() {
            this.handle = await openStore();
          }
          async close() {
            await this.handle?.close();
            this.handle = undefined;
          }
        }
      `,
      options: [{ demand: 'present' }],
      errors: [
        {
          messageId: 'missing',
          data: { service: '(anonymous class)', stop: 'close' },
          line: 5, column: 9, endLine: 5, endColumn: 14,
          suggestions: [
            {
              messageId: 'addDispose',
              data: { stop: 'close' },
              output: dedent`
                export default class implements AsyncDisposable {
                  async open() {
                    this.handle = await openStore();
                  }
                  async close() {
                    await this.handle?.close();
                    this.handle = undefined;
                  }
                  [Symbol.asyncDispose](): Promise<void> {
                    return this.close();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'two services in one file',
      code: dedent`
        class Reader {
          async start() { this.source = await open('in'); this.source.on('data', f); }
          async stop() { await this.source?.close(); }
        }
        class Writer {
          async start() { this.sink = await open('out'); this.sink.on('drain', f); }
          async stop() { await this.sink?.close(); }
        }
      `,
      options: [{ demand: 'present' }],
      errors: [
        {
          messageId: 'missing',
          data: { service: 'Reader', stop: 'stop' },
          line: 1, column: 7, endLine: 1, endColumn: 13,
          suggestions: [
            {
              messageId: 'addDispose',
              data: { stop: 'stop' },
              output: dedent`
                class Reader implements AsyncDisposable {
                  async start() { this.source = await open('in'); this.source.on('data', f); }
                  async stop() { await this.source?.close(); }
                  [Symbol.asyncDispose](): Promise<void> {
                    return this.stop();
                  }
                }
                class Writer {
                  async start() { this.sink = await open('out'); this.sink.on('drain', f); }
                  async stop() { await this.sink?.close(); }
                }
              `,
            },
          ],
        },
        {
          messageId: 'missing',
          data: { service: 'Writer', stop: 'stop' },
          line: 5, column: 7, endLine: 5, endColumn: 13,
          suggestions: [
            {
              messageId: 'addDispose',
              data: { stop: 'stop' },
              output: dedent`
                class Reader {
                  async start() { this.source = await open('in'); this.source.on('data', f); }
                  async stop() { await this.source?.close(); }
                }
                class Writer implements AsyncDisposable {
                  async start() { this.sink = await open('out'); this.sink.on('drain', f); }
                  async stop() { await this.sink?.close(); }
                  [Symbol.asyncDispose](): Promise<void> {
                    return this.stop();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a class expression inside a method, comments in odd places',
      code: dedent`
        function makeProbe() {
          return class Probe /* of health */ {
            async start() {
              this.timer = setInterval(check, 1000);
              await check();
            }
            async stop() {
              clearInterval(this.timer);
              await check();
            } // the last member
          };
        }
      `,
      options: [{ demand: 'present' }],
      errors: [
        {
          messageId: 'missing',
          data: { service: 'Probe', stop: 'stop' },
          line: 2, column: 16, endLine: 2, endColumn: 21,
          suggestions: [
            {
              messageId: 'addDispose',
              data: { stop: 'stop' },
              output: dedent`
                function makeProbe() {
                  return class Probe /* of health */ implements AsyncDisposable {
                    async start() {
                      this.timer = setInterval(check, 1000);
                      await check();
                    }
                    async stop() {
                      clearInterval(this.timer);
                      await check();
                    } // the last member
                    [Symbol.asyncDispose](): Promise<void> {
                      return this.stop();
                    }
                  };
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a stop that needs an argument gets no suggestion',
      code: dedent`
        class Engine {
          async start() {
            this.worker = spawn(work);
            await this.worker.ready;
          }
          async stop(reason: string) {
            await this.worker.kill(reason);
          }
        }
      `,
      options: [{ demand: 'present' }],
      errors: [
        {
          messageId: 'missing',
          data: { service: 'Engine', stop: 'stop' },
          line: 1, column: 7, endLine: 1, endColumn: 13,
        },
      ],
    },
  ],
});
