import dedent from 'dedent';

import rule from '../../rules/no-partial-lifecycle-lock.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-partial-lifecycle-lock', rule, {
  valid: [],
  invalid: [
    {
      name: 'nobody waits for the work under the lock, while another method may hold another lock',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Prober {
          readonly #lock = new Mutex();
          readonly #metricsLock = new Mutex();
          async start() {
            void this.#lock.runExclusive(async () => {
              if (this.#probing) return;
              this.#probing = this.#probeLoop().catch(console.error);
            });
          }
          async stop() {
            return this.#lock.runExclusive(async () => {
              await this.#probing;
              this.#probing = undefined;
            });
          }
          async #probeLoop() {
            while (this.#probing) await this.record();
          }
          async record() {
            return this.#metricsLock.runExclusive(async () => write(1));
          }
        }
      `,
      errors: [
        { messageId: 'not-awaited', data: { service: 'Prober', method: 'start', held: 'stop', lock: 'this.#lock', line: 6 }, line: 5, column: 9, endLine: 5, endColumn: 14 },
      ],
    },
  ],
});
