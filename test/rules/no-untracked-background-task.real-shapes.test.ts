import dedent from 'dedent';
import rule from '../../rules/no-untracked-background-task.ts';
import { createRuleTester } from '../rule-tester.ts';

/** What real services do that looks untracked, or that a first version of the rule got wrong. */
createRuleTester().run('no-untracked-background-task', rule, {
  valid: [
    {
      name: 'a consumer whose end stop awaits as an event (kafkajs)',
      code: dedent`
        class Runner extends EventEmitter {
          async start() {
            await this.group.connect();
            this.running = true;
            this.schedule();
          }
          schedule() {
            this.consuming = true;
            this.retrier(async () => { await this.fetchManager.start(); })
              .then(() => this.schedule())
              .catch((error) => { this.onCrash(error); this.consuming = false; });
          }
          async stop() {
            this.running = false;
            await this.fetchManager.stop();
            await this.waitForConsumer();
          }
          waitForConsumer() {
            return new Promise((resolve) => {
              if (!this.consuming) return resolve();
              this.once('stopped', () => resolve());
            });
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a tick that stops the service itself (puppeteer)',
      code: dedent`
        class IntervalPoller {
          async start() {
            this.interval = setInterval(async () => {
              const result = await this.fn();
              if (!result) return;
              this.promise.resolve(result);
              await this.stop();
            }, this.ms);
          }
          async stop() {
            clearInterval(this.interval);
          }
        }
      `,
    },
    {
      name: 'a chain whose callbacks only write down and log (moleculer)',
      code: dedent`
        class Nats {
          async connect() {
            const client = await nats.connect(this.options);
            client.closed().then(() => {
              this.connected = false;
              this.logger.info('closed');
            });
          }
          async disconnect() {
            await this.client.close();
          }
        }
      `,
    },
    {
      name: 'the whole work under the lock that stop takes',
      code: dedent`
        class Controller {
          #mutex = new Mutex();
          async start() {
            this.bus.on('bundle', (data) => {
              void this.#mutex.runExclusive(() => this.#reload(data));
            });
          }
          async stop() {
            await this.#mutex.runExclusive(() => this.#teardown());
          }
          async #reload(data) {
            try {
              await this.build(data);
              await this.swap(data);
            } catch (error) {
              this.report(error);
            }
          }
          async #teardown() {
            await this.server.close();
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'what stop itself sets going is its own',
      code: dedent`
        class Boss {
          async start() {
            await this.open();
          }
          async stop() {
            setImmediate(async () => {
              while (!this.workers.every((worker) => worker.stopped)) await delay(1_000);
              await this.close();
            });
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a sleep of node:timers/promises is no timer, and what it returns is awaited',
      code: dedent`
        import { setTimeout } from 'node:timers/promises';
        class Poller {
          async start() {
            await setTimeout(50);
            await this.poll();
          }
          async stop() {
            await this.close();
          }
        }
      `,
      options: [{ report: 'every' }],
    },
  ],
  invalid: [
    {
      name: 'a jobs handler that neither awaits nor catches what it records (pg-boss 10)',
      code: dedent`
        class Manager {
          async start() {
            const onFetch = async (jobs) => {
              const result = await this.callback(jobs);
              this.complete(jobs, result);
            };
            await this.add(new Worker({ onFetch }));
          }
          async stop() {
            await this.db.close();
          }
          async complete(jobs, result) {
            const rows = await this.db.update(jobs, result);
            await this.db.notify(rows);
          }
        }
      `,
      options: [{ report: 'every' }],
      errors: [{ messageId: 'untracked', data: { stop: 'stop', task: 'this.complete(…)' }, line: 5, column: 7, endLine: 5, endColumn: 34 }],
    },
    {
      name: 'a promise that is not returned to the chain round it (moleculer)',
      code: dedent`
        class Amqp {
          async connect() {
            return this.client.open().then((connection) => {
              connection.createSession().then((session) => this.onSession(session));
            });
          }
          async disconnect() {
            await this.client.close();
          }
        }
      `,
      errors: [{ messageId: 'unobserved', data: { task: 'connection.createSession()' }, line: 4, column: 7, endLine: 4, endColumn: 33 }],
    },
  ],
});
