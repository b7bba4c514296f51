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
      errors: [{ messageId: 'untracked', data: { stop: 'stop', task: 'this.#run()' }, line: 3, column: 10, endLine: 3, endColumn: 21 }],
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
    {
      name: 'awaited by stop, but until then nobody sees when it fails',
      code: dedent`
        class Poller {
          async start() {
            this.task = this.run2();
          }
          async stop() {
            await this.task;
          }
          async run2() {
            for (;;) await this.step();
          }
        }
      `,
      errors: [{ messageId: 'unobserved', data: { task: 'this.run2()' }, line: 3, column: 17, endLine: 3, endColumn: 28 }],
    },
    {
      name: 'a promise of somebody else, by its void',
      code: dedent`
        class Sessions {
          async start() {
            this.session = await this.store.get();
            void this.store.touch(this.session);
          }
          async stop() {
            await this.store.close();
          }
        }
      `,
      errors: [{ messageId: 'unobserved', data: { task: 'this.store.touch(…)' }, line: 4, column: 10, endLine: 4, endColumn: 40 }],
    },
    {
      name: 'every: an async callback of a timer, and a listener that asks first',
      code: dedent`
        class Network {
          async start() {
            this.bus.on('peer', (peer) => { this.#add(peer).catch(log); });
            this.timer = setInterval(async () => { await this.db.write(this.peers); }, 1_000);
          }
          async stop() {
            clearInterval(this.timer);
            await this.db.close();
          }
          async #add(peer) {
            if (this.stopped) return;
            await this.db.add(peer);
            await this.db.flush();
          }
        }
      `,
      options: [{ report: 'every' }],
      errors: [
        {
          messageId: 'unawaited',
          data: { stop: 'stop', task: 'this.#add(…)', origin: 'a listener' },
          line: 3,
          column: 37,
          endLine: 3,
          endColumn: 52,
        },
        {
          messageId: 'untracked',
          data: { stop: 'stop', task: 'the async callback of setInterval(…)' },
          line: 4,
          column: 30,
          endLine: 4,
          endColumn: 78,
        },
      ],
    },
  ],
});
