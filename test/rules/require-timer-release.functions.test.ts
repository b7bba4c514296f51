import dedent from 'dedent';
import rule from '../../rules/require-timer-release.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-timer-release', rule, {
  valid: [],
  invalid: [
    {
      name: 'an interval of a request, outside any class',
      code: dedent`
        export async function stream(response, events) {
          const keepAlive = setInterval(() => response.write(':'), 15_000);
          for await (const event of events) response.write(event);
          clearInterval(keepAlive);
        }
      `,
      errors: [{ messageId: 'notInFinally', data: { gap: 3, clear: 4 }, line: 2, column: 21, endLine: 2, endColumn: 67,
          suggestions: [
            {
              messageId: 'release',
              output: dedent`
                export async function stream(response, events) {
                  const keepAlive = setInterval(() => response.write(':'), 15_000);
                  try {
                    for await (const event of events) response.write(event);
                  } finally {
                    clearInterval(keepAlive);
                  }
                }
              `,
            },
          ] }],
    },
    {
      name: 'the deadline of a promise, cleared on one way out and not on the other',
      code: dedent`
        class Client {
          async start() {
            await new Promise((resolve, reject) => {
              const timer = setTimeout(() => reject(new Error('late')), 3_000);
              this.socket.once('error', reject);
              this.socket.once('connect', () => {
                clearTimeout(timer);
                resolve();
              });
            });
          }
          async stop() {
            await this.socket.end();
          }
        }
      `,
      errors: [{ messageId: 'notOnEveryPath', data: { gap: 5, clear: 7 }, line: 4, column: 21, endLine: 4, endColumn: 71,
          suggestions: [
            {
              messageId: 'release',
              output: dedent`
                class Client {
                  async start() {
                    await new Promise((resolve, reject) => {
                      const timer = setTimeout(() => reject(new Error('late')), 3_000);
                      this.socket.once('error', (error) => { clearTimeout(timer); reject(error); });
                      this.socket.once('connect', () => {
                        clearTimeout(timer);
                        resolve();
                      });
                    });
                  }
                  async stop() {
                    await this.socket.end();
                  }
                }
              `,
            },
          ] }],
    },
    {
      name: 'every: a step before the clear may fail, and a heartbeat keeps the process alive',
      code: dedent`
        class Timekeeper {
          async start() {
            await this.queue.create();
            this.heartbeat = setInterval(() => this.tick(), 50);
          }
          async stop() {
            await this.queue.close();
            clearInterval(this.heartbeat);
          }
        }
      `,
      options: [{ report: 'every' }],
      errors: [
        { messageId: 'skipped', data: { stop: 'stop', step: 7, clear: 8 }, line: 4, column: 22, endLine: 4, endColumn: 56 },
        { messageId: 'keepsAlive', line: 4, column: 22, endLine: 4, endColumn: 56 },
      ],
    },
  ],
});
