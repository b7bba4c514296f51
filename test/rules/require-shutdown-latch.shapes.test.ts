import dedent from 'dedent';
import rule from '../../rules/require-shutdown-latch.ts';
import { createRuleTester } from '../rule-tester.ts';

/** What real handlers look like that only seem to lack a latch. */
createRuleTester().run('require-shutdown-latch: shapes', rule, {
  valid: [
    {
      name: 'listeners that are taken off before the first await',
      code: dedent`
        class Supervisor {
          start() {
            process.on('SIGTERM', this.#onSignal);
            process.on('SIGINT', this.#onSignal);
          }
          #onSignal = async () => {
            await this.shutdown();
            process.exit(0);
          };
          async shutdown() {
            process.off('SIGTERM', this.#onSignal);
            process.off('SIGINT', this.#onSignal);
            await this.controllers.stop();
            await this.socket.close();
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a method of the class that is guarded itself',
      code: dedent`
        class ShutdownManager {
          #isShuttingDown = false;
          constructor() {
            process.on('SIGTERM', () => this.shutdown('SIGTERM'));
            process.on('SIGINT', () => this.shutdown('SIGINT'));
          }
          async shutdown(signal) {
            if (this.#isShuttingDown) return;
            this.#isShuttingDown = true;
            try {
              for (const handler of this.handlers) await handler.stop(signal);
            } finally {
              process.exit(0);
            }
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a stop under the lifecycle lock that looks whether it still runs',
      code: dedent`
        class Server {
          #lock = new Mutex();
          #running = true;
          listen() {
            for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void this.stop());
          }
          async stop() {
            using held = await this.#lock.acquire();
            if (!this.#running) return;
            this.#running = false;
            await this.http.close();
            await this.db.end();
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'the same, with a callback under the lock',
      code: dedent`
        class Server {
          listen() {
            process.on('SIGINT', this.stop.bind(this)).on('SIGTERM', this.stop.bind(this));
          }
          stop() {
            return this.lock.runExclusive(async () => {
              if (!this.running) return;
              this.running = false;
              await this.http.close();
              await this.db.end();
            });
          }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'two runs one behind the other, which close twice what is closed',
      code: dedent`
        process.on('SIGINT', () => void stop());
        process.on('SIGTERM', () => void stop());
        async function stop() {
          const release = await mutex.acquire();
          await server.close();
          await pool.end();
          release();
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'handles that are swapped before they are closed',
      code: dedent`
        const shutdown = async () => {
          const open = server;
          server = undefined;
          await open?.close();
          const lent = pool;
          pool = undefined;
          await lent?.client.end();
        };
        process.on('SIGINT', shutdown);
        process.on('SIGTERM', shutdown);
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a list that is emptied on the way',
      code: dedent`
        const onSignal = async () => {
          while (finalizers.length > 0) await finalizers.shift().close();
          for (const [id, session] of sessions) {
            sessions.delete(id);
            await session.stop();
          }
        };
        process.on('SIGINT', onSignal);
        process.on('SIGTERM', onSignal);
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'one function behind a wrapper that runs it once',
      code: dedent`
        const shutdown = once(async () => { await server.close(); await pool.end(); });
        process.on('SIGINT', async () => { await shutdown(); process.exit(0); });
        process.on('SIGTERM', async () => { await shutdown(); process.exit(0); });
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a method behind a decorator that runs it once',
      code: dedent`
        class Server {
          listen() {
            process.on('SIGINT', () => this.stop());
            process.on('SIGTERM', () => this.stop());
          }
          @Once()
          async stop() { await this.http.close(); await this.db.end(); }
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a child that leaves the signals to its parent',
      code: dedent`
        process.once('SIGINT', () => {
          // the parent cleans up
        });
        process.once('SIGTERM', () => {});
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a first Ctrl-C that stops, and a second one, registered in the first, that exits',
      code: dedent`
        for (const signal of ['SIGTERM', 'SIGINT']) {
          process.once(signal, async function onSignal() {
            process.on(signal, () => { process.exit(1); });
            await cleanUp();
          });
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'another drain for each signal',
      code: dedent`
        ['SIGINT', 'SIGTERM'].forEach((signal) => process.on(signal, async () => {
          if (signal === 'SIGTERM') {
            await server.close();
            await pool.end();
          }
        }));
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'handlers in two functions, of which perhaps only one is called',
      code: dedent`
        const shutdown = async () => { await server.close(); await pool.end(); };
        function serve() { process.on('SIGTERM', shutdown); }
        function develop() { process.on('SIGINT', shutdown); }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a forced exit beside a server that closes, and a cleanup that is synchronous in spite of its `async`',
      code: dedent`
        const server = app.listen(80);
        process.on('SIGQUIT', () => {
          server.close();
          setTimeout(() => process.exit(1), 10_000).unref();
        });
        const cleanup = async () => { rmSync(dir, { recursive: true }); };
        process.once('SIGINT', async () => { await cleanup(); process.exit(130); });
        process.once('SIGTERM', async () => { await cleanup(); process.exit(143); });
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'steps for all at once, which may bear a second call',
      code: dedent`
        const shutdown = async () => {
          await Promise.all([...contexts.map((context) => context.dispose()), server.close()]);
          process.exit(0);
        };
        process.on('SIGINT', shutdown);
        process.on('SIGTERM', shutdown);
      `,
    },
    {
      name: 'a promise that others reject or resolve, and an event that is no signal',
      code: dedent`
        const stopped = new Promise((resolve) => {
          process.once('SIGINT', resolve);
          process.once('SIGTERM', () => resolve('SIGTERM'));
        });
        process.on('exit', async () => { await server.close(); await pool.end(); });
        emitter.on('SIGINT', async () => { await server.close(); await pool.end(); });
        await stopped;
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a flag that is tested and set together, after an await that is over at once',
      code: dedent`
        const shutdown = async () => {
          await null;
          if (state.closing) return;
          state.closing = true;
          await server.close();
          await pool.end();
        };
        process.on('SIGINT', shutdown);
        process.on('SIGTERM', shutdown);
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a drain that goes on only with what it took away before',
      code: dedent`
        const shutdown = async () => {
          if (!telemetry.isInitialized()) return;
          await telemetry.flushAndClose();
          await telemetry.disconnect();
        };
        process.on('SIGINT', shutdown);
        process.on('SIGTERM', shutdown);
      `,
      options: [{ report: 'every' }],
    },
  ],
  invalid: [],
});
