import dedent from 'dedent';

import rule from '../../rules/no-partial-lifecycle-lock.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-partial-lifecycle-lock: shapes', rule, {
  valid: [
    {
      name: 'by letter too, over the transitions of a runner whose loop is handed in',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Runner {
          readonly #lock = new Mutex();
          #running = false;
          constructor(body) { this.body = body; }
          async start() {
            const abort = new AbortController();
            await this.#lock.runExclusive(() => {
              if (this.#running) throw new Error('is running');
              this.#running = true;
              this.#abort = abort;
              this.#done = new Promise((resolve) => { this.#finish = resolve; });
            });
            try {
              await this.body(abort.signal);
            } finally {
              await this.#lock.runExclusive(() => { this.#running = false; });
              this.#finish();
            }
          }
          async stop() {
            const { done } = await this.#lock.runExclusive(() => {
              this.#abort?.abort();
              return { done: this.#done };
            });
            await done;
          }
          #abort;
          #done;
          #finish;
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'forwarders need no lock of their own',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Client {
          readonly #lock = new Mutex();
          async connect() {
            return this.#lock.runExclusive(async () => {
              this.socket = await dial();
            });
          }
          async disconnect() {
            return this.#lock.runExclusive(async () => {
              await this.socket?.end();
              this.socket = undefined;
            });
          }
          close() {
            return this.disconnect();
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'plain JavaScript with a lock that the constructor makes',
      filename: 'poller.js',
      code: dedent`
        const { Mutex } = require('async-mutex');
        module.exports = class Poller {
          constructor() {
            this.mutex = new Mutex();
            this.running = false;
          }
          async start() {
            return this.mutex.runExclusive(async () => {
              if (this.running) return;
              await boot();
              this.running = true;
            });
          }
          async stop() {
            this.running = false;
            await halt();
          }
        };
      `,
      errors: [
        {
          messageId: 'oneSided',
          data: { held: 'start', lock: 'this.mutex', method: 'stop' },
          line: 14, column: 9, endLine: 14, endColumn: 13,
          suggestions: [
            {
              messageId: 'holdWhole',
              data: { lock: 'this.mutex', method: 'stop' },
              output: dedent`
                const { Mutex } = require('async-mutex');
                module.exports = class Poller {
                  constructor() {
                    this.mutex = new Mutex();
                    this.running = false;
                  }
                  async start() {
                    return this.mutex.runExclusive(async () => {
                      if (this.running) return;
                      await boot();
                      this.running = true;
                    });
                  }
                  async stop() {
                    return this.mutex.runExclusive(() => this._stopLocked());
                  }
                  async _stopLocked() {
                    this.running = false;
                    await halt();
                  }
                };
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'an anonymous class, one method an arrow function',
      code: dedent`
        export default class {
          #lock = new Mutex();
          start = async () => {
            const release = await this.#lock.acquire();
            try {
              return this.#boot();
            } finally {
              release();
            }
          };
          async stop() {
            await this.#lock.runExclusive(() => halt());
          }
          async #boot() {}
        }
      `,
      errors: [
        {
          messageId: 'return-unawaited',
          data: { line: 6, lock: 'this.#lock' },
          line: 3, column: 3, endLine: 3, endColumn: 8,
          suggestions: [
            {
              messageId: 'holdWhole',
              data: { lock: 'this.#lock', method: 'start' },
              output: dedent`
                export default class {
                  #lock = new Mutex();
                  start = async () => {
                    const release = await this.#lock.acquire();
                    try {
                      return await this.#boot();
                    } finally {
                      release();
                    }
                  };
                  async stop() {
                    await this.#lock.runExclusive(() => halt());
                  }
                  async #boot() {}
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
        import { Mutex } from 'async-mutex';
        class Reader {
          #lock = new Mutex();
          async start() { await this.#lock.runExclusive(() => boot()); }
          async stop() { const release = await this.#lock.acquire(); await halt(); release(); }
        }
        class Writer {
          #lock = new Mutex();
          async start() { await this.#lock.runExclusive(() => boot()); }
          async stop() { this.#lock.runExclusive(() => halt()); }
        }
      `,
      errors: [
        {
          messageId: 'unsafe-release',
          data: { line: 5, method: 'stop', lock: 'this.#lock' },
          line: 5, column: 9, endLine: 5, endColumn: 13,
        },
        {
          messageId: 'not-awaited',
          data: { method: 'stop', lock: 'this.#lock', line: 10 },
          line: 10, column: 9, endLine: 10, endColumn: 13,
        },
      ],
    },
    {
      name: 'the second name of a side',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Client {
          readonly #lock = new Mutex();
          async connect() {
            return this.#lock.runExclusive(async () => {
              this.socket = await dial();
            });
          }
          async disconnect() {
            return this.#lock.runExclusive(() => this.#end());
          }
          async close() {
            await this.#end();
            this.closed = true;
          }
          async #end() {
            await this.socket?.end();
            this.socket = undefined;
          }
        }
      `,
      errors: [
        {
          messageId: 'oneSided',
          data: { held: 'connect', lock: 'this.#lock', method: 'close' },
          line: 12, column: 9, endLine: 12, endColumn: 14,
          suggestions: [
            {
              messageId: 'holdWhole',
              data: { lock: 'this.#lock', method: 'close' },
              output: dedent`
                import { Mutex } from 'async-mutex';
                class Client {
                  readonly #lock = new Mutex();
                  async connect() {
                    return this.#lock.runExclusive(async () => {
                      this.socket = await dial();
                    });
                  }
                  async disconnect() {
                    return this.#lock.runExclusive(() => this.#end());
                  }
                  async close() {
                    return this.#lock.runExclusive(() => this.#closeLocked());
                  }
                  async #closeLocked() {
                    await this.#end();
                    this.closed = true;
                  }
                  async #end() {
                    await this.socket?.end();
                    this.socket = undefined;
                  }
                }
              `,
            },
          ],
        },
      ],
    },
  ],
});
