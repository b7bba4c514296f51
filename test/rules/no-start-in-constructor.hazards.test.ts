import dedent from 'dedent';

import rule from '../../rules/no-start-in-constructor.ts';
import { createRuleTester } from '../rule-tester.ts';

/** What `recommended` reports: what nothing ends, and what fails unseen. */
createRuleTester().run('no-start-in-constructor: hazards', rule, {
  valid: [
    {
      name: 'dispose clears the interval that began with construction',
      code: dedent`
        class Battery {
          constructor() {
            this.timer = setInterval(() => this.read(), 1000);
          }
          dispose() {
            clearInterval(this.timer);
          }
        }
      `,
    },
    {
      name: 'an interval that keeps no process alive',
      code: dedent`
        class Pool {
          constructor() {
            this.timer = setInterval(() => this.evict(), 1000);
            this.timer.unref();
          }
          async close() {
            await this.pool.drain();
          }
        }
      `,
    },
    {
      name: 'one callback in the next tick',
      code: dedent`
        class Editor {
          constructor() {
            setTimeout(() => this.emit('create'), 0);
          }
          destroy() {}
        }
      `,
    },
    {
      name: 'the promise is kept for those who want to wait',
      code: dedent`
        class Registry {
          constructor() {
            this.ready = this.load();
          }
          async load() {
            this.entries = await fetchEntries();
          }
          async dispose() {
            await this.ready;
          }
        }
      `,
    },
    {
      name: 'the failure is caught at the call',
      code: dedent`
        class Registry {
          constructor() {
            this.load().catch((error) => log.error(error));
          }
          async load() {
            this.entries = await fetchEntries();
          }
          dispose() {}
        }
      `,
    },
    {
      name: 'the failure is caught in the work',
      code: dedent`
        class Connection {
          constructor(socket) {
            void this.read(socket);
          }
          async read(socket) {
            try {
              for await (const chunk of socket) this.take(chunk);
            } catch (error) {
              this.onError(error);
            }
          }
          close() {}
        }
      `,
    },
    {
      name: 'a server that its class made: it may well have a handler for its errors',
      code: dedent`
        class Pool {
          constructor(port) {
            this.server = createServer();
            this.server.listen(port);
          }
          async close() {
            await new Promise((resolve) => this.server.close(resolve));
          }
        }
      `,
    },
    {
      name: 'a field that others can clear',
      code: dedent`
        class Pool {
          constructor(timers) {
            timers.push(setInterval(() => this.evict(), 1000));
          }
          async close() {
            await this.drain();
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'an interval that nothing clears',
      code: dedent`
        class Transport {
          constructor() {
            this.heartbeat = setInterval(() => this.ping(), 1000);
          }
          disconnect() {
            this.socket.end();
          }
        }
      `,
      errors: [{ messageId: 'timer', data: { service: 'Transport', text: 'setInterval(…)' }, line: 3, column: 22, endLine: 3, endColumn: 58 }],
    },
    {
      name: 'a handle that nobody keeps, in a helper of the constructor',
      code: dedent`
        class Adapter {
          constructor() {
            this.#watch();
          }
          #watch() {
            setInterval(() => this.check(), 1000);
          }
          async start() {
            await this.open();
          }
          async stop() {
            await this.close();
          }
        }
      `,
      errors: [{ messageId: 'timer', data: { service: 'Adapter', text: 'this.#watch()' }, line: 3, column: 5, endLine: 3, endColumn: 18 }],
    },
    {
      name: 'a failed initialisation is an unhandled rejection: the try catches nothing',
      code: dedent`
        class Handler {
          constructor() {
            try {
              this.initialize();
            } catch (error) {
              this.dispose();
            }
          }
          async initialize() {
            try {
              this.client = await createClient();
            } catch (error) {
              console.error(error);
              throw new Error('no client');
            }
          }
          dispose() {}
        }
      `,
      errors: [{ messageId: 'loop', data: { service: 'Handler', text: 'this.initialize()' }, line: 4, column: 7, endLine: 4, endColumn: 24 }],
    },
    {
      name: 'its own start, whose failure nobody sees',
      code: dedent`
        class Poller {
          constructor() {
            void this.start();
          }
          async start() {
            this.connection = await connect();
          }
          async stop() {
            await this.connection?.end();
          }
        }
      `,
      errors: [{ messageId: 'call', data: { service: 'Poller', text: 'this.start()' }, line: 3, column: 10, endLine: 3, endColumn: 22 }],
    },
  ],
});
