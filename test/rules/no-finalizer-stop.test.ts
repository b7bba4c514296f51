import dedent from 'dedent';
import rule from '../../rules/no-finalizer-stop.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-finalizer-stop', rule, {
  valid: [
    {
      name: 'synchronous work at exit',
      code: dedent`
        process.on('exit', () => { unlinkSync(pidFile); child.kill(); });
        process.once('exit', killAll);
        process.on('exit', async () => { console.log('bye'); });
        process.on('exit', (code) => logger.info('exit with ' + code));
        function killAll() { for (const child of children) child.kill('SIGKILL'); runtime.close(); }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'the exit of a child that is called process, and of one in a field',
      code: dedent`
        async function run() {
          const process = spawn('server');
          await new Promise((resolve) => { process.once('exit', async () => { await cleanUp(); resolve(); }); });
        }
        function watch(process) { process.on('exit', async () => { await restart(); }); }
        class Runner { watch() { this.process.on('exit', async () => { await this.restart(); }); } }
        childProcess.on('exit', async () => { await rm(dir); });
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'other events of the process wait for nobody either, but the loop goes on',
      code: dedent`
        process.on('SIGTERM', async () => { await server.close(); process.exit(); });
        process.on('beforeExit', async () => { await pool.end(); });
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a last resort: the same is done by a signal handler, or in a finally',
      code: dedent`
        const cleanUp = async () => { await client.disconnect(); database.close(); process.exit(0); };
        process.on('exit', cleanUp);
        process.on('SIGINT', cleanUp);
        process.on('exit', () => this.cleanup());
        process.on('exit', async () => { await browser.close(); });
        async function main() { try { await work(); } finally { await browser.close(); } }
      `,
    },
    {
      name: 'an async stop that is over when it returns, or that has already killed before it waits',
      code: dedent`
        process.on('exit', () => monitor.stop());
        const monitor = new Monitor();
        class Monitor {
          async stop() { clearInterval(this.timer); }
        }
        process.on('exit', () => runner.stop());
        const runner = new Runner();
        class Runner {
          async stop() { this.child.kill(); await once(this.child, 'exit'); }
        }
        process.on('exit', async () => { await report('exit'); });
      `,
    },
    {
      name: 'a registry that frees memory, forgets a key, or only warns',
      code: dedent`
        const freed = new FinalizationRegistry((ptr) => wasm.__wbg_reader_free(ptr >>> 0, 1));
        const forgotten = new FinalizationRegistry((key) => { cache.delete(key); });
        const warned = new FinalizationRegistry((name) => { console.warn(name + ' was never closed'); });
        const textures = new FinalizationRegistry((texture) => { texture.destroy(); });
        const ports = new FinalizationRegistry((port) => { port.postMessage(null); port.close(); });
        const native = new FinalizationRegistry((value) => library.symbols.Hunspell_destroy(value));
        const timers = new FinalizationRegistry((timer) => clearInterval(timer));
        const callbacks = new FinalizationRegistry((cleanup) => { cleanup(); });
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a backstop: whoever closes the owner takes it out of the registry',
      code: dedent`
        const registry = new FinalizationRegistry((socket: Socket) => { socket.destroy(); });
        class Connection {
          constructor() { registry.register(this, this.socket, this); }
          async close() { registry.unregister(this); await this.socket.end(); }
        }
      `,
    },
    {
      name: 'a held value of unknown type, and a weak reference that ends its own watch',
      code: dedent`
        const registry = new FinalizationRegistry((held) => { held.close(); });
        function watch(owner) {
          const ref = new WeakRef(owner);
          const timer = setInterval(() => {
            const alive = ref.deref();
            if (alive === undefined) { clearInterval(timer); return; }
            alive.tick();
          }, 1_000);
          timer.unref();
        }
        const first = ref.deref();
        if (!first) { subscription.stop(); }
      `,
    },
    {
      name: 'exit-hook that waits',
      code: dedent`
        import { asyncExitHook } from 'exit-hook';
        asyncExitHook(async () => { await server.close(); }, { wait: 300 });
      `,
      options: [{ report: 'every' }],
    },
  ],
  invalid: [
    {
      name: 'the only close of a browser, at exit',
      code: dedent`
        app.listen(port);
        process.on('exit', async () => {
          await browser.close();
        });
      `,
      errors: [
        { messageId: 'cut', data: { text: 'await browser.close()' }, line: 3, column: 3, endLine: 3, endColumn: 24 },
      ],
    },
    {
      name: 'what stands behind the first await',
      code: dedent`
        import process from 'node:process';
        process.once('exit', async () => {
          await pool.end();
          server.close();
        });
      `,
      errors: [
        { messageId: 'lost', data: { text: 'await pool.end()', lost: 4 }, line: 3, column: 3, endLine: 3, endColumn: 19 },
      ],
    },
    {
      name: 'a function of the file that waits, a chain, a finally, and each of several',
      code: dedent`
        process.on('exit', () => { void shutDown(); });
        async function shutDown() {
          if (client === undefined) return;
          await client.flush();
          await client.quit();
        }
        process.on('exit', () => { db.end().then(() => unlinkSync(lockFile)); });
        process.on('exit', async function () {
          try { await flush(); } finally { removeLock(); }
        });
        process.on('exit', async () => {
          for (const service of services) await service.stop();
        });
      `,
      errors: [
        { messageId: 'lost', data: { text: 'shutDown()', lost: 5 }, line: 1, column: 33, endLine: 1, endColumn: 43 },
        { messageId: 'lost', data: { text: 'db.end()', lost: 7 }, line: 7, column: 28, endLine: 7, endColumn: 36 },
        { messageId: 'lost', data: { text: 'await flush()', lost: 9 }, line: 9, column: 9, endLine: 9, endColumn: 22 },
        { messageId: 'cut', data: { text: 'await service.stop()' }, line: 12, column: 35, endLine: 12, endColumn: 55 },
      ],
    },
    {
      name: 'a class that stops itself at exit, and signal-exit, which cannot wait either',
      code: dedent`
        import { onExit } from 'signal-exit';
        class Bridge {
          constructor() { process.once('exit', () => this.stop()); }
          async stop() { await this.flush(); this.socket.destroy(); }
        }
        onExit(async () => { await app.close(); });
      `,
      errors: [
        { messageId: 'lost', data: { text: 'this.stop()', lost: 4 }, line: 3, column: 46, endLine: 3, endColumn: 57 },
        { messageId: 'cut', data: { text: 'await app.close()' }, line: 6, column: 22, endLine: 6, endColumn: 39 },
      ],
    },
    {
      name: 'a timer that never fires',
      code: dedent`
        process.on('exit', () => {
          child.kill('SIGTERM');
          setTimeout(() => child.kill('SIGKILL'), 5_000);
        });
      `,
      errors: [
        { messageId: 'late', data: { text: 'setTimeout(…)' }, line: 3, column: 3, endLine: 3, endColumn: 49 },
      ],
    },
    {
      name: 'an async stop by the garbage collector',
      code: dedent`
        class MongoService {
          async destroy() { await this.client.close(); }
          watch() {
            const registry = new FinalizationRegistry(async () => {
              console.warn('collected');
              await this.destroy();
            });
            registry.register(this, 'cleanup');
          }
        }
        const closers = new FinalizationRegistry((held) => { held.close().catch(log); });
        const children = new FinalizationRegistry<number>((pid) => { process.kill(pid); });
        const servers = new FinalizationRegistry<Server>((server) => server.close());
      `,
      errors: [
        { messageId: 'collected', data: { text: 'this.destroy()' }, line: 6, column: 13, endLine: 6, endColumn: 27 },
        { messageId: 'collected', data: { text: 'held.close()' }, line: 11, column: 54, endLine: 11, endColumn: 66 },
        { messageId: 'collected', data: { text: 'process.kill(…)' }, line: 12, column: 62, endLine: 12, endColumn: 79 },
        { messageId: 'collected', data: { text: 'server.close()' }, line: 13, column: 62, endLine: 13, endColumn: 76 },
      ],
    },
    {
      name: 'strict: last resorts, unknown types, weak references, and what may be over at once',
      code: dedent`
        const registry = new FinalizationRegistry((held) => { held.close(); });
        setInterval(() => { if (!ref.deref()) worker.terminate(); }, 1_000);
        process.on('exit', async () => { await report('exit'); });
        process.on('SIGINT', stopAll);
        process.on('exit', stopAll);
        async function stopAll() { await bot.stop(); }
      `,
      options: [{ report: 'every' }],
      errors: [
        { messageId: 'collected', data: { text: 'held.close()' }, line: 1, column: 55, endLine: 1, endColumn: 67 },
        { messageId: 'collected', data: { text: 'worker.terminate()' }, line: 2, column: 39, endLine: 2, endColumn: 57 },
        { messageId: 'cut', data: { text: "await report(…)" }, line: 3, column: 34, endLine: 3, endColumn: 54 },
        { messageId: 'cut', data: { text: 'await bot.stop()' }, line: 6, column: 28, endLine: 6, endColumn: 44 },
      ],
    },
  ],
});
