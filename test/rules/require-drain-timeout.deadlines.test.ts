import dedent from 'dedent';
import requireDrainTimeout from '../../rules/require-drain-timeout.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-drain-timeout', requireDrainTimeout, {
  valid: [
    {
      name: 'a race with a timer that rejects and is cleared',
      code: dedent`
        class Poller {
          start() { this.task = this.poll(); }
          async poll() { await this.next(); }
          async stop() {
            let timer;
            const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error('late')), 50); });
            try {
              await Promise.race([this.task, late]);
            } finally {
              clearTimeout(timer);
            }
          }
        }
      `,
    },
    {
      name: 'a polling loop with a clock',
      code: dedent`
        class Poller {
          start() { this.timer = setInterval(() => this.poll(), 50); }
          stop = async () => {
            clearInterval(this.timer);
            const until = Date.now() + 5000;
            while (this.polling) {
              if (Date.now() > until) throw new Error('still polling');
              await sleep(10);
            }
          };
        }
      `,
    },
    {
      name: 'a limit for each of several connections',
      code: dedent`
        class Hub {
          async start() { this.server.listen(80); }
          async stop() {
            await Promise.all([...this.peers].map((peer) => peer.close({ signal: AbortSignal.timeout(500) })));
          }
        }
      `,
    },
    {
      name: 'a helper of the file that limits',
      code: dedent`
        const within = async (work, ms) => {
          let timer;
          const late = new Promise((_, reject) => { timer = setTimeout(reject, ms); });
          try { return await Promise.race([work, late]); } finally { clearTimeout(timer); }
        };
        class Poller {
          start() { this.task = this.poll(); }
          async poll() { await this.next(); }
          async stop() { await within(this.task, 50); }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'a limit on the wait for the lock',
      code: dedent`
        import { Mutex, withTimeout } from 'async-mutex';

        class Poller {
          readonly #lock = withTimeout(new Mutex(), 5000);
          start() { this.#task = this.#poll(); }
          async stop() {
            return this.#lock.runExclusive(async () => {
              await this.#task;
            });
          }
          async #poll() { await this.next(); }
        }
      `,
      errors: [
        {
          messageId: 'limits-waiting',
          data: { method: 'stop', waits: 'for `this.#task` on line 8', deadline: 4 },
          line: 8,
          column: 7,
          endLine: 8,
          endColumn: 23,
        },
      ],
    },
    {
      name: 'a limit that frees the slot',
      code: dedent`
        import PQueue from 'p-queue';

        class Poller {
          readonly #queue = new PQueue({ concurrency: 1 });
          start() { this.timer = setInterval(() => this.poll(), 50); }
          async stop() {
            await this.#queue.add(async () => {
              await this.#inner.stop();
            }, { timeout: 5000 });
          }
        }
      `,
      errors: [
        {
          messageId: 'frees-slot',
          data: { start: 'start', stop: 'stop', method: 'stop', waits: 'for `this.#inner.stop()` on line 8', deadline: 9 },
          line: 8,
          column: 7,
          endLine: 8,
          endColumn: 31,
        },
      ],
    },
    {
      name: 'a deadline outside the lock',
      code: dedent`
        import { Mutex } from 'async-mutex';
        import pTimeout from 'p-timeout';

        class Poller {
          readonly #lock = new Mutex();
          start() { this.#task = this.#poll(); }
          async stop() {
            await pTimeout(this.#lock.runExclusive(async () => {
              await this.#task;
            }), { milliseconds: 5000 });
          }
          async #poll() { await this.next(); }
        }
      `,
      errors: [
        {
          messageId: 'outside-lock',
          data: { start: 'start', stop: 'stop', deadline: 8 },
          line: 9,
          column: 7,
          endLine: 9,
          endColumn: 23,
        },
      ],
    },
    {
      name: 'a race against a sleep whose result nobody looks at',
      code: dedent`
        class Poller {
          start() { this.task = this.poll(); }
          async poll() { await this.next(); }
          async stop() {
            await Promise.race([this.task, sleep(5000)]);
            this.task = undefined;
          }
        }
      `,
      errors: [
        {
          messageId: 'resolves',
          data: { start: 'start', stop: 'stop', method: 'stop', work: 'this.task', deadline: 5 },
          line: 5,
          column: 5,
          endLine: 5,
          endColumn: 49,
        },
      ],
    },
    {
      name: 'a timer that does not keep the process alive',
      code: dedent`
        class Poller {
          start() { this.task = this.poll(); }
          async poll() { await this.next(); }
          async stop() {
            await Promise.race([this.task, new Promise((_, reject) => setTimeout(reject, 5000).unref())]);
          }
        }
      `,
      errors: [
        {
          messageId: 'unref',
          data: { stop: 'stop', deadline: 5 },
          line: 5,
          column: 5,
          endLine: 5,
          endColumn: 98,
        },
      ],
    },
    {
      name: 'a timer that is never cleared',
      code: dedent`
        class Poller {
          start() { this.task = this.poll(); }
          async poll() { await this.next(); }
          async stop() {
            await Promise.race([
              this.task,
              new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 5000)),
            ]);
          }
        }
      `,
      errors: [
        {
          messageId: 'never-cleared',
          data: { stop: 'stop', deadline: 5 },
          line: 5,
          column: 5,
          endLine: 8,
          endColumn: 7,
        },
      ],
    },
  ],
});
