import dedent from 'dedent';

import rule from '../../rules/require-startup-rollback.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-startup-rollback', rule, {
  valid: [
    {
      name: 'what a helper that is put into the list may release',
      code: dedent`
        class App {
          async start() {
            if (this.ready) return;
            const undo = [];
            try {
              await this.database.connect();
              undo.push(() => this.cleanUp());
              await this.registry.register();
            } catch (error) {
              for (const step of undo.reverse()) await step();
              throw error;
            }
            this.ready = true;
          }
          async stop() {
            if (!this.ready) return;
            this.ready = false;
            await this.database.end();
          }
          async cleanUp() {
            await this.database.end();
          }
        }
      `,
    },
    {
      name: 'a stack that is disposed of by hand, and one that is kept',
      code: dedent`
        class App {
          async start() {
            if (this.ready) return;
            const undo = new AsyncDisposableStack();
            try {
              await this.database.connect();
              undo.defer(() => this.database.end());
              await this.registry.register();
            } catch (error) {
              await undo.disposeAsync();
              throw error;
            }
            this.undo = undo.move();
            this.ready = true;
          }
          async stop() {
            if (!this.ready) return;
            this.ready = false;
            await this.database.end();
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'one acquisition is left out of a list whose steps go through a helper',
      code: dedent`
        class App {
          async start() {
            if (this.ready) return;
            const undo = [];
            try {
              await this.database.connect();
              await this.cache.connect();
              undo.push(() => this.bounded(this.cache.end()));
              await this.registry.register();
            } catch (error) {
              for (const step of undo.reverse()) await step();
              throw error;
            }
            this.ready = true;
          }
          async stop() {
            if (!this.ready) return;
            this.ready = false;
            await this.bounded(this.cache.end());
            await this.bounded(this.database.end());
          }
          async bounded(ending) {
            await pTimeout(ending, { milliseconds: 100 });
          }
        }
      `,
      errors: [
        { messageId: 'lost', data: { service: 'App', start: 'start', stop: 'stop', left: '`this.database.connect()` (line 6)', them: 'it' }, line: 7, column: 13, endLine: 7, endColumn: 33 },
      ],
    },
    {
      name: 'a stack that nobody disposes of',
      code: dedent`
        class App {
          async start() {
            if (this.ready) return;
            const undo = new AsyncDisposableStack();
            await this.database.connect();
            undo.defer(() => this.database.end());
            await this.registry.register();
            undo.move();
            this.ready = true;
          }
          async stop() {
            if (!this.ready) return;
            this.ready = false;
            await this.database.end();
          }
        }
      `,
      errors: [
        { messageId: 'lost', data: { service: 'App', start: 'start', stop: 'stop', left: '`this.database.connect()` (line 5)', them: 'it' }, line: 7, column: 11, endLine: 7, endColumn: 35 },
      ],
    },
  ],
});
