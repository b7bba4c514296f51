import dedent from 'dedent';
import rule from '../../rules/no-untracked-background-task.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-untracked-background-task', rule, {
  valid: [
    {
      name: 'kept in a field, caught, awaited under a deadline',
      code: dedent`
        class Poller {
          async start() {
            this.#task = this.#run().catch((error) => this.#log.error(error));
          }
          async stop() {
            this.#abort.abort();
            await pTimeout(this.#task, { milliseconds: 5_000 });
          }
          async #run() {
            for await (const item of this.#source) await this.#handle(item);
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'kept in a set, which stop awaits as a whole',
      code: dedent`
        class Bridge {
          async start() {
            this.bus.on('message', (message) => this.#forward(message));
          }
          async stop() {
            await Promise.allSettled(this.#inFlight);
          }
          #forward(message) {
            const sending = this.#send(message).catch(log).finally(() => this.#inFlight.delete(sending));
            this.#inFlight.add(sending);
          }
          async #send(message) {
            await this.#open();
            await this.#broker.send(message);
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'stop waits in a loop for the flag that the tick lowers',
      code: dedent`
        class Boss {
          async start() {
            this.timer = setInterval(() => this.#supervise(), 1_000);
          }
          async stop() {
            clearInterval(this.timer);
            while (this.busy) await delay(10);
          }
          async #supervise() {
            this.busy = true;
            try {
              await this.#first();
              await this.#second();
            } catch (error) {
              this.emit('error', error);
            } finally {
              this.busy = false;
            }
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a note, with its own try',
      code: dedent`
        class Server {
          async start() {
            await this.#listen();
            void this.#announce('up');
          }
          async stop() {
            await this.#close();
          }
          async #announce(text) {
            try {
              await this.#hook.post(text);
            } catch (error) {
              this.#log.warn(error);
            }
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'calls of somebody else, which may answer at once',
      code: dedent`
        class Generator {
          async start() {
            await this.pool.start();
            this.job.start();
          }
          async stop() {
            this.job.stop();
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'hazards: a listener whose work asks first whether the service runs, and a tick of one write',
      code: dedent`
        class Manager {
          async start() {
            this.running = true;
            this.bus.on('connect', (peer) => { this.#connect(peer).catch(log); });
            this.timer = setInterval(() => { this.#save().catch(log); }, 1_000);
          }
          async stop() {
            this.running = false;
            clearInterval(this.timer);
            await this.db.close();
          }
          async #connect(peer) {
            if (!this.running) return;
            await this.store.add(peer);
            await this.store.flush();
          }
          async #save() {
            await this.db.write(this.state);
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'a loop that nobody keeps',
      code: dedent`
        class Poller {
          async start() {
            void this.#run();
          }
          async stop() {
            this.#abort.abort();
          }
          async #run() {
            while (!this.#abort.signal.aborted) await this.#poll();
          }
          async #poll() {
            await fetch(this.#url);
          }
        }
      `,
      errors: [{ messageId: 'untracked', data: { stop: 'stop', task: 'this.#run()' }, line: 3, column: 10, endLine: 3, endColumn: 21,
          suggestions: [
            {
              messageId: 'track',
              output: dedent`
                import pTimeout, { TimeoutError } from 'p-timeout';

                class Poller {
                  static readonly #DRAIN_TIMEOUT_MS = 10_000;
                  #unrestartable = false;
                  #task: Promise<void> | undefined;

                  async start() {
                    if (this.#unrestartable) throw new Error('Poller: an earlier stop() timed out, create a new instance');
                    this.#task = this.#run().catch((error: unknown) => { console.error('background task failed: run', error); });
                  }
                  async stop() {
                    this.#abort.abort();
                    try {
                      await pTimeout(Promise.resolve(this.#task), { milliseconds: Poller.#DRAIN_TIMEOUT_MS });
                    } catch (error) {
                      if (error instanceof TimeoutError) this.#unrestartable = true;
                      throw error;
                    }
                  }
                  async #run() {
                    while (!this.#abort.signal.aborted) await this.#poll();
                  }
                  async #poll() {
                    await fetch(this.#url);
                  }
                }
              `,
            },
          ] }],
    },
    {
      name: 'caught, but not kept',
      code: dedent`
        class Client {
          async start() {
            await this.#socket.connect();
            this.#listen().catch((error) => this.#log.debug(error));
          }
          stop() {
            this.#socket.disconnect();
          }
          async #listen() {
            for await (const reply of this.#replies) this.#settle(reply);
          }
        }
      `,
      errors: [
        {
          messageId: 'unawaited',
          data: { stop: 'stop', task: 'this.#listen()', origin: '`start()`' },
          line: 4,
          column: 5,
          endLine: 4,
          endColumn: 19,
        },
      ],
    },
    {
      name: 'kept in a field that stop only drops',
      code: dedent`
        class Monitor {
          async start() {
            this.task = this.watch().catch(log);
          }
          async stop() {
            this.task = undefined;
            await this.client.close();
          }
          async watch() {
            for (;;) await this.step();
          }
        }
      `,
      errors: [
        { messageId: 'unawaitedField', data: { stop: 'stop', field: 'task', task: 'this.watch()' }, line: 3, column: 17, endLine: 3, endColumn: 29 },
      ],
    },
    {
      name: 'a sweep that outlives the timer',
      code: dedent`
        class Sweeper {
          async start() {
            const policy = await this.store.policy();
            this.timer = setInterval(() => void this.sweep(policy), policy.everyMs);
          }
          async stop() {
            clearInterval(this.timer);
            await this.store.close();
          }
          async sweep(policy) {
            try {
              for (const { id } of await this.store.overdue()) await this.store.raise(id);
            } catch (error) {
              log(error);
            }
          }
        }
      `,
      errors: [
        {
          messageId: 'unawaited',
          data: { stop: 'stop', task: 'this.sweep(…)', origin: 'a timer' },
          line: 4,
          column: 41,
          endLine: 4,
          endColumn: 59,
          suggestions: [
            {
              messageId: 'track',
              output: dedent`
                import pTimeout, { TimeoutError } from 'p-timeout';

                class Sweeper {
                  static readonly #DRAIN_TIMEOUT_MS = 10_000;
                  #unrestartable = false;
                  readonly #tasks = new Set<Promise<void>>();

                  async start() {
                    if (this.#unrestartable) throw new Error('Sweeper: an earlier stop() timed out, create a new instance');
                    const policy = await this.store.policy();
                    this.timer = setInterval(() => {
                      const task = this.sweep(policy).finally(() => this.#tasks.delete(task));
                      this.#tasks.add(task);
                    }, policy.everyMs);
                  }
                  async stop() {
                    clearInterval(this.timer);
                    try {
                      await pTimeout(Promise.all(this.#tasks), { milliseconds: Sweeper.#DRAIN_TIMEOUT_MS });
                    } catch (error) {
                      if (error instanceof TimeoutError) this.#unrestartable = true;
                      throw error;
                    } finally {
                      await this.store.close();
                    }
                  }
                  async sweep(policy) {
                    try {
                      for (const { id } of await this.store.overdue()) await this.store.raise(id);
                    } catch (error) {
                      log(error);
                    }
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'work of a listener',
      code: dedent`
        class Client {
          async start() {
            await this.registrar.handle(PROTOCOL, (stream) => { void this.serve(stream).catch(log); });
          }
          async stop() {
            await this.registrar.unhandle(PROTOCOL);
          }
          async serve(stream) {
            const request = await stream.read();
            await stream.write(answer(request));
          }
        }
      `,
      errors: [
        {
          messageId: 'unawaited',
          data: { stop: 'stop', task: 'this.serve(…)', origin: 'a listener' },
          line: 3,
          column: 62,
          endLine: 3,
          endColumn: 80,
        },
      ],
    },
  ],
});
