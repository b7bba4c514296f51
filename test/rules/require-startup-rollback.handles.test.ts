import dedent from 'dedent';
import rule from '../../rules/require-startup-rollback.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-startup-rollback', rule, {
  valid: [
    {
      name: 'a field that the rollback empties',
      code: dedent`
        class Beacon {
          async open() {
            if (this.lamp) return;
            this.lamp = await connect('lamp');
            try {
              await this.lamp.ping();
            } catch (error) {
              await this.lamp.close();
              this.lamp = undefined;
              throw error;
            }
          }
          async close() {
            await this.lamp?.close();
            this.lamp = undefined;
          }
        }
      `,
    },
    {
      name: 'what is got may be nothing: stop closes something else',
      code: dedent`
        class Cache {
          async init() {
            if (this.known) return;
            this.known = await this.load();
            await this.warm();
          }
          async destroy() {
            clearInterval(this.timer);
            this.known = undefined;
          }
          run() { this.timer = setInterval(tick, 10); }
        }
      `,
    },
    {
      name: 'taken from one that others keep, and given up by a fallback',
      code: dedent`
        class Client {
          async connect() {
            if (this.socket) return;
            this.socket = await dial(this.url);
            try {
              await this.socket.hello();
            } catch (error) {
              this.socket.close();
              this.socket = this.fallback;
              throw error;
            }
          }
          async disconnect() {
            await this.socket.close();
            this.socket = undefined;
          }
        }
      `,
    },
    {
      name: 'one that throws the second time, as all do after a stop',
      code: dedent`
        class Once {
          async start() {
            if (this.session) throw new Error('started already');
            this.session = await connect('hub');
            try {
              await this.session.hello();
            } catch (error) {
              await this.session.close();
              throw error;
            }
          }
          async stop() {
            await this.session?.close();
          }
        }
      `,
    },
    {
      name: 'a start that does nothing on one of its ways, and says so by its result',
      code: dedent`
        class Feed {
          async start({ quiet }) {
            if (this.session) return;
            if (quiet) return;
            this.session = await connect('hub');
            try {
              await this.session.hello();
            } catch (error) {
              await this.session.close();
              this.session = undefined;
              throw error;
            }
          }
          async stop() {
            await this.session?.close();
            this.session = undefined;
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'closed by the rollback, and still in its field',
      code: dedent`
        class Beacon {
          async open() {
            if (this.lamp !== null) return;
            this.lamp = await connect('lamp');
            try {
              await this.lamp.ping();
            } catch (error) {
              await this.lamp.close();
              throw error;
            }
          }
          async close() {
            await this.lamp?.close();
            this.lamp = null;
          }
          lamp = null;
        }
      `,
      errors: [{ messageId: 'leftSet', data: { service: 'Beacon', start: 'open', stop: 'close', field: 'this.lamp', fails: 'this.lamp.ping()', line: 6 }, line: 4, column: 5, endLine: 4, endColumn: 38 }],
    },
    {
      name: 'a flag, in a start that has two ways to be up',
      code: dedent`
        class Mirror {
          running = false;
          async start({ only }) {
            if (this.running) return 'both';
            this.running = true;
            try {
              this.left = await connect('left');
              if (only) return 'one';
              await this.left.greet();
              return 'both';
            } catch (error) {
              await this.left?.close();
              this.left = undefined;
              throw error;
            }
          }
          async stop() {
            this.running = false;
            await this.left?.close();
            this.left = undefined;
          }
        }
      `,
      errors: [{ messageId: 'leftSet', data: { service: 'Mirror', start: 'start', stop: 'stop', field: 'this.running', fails: 'connect(…)', line: 7 }, line: 5, column: 5, endLine: 5, endColumn: 24 }],
    },
  ],
});
