import dedent from 'dedent';

import rule from '../../rules/require-lifecycle-lock.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-lifecycle-lock: not-services', rule, {
  valid: [
    {
      name: 'a null object',
      code: dedent`
        class NoTransport {
          async start() {}
          async stop() {}
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'a stub that throws',
      code: dedent`
        class Unsupported {
          async connect() {
            throw new Error('not supported');
          }
          async disconnect() {
            throw new Error('not supported');
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'a wrapper that only forwards',
      code: dedent`
        class Facade {
          constructor(private readonly server: Server) {}
          async start(options: Options): Promise<void> {
            await this.server.start(options);
          }
          async stop(): Promise<void> {
            await this.server.stop();
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'overrides that only call super',
      code: dedent`
        class Named extends Service {
          override async start() {
            await super.start();
          }
          override async stop() {
            return super.stop();
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'an abstract template',
      code: dedent`
        abstract class Plugin {
          abstract start(): Promise<void>;
          abstract stop(): Promise<void>;
          protected async restart() {
            await this.stop();
            await this.start();
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'an interface, an overload without implementation and a declared class',
      code: dedent`
        interface Startable {
          start(): Promise<void>;
          stop(): Promise<void>;
        }
        declare class Client implements Startable {
          private running: boolean;
          start(): Promise<void>;
          stop(): Promise<void>;
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'a data structure in memory with nothing to await',
      code: dedent`
        class Table implements Startable {
          async start() {
            this.rows = new Map();
            this.ready = true;
          }
          async stop() {
            this.rows.clear();
            this.ready = false;
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'operations on one of many things',
      code: dedent`
        class Containers {
          async start(id: string) {
            const container = await this.docker.create(id);
            this.running.set(id, container);
            await container.start();
          }
          async stop(id: string) {
            const container = this.running.get(id);
            await container?.stop();
            this.running.delete(id);
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'a factory of clients',
      code: dedent`
        class Pool {
          async connect() {
            const client = new Client(this.options);
            await client.connect();
            return client;
          }
          async close() {
            await Promise.all(this.clients.map((client) => client.end()));
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'a handle is opened and handed out',
      code: dedent`
        class FileSystem {
          async open(path: string) {
            const handle = await openFile(path);
            return { read: () => handle.read(), path };
          }
          async close() {
            await this.journal.flush();
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'mouse buttons',
      code: dedent`
        class Mouse {
          async down(button = 'left') {
            this.buttons |= FLAG[button];
            await this.session.send('press', { button });
          }
          async up(button = 'left') {
            this.buttons &= ~FLAG[button];
            await this.session.send('release', { button });
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'activate and deactivate of a record',
      code: dedent`
        class Promotions {
          async activate(id: string) {
            await this.repository.update(id, { active: true });
          }
          async deactivate(id: string) {
            await this.repository.update(id, { active: false });
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'destroy that means delete',
      code: dedent`
        class TokenStore {
          async init(owner: Address, amount: bigint) {
            const balance = await this.balances.get(owner);
            await this.balances.set(owner, balance + amount);
          }
          async destroy(owner: Address) {
            await this.balances.delete(owner);
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'a spinner',
      code: dedent`
        class Spinner {
          start(text: string) {
            this.timer = setInterval(() => this.draw(text), 80);
            return this;
          }
          stop() {
            clearInterval(this.timer);
            return this;
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'a private start that a static factory calls once',
      code: dedent`
        class Session {
          static async open(url: string) {
            const session = new Session(url);
            await session.start();
            return session;
          }
          private async start() {
            this.socket = await dial(this.url);
            this.socket.on('data', this.onData);
          }
          async stop() {
            await this.socket?.end();
            this.socket = undefined;
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'static methods',
      code: dedent`
        class Runtime {
          static async start() {
            Runtime.server = await listen();
          }
          static async stop() {
            await Runtime.server?.close();
            Runtime.server = undefined;
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'accessors and generators',
      code: dedent`
        class Odd {
          get start() {
            return async () => this.boot();
          }
          async *stop() {
            yield await this.halt();
            this.running = false;
          }
          async *run() {
            if (this.running) return;
            yield await this.boot();
            this.running = true;
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'an object literal and functions',
      code: dedent`
        const service = {
          async start() {
            if (running) return;
            await boot();
            running = true;
          },
          async stop() {
            running = false;
            await halt();
          },
        };
        class Unrelated {}
      `,
      options: [{ where: 'every-service' }],
    },
  ],
  invalid: [],
});
