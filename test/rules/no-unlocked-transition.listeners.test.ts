import dedent from 'dedent';
import rule from '../../rules/no-unlocked-transition.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-unlocked-transition: listeners by name', rule, {
  valid: [
    {
      name: 'a method of its own or of a base that takes a callback, a callback with more beside it, and one that only takes note',
      code: dedent`
        class Feed extends Emitter {
          async start() {
            if (this.socket) return;
            this.socket = await dial(this.url);
            this.onClose(async () => { await pause(); this.socket = await dial(this.url); });
            super.onClose(async () => { await pause(); this.socket = await dial(this.url); });
            this.socket.onClose('soon', async () => { await pause(); this.socket = await dial(this.url); });
            this.socket.onLost(() => { this.socket = undefined; });
          }
          async stop() {
            const socket = this.socket;
            this.socket = undefined;
            await socket?.close();
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'a session that tells of its end by a method',
      code: dedent`
        class Feed {
          async start() {
            if (this.socket) return;
            this.socket = await dial(this.url);
            this.socket.onClose(() => this.#redial());
          }
          async stop() {
            const socket = this.socket;
            this.socket = undefined;
            await socket?.close();
          }
          async #redial() {
            await pause();
            this.socket = await dial(this.url);
          }
        }
      `,
      errors: [{ messageId: 'stop-during', line: 14, column: 5, endLine: 14, endColumn: 39 }],
    },
  ],
});
