import dedent from 'dedent';
import noSkippedTeardown from '../../rules/no-skipped-teardown.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-skipped-teardown', noSkippedTeardown, {
  valid: [
    {
      name: 'a step that needs what the other gives',
      code: dedent`
        class Jobs {
          async start() { this.open = await open(); }
          async stop() {
            const jobs = await this.getJobs();
            for (const job of jobs) job.stop();
          }
        }
      `,
    },
    {
      name: 'a handler that throws some errors and not others',
      code: dedent`
        class Child {
          async start() { this.child = await spawn(); }
          async stop() {
            try { await exited(this.child); } catch (error) { if (!(error instanceof TimeoutError)) throw error; }
            this.child.kill('SIGKILL');
          }
        }
      `,
    },
    {
      name: 'steps of branches that exclude each other, and after a return',
      code: dedent`
        class Either {
          async start() { this.a = await open(); this.b = await open(); }
          async stop() {
            if (this.isFirst) { await this.a.close(); return; }
            if (this.isSecond) await this.b.close(); else await this.c.close();
          }
        }
      `,
    },
    {
      name: 'a delegate and a synchronous service',
      code: dedent`
        class Proxy { start() { return this.inner.start(); } stop() { return this.inner.stop(); } }
        class Pool { async start() { this.a.start(); this.b.start(); } async stop() { this.a.stop(); this.b.stop(); this.c.stop(); } }
      `,
    },
    {
      name: 'an emptied collection, a log, an event, listeners of its own',
      code: dedent`
        class Bus {
          async start() { this.client = await open(); }
          async stop() {
            await this.client.quit();
            this.handlers.clear();
            this.logger.info('stopped');
            this.emit('stopped');
            this.removeAllListeners();
          }
        }
      `,
    },
    {
      name: 'one synchronous stop before one other: seldom enough',
      code: dedent`
        class Pair {
          async start() { await open(); }
          async stop() { this.endpoint.stop(); this.pool.stop(); await this.mutex.acquire(); }
        }
      `,
    },
    {
      name: 'an empty handler, by default',
      code: dedent`
        class Tunnel {
          async start() { this.listener = await forward(); }
          async stop() { try { await this.listener.close(); } catch {} }
        }
      `,
    },
    {
      name: 'a handler that says why it is empty, or that only covers a synchronous call or a wait',
      code: dedent`
        class Tunnel {
          async start() { this.listener = await forward(); }
          async stop() {
            try { await this.listener.close(); } catch { /* it may be closed already */ }
            try { this.child.kill(); } catch {}
            await this.task.catch(() => {});
          }
        }
      `,
      options: [{ steps: 'awaited' }],
    },
    {
      name: 'the cancellation of work that stop aborts itself',
      code: dedent`
        class Loop {
          async start() { this.task = this.run(); }
          async stop() {
            this.abort.abort();
            try { await this.task; } catch (error) { if (error.name === 'AbortError') return; throw error; }
          }
        }
      `,
      options: [{ steps: 'awaited' }],
    },
    {
      name: 'a state that a second stop could still write',
      code: dedent`
        class Client {
          async start() { if (this.state === 'open') return; this.socket = await open(); this.state = 'open'; }
          async stop() { await this.socket.close(); this.state = 'closed'; }
        }
      `,
      options: [{ steps: 'awaited' }],
    },
  ],
  invalid: [],
});
