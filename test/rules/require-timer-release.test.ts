import dedent from 'dedent';
import rule from '../../rules/require-timer-release.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-timer-release', rule, {
  valid: [
    {
      name: 'cleared by stop, unref called, set again only when cleared',
      code: dedent`
        class Heartbeat {
          async start() {
            await this.#connect();
            this.#heartbeat = setInterval(() => this.#beat(), 1_000);
            this.#heartbeat.unref();
          }
          async stop() {
            clearInterval(this.#heartbeat);
            await this.#disconnect();
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'cleared through a map, a helper and clearTimeout',
      code: dedent`
        class Availability {
          async start() {
            for (const device of await this.devices()) this.watch(device);
            this.interval = setInterval(() => this.check(), 50);
          }
          async stop() {
            this.clearAll();
            clearTimeout(this.interval);
            await this.publish();
          }
          watch(device) {
            clearTimeout(this.timers.get(device.id));
            this.timers.set(device.id, setTimeout(() => this.ping(device), 50));
          }
          clearAll() {
            for (const [, timer] of this.timers) clearTimeout(timer);
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a sleep, and the deadline of a race',
      code: dedent`
        class Worker {
          async start() {
            await Promise.race([this.connect(), new Promise((_, reject) => { setTimeout(() => reject(new Error('late')), 5_000); })]);
          }
          async stop() {
            while (this.busy) await new Promise((resolve) => { setTimeout(resolve, 10); });
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a function that clears its interval in a finally',
      code: dedent`
        export async function stream(response, events) {
          const keepAlive = setInterval(() => response.write(':'), 15_000);
          try {
            for await (const event of events) response.write(event);
          } finally {
            clearInterval(keepAlive);
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a callback that asks after its await whether it has been stopped',
      code: dedent`
        class Poller {
          async start() {
            this.running = true;
            this.arm();
            await this.poll();
          }
          async stop() {
            this.running = false;
            clearTimeout(this.timer);
            await this.client.close();
          }
          arm() {
            this.timer = setTimeout(() => void this.tick(), 50);
          }
          async tick() {
            await this.poll();
            if (this.running) this.arm();
          }
        }
      `,
    },
    {
      name: 'what is handed on may be cleared elsewhere',
      code: dedent`
        class Poller {
          async start() {
            await this.connect();
            this.registry.own(setInterval(() => this.poll(), 50));
          }
          async stop() {
            await this.registry.end();
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'hazards: cleared only after a step that may fail is for no-skipped-teardown to report',
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
    },
  ],
  invalid: [
    {
      name: 'stop forgets the interval',
      code: dedent`
        class Poller {
          async start() {
            await this.connect();
            this.timer = setInterval(() => this.poll(), 50);
          }
          async stop() {
            await this.disconnect();
          }
        }
      `,
      errors: [
        {
          messageId: 'unreleased',
          data: { service: 'Poller', stop: 'stop', where: ' in `this.timer`' },
          line: 4,
          column: 18,
          endLine: 4,
          endColumn: 52,
          suggestions: [
            {
              messageId: 'release',
              output: dedent`
                class Poller {
                  async start() {
                    await this.connect();
                    this.timer = setInterval(() => this.poll(), 50);
                  }
                  async stop() {
                    clearInterval(this.timer);
                    await this.disconnect();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'the first timer of a chain is dropped',
      code: dedent`
        class Gossip {
          async start() {
            await this.register();
            setTimeout(this.beat, 50);
          }
          async stop() {
            clearTimeout(this.timer);
            await this.unregister();
          }
          beat = () => {
            this.send();
            this.timer = setTimeout(this.beat, 50);
          };
        }
      `,
      errors: [
        {
          messageId: 'unreleased',
          data: { service: 'Gossip', stop: 'stop', where: '' },
          line: 4,
          column: 5,
          endLine: 4,
          endColumn: 30,
          suggestions: [
            {
              messageId: 'release',
              output: dedent`
                class Gossip {
                  async start() {
                    await this.register();
                    clearTimeout(this.timer);
                    this.timer = setTimeout(this.beat, 50);
                  }
                  async stop() {
                    clearTimeout(this.timer);
                    await this.unregister();
                  }
                  beat = () => {
                    this.send();
                    this.timer = setTimeout(this.beat, 50);
                  };
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'the timer of a race, which kills the child long after the race',
      code: dedent`
        class Controller {
          async start() {
            this.child = fork('plugin.js');
            await once(this.child, 'message');
          }
          async stop() {
            await Promise.race([
              once(this.child, 'exit'),
              new Promise((_, reject) => {
                setTimeout(() => {
                  this.child.kill('SIGTERM');
                  reject(new Error('late'));
                }, 5_000);
              }),
            ]);
          }
        }
      `,
      errors: [
        { messageId: 'unreleased', data: { service: 'Controller', stop: 'stop', where: '' }, line: 10, column: 9, endLine: 13, endColumn: 18 },
      ],
    },
    {
      name: 'set again while it still runs',
      code: dedent`
        class Scheduler {
          async start() {
            this.agenda = await this.calendar.upcoming();
            this.arm();
          }
          async stop() {
            clearTimeout(this.timer);
            await this.drain();
          }
          async changed() {
            this.agenda = await this.calendar.upcoming();
            this.arm();
          }
          arm() {
            this.timer = setTimeout(() => this.open(), this.agenda[0].delay);
          }
        }
      `,
      errors: [
        {
          messageId: 'rearmed',
          data: { from: '`changed()`', field: 'timer', stop: 'stop' },
          line: 15,
          column: 18,
          endLine: 15,
          endColumn: 69,
          suggestions: [
            {
              messageId: 'release',
              output: dedent`
                class Scheduler {
                  async start() {
                    this.agenda = await this.calendar.upcoming();
                    this.arm();
                  }
                  async stop() {
                    clearTimeout(this.timer);
                    await this.drain();
                  }
                  async changed() {
                    this.agenda = await this.calendar.upcoming();
                    this.arm();
                  }
                  arm() {
                    clearTimeout(this.timer);
                    this.timer = setTimeout(() => this.open(), this.agenda[0].delay);
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'an async callback sets the next one although stop has come meanwhile',
      code: dedent`
        class MultiWorker {
          start() {
            this.running = true;
            this.check().catch(log);
          }
          async stop() {
            this.running = false;
            clearTimeout(this.timer);
            await this.end();
          }
          async check() {
            await this.scale();
            this.timer = setTimeout(() => { this.check().catch(log); }, 500);
          }
        }
      `,
      errors: [
        {
          messageId: 'revived',
          data: { service: 'MultiWorker', stop: 'stop', wait: 12 },
          line: 13,
          column: 18,
          endLine: 13,
          endColumn: 69,
          suggestions: [
            {
              messageId: 'release',
              output: dedent`
                class MultiWorker {
                  start() {
                    this.running = true;
                    this.check().catch(log);
                  }
                  async stop() {
                    this.running = false;
                    clearTimeout(this.timer);
                    await this.end();
                  }
                  async check() {
                    await this.scale();
                    clearTimeout(this.timer);
                    if (this.running) this.timer = setTimeout(() => { this.check().catch(log); }, 500);
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'stop clears what the loop waits for',
      code: dedent`
        class Runner {
          async start() {
            while (this.active) {
              await this.job();
              await new Promise((resolve) => { this.timer = setTimeout(resolve, 50); });
            }
          }
          stop() {
            this.active = false;
            clearTimeout(this.timer);
          }
        }
      `,
      errors: [{ messageId: 'stranded', data: { stop: 'stop', clear: 10 }, line: 5, column: 53, endLine: 5, endColumn: 76 }],
    },
  ],
});
