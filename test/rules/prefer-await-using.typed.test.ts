import dedent from 'dedent';
import rule from '../../rules/prefer-await-using.ts';
import { createTypedRuleTester } from '../rule-tester.ts';

createTypedRuleTester().run('prefer-await-using', rule, {
  valid: [
    {
      name: 'types are looked at only where they are asked for',
      code: dedent`
        import { Client } from './services.js';
        export async function count() {
          const client = new Client('db');
          await client.connect();
          const { rows } = await client.rows('users');
          return rows.length;
        }
      `,
    },
    {
      name: 'await using, a stack, and a stop in a finally or a callback',
      code: dedent`
        import { Pool } from './services.js';
        declare const later: (stop: () => Promise<void>) => void;
        export async function using1() { await using pool = new Pool(); await pool.open(); return await pool.size(); }
        export async function using2(stack: AsyncDisposableStack) { const pool = stack.use(new Pool()); await pool.open(); return await pool.size(); }
        export async function finally1() { const pool = new Pool(); await pool.open(); try { return await pool.size(); } finally { await pool.close(); } }
        export async function callback() { const pool = new Pool(); later(() => pool.close()); await pool.open(); return await pool.size(); }
        export async function bare() { const pool = new Pool(); later(pool.close); await pool.open(); return await pool.size(); }
        export async function computed() { const pool = new Pool(); await pool.open(); try { return await pool.size(); } finally { await pool[Symbol.asyncDispose](); } }
      `,
      options: [{ types: true }],
    },
    {
      name: 'returned, stored, passed on, pushed, yielded, kept by a closure, in an options object',
      code: dedent`
        import { Client } from './services.js';
        const all: Client[] = [];
        declare const serve: (client: unknown) => Promise<void>;
        export async function give() { const client = new Client('db'); await client.connect(); return client; }
        export async function giveInObject() { const client = new Client('db'); await client.connect(); const ok = client.ping; return { client, ok }; }
        export class Holder { client: Client | undefined; async keep() { const client = new Client('db'); await client.connect(); this.client = client; return await client.ping(); } }
        export async function pass() { const client = new Client('db'); await client.connect(); await serve(client); }
        export async function options() { const client = new Client('db'); const config = { client }; await client.connect(); await serve(config); return await client.ping(); }
        export async function push() { const client = new Client('db'); all.push(client); await client.connect(); return await client.ping(); }
        export async function* items() { const client = new Client('db'); await client.connect(); yield client; }
        export async function* rows() { const client = new Client('db'); await client.connect(); yield await client.ping(); }
        export async function closure() { const client = new Client('db'); await client.connect(); return () => client.ping(); }
        export async function ternary(own: Client | undefined) { const client = new Client('db'); await client.connect(); return own ?? client; }
        export const shared = new Client('db');
        await shared.connect();
        export const ok = await shared.ping();
      `,
      options: [{ types: true }],
    },
    {
      name: 'what may live on it is handed on: a session, a collection, a promise',
      code: dedent`
        import { Client } from './services.js';
        export async function session() { const client = new Client('db'); await client.connect(); return await client.session(); }
        export async function collection() { const client = new Client('db'); await client.connect(); if (!(await client.ping())) return undefined; return client.collection('users'); }
        export async function local() { const client = new Client('db'); await client.connect(); const users = client.collection('users'); return { users, ok: await client.ping() }; }
        export async function promise() { const client = new Client('db'); await client.connect(); return client.ping(); }
      `,
      options: [{ types: true }],
    },
    {
      name: 'what it was made from, or is told, may end it or keep it at work',
      code: dedent`
        import { type AbortSignalLike, Client } from './services.js';
        export async function signal(signal: AbortSignalLike) { const client = new Client('db', { signal }); await client.connect(); return await client.ping(); }
        export async function listens() { const client = new Client('db'); client.on('message', () => undefined); await client.connect(); return await client.ping(); }
        export async function subscribes() { const client = new Client('db'); await client.connect(); return await client.subscribe('jobs'); }
      `,
      options: [{ types: true }],
    },
    {
      name: 'the life of a daemon: by the name of the class or the function, by a signal handler, a loop without an end, an exit',
      code: dedent`
        import { Client, Worker } from './services.js';
        declare const busy: boolean;
        export async function state() { const worker = new Worker(); await worker.start(); return await worker.state(); }
        export async function main() { const client = new Client('db'); await client.connect(); return await client.ping(); }
        export async function startAll() { const client = new Client('db'); await client.connect(); return await client.ping(); }
        export class Api { async onModuleInit() { const client = new Client('db'); await client.connect(); await client.rows('x'); if (await client.ping()) return; } }
        export async function loop() { const client = new Client('db'); await client.connect(); while (busy) if (await client.ping()) return; }
        export async function exits() { const client = new Client('db'); await client.connect(); if (await client.ping()) process.exit(0); }
      `,
      options: [{ types: true }],
    },
    {
      name: 'a file that waits for signals',
      code: dedent`
        import { Client } from './services.js';
        process.on('SIGTERM', () => undefined);
        export async function check() { const client = new Client('db'); await client.connect(); return await client.ping(); }
      `,
      options: [{ types: true }],
    },
    {
      name: 'no stop, no promise to wait for, made by others, any',
      code: dedent`
        import { type Client, Probe, Stopwatch } from './services.js';
        import { Missing } from './missing.js';
        declare const Anything: any;
        declare const getClient: () => Promise<Client>;
        export async function probe() { const probe = new Probe(); await probe.start(); return await probe.read(); }
        export async function timed() { const watch = new Stopwatch(); await watch.start(); return await watch.read(); }
        export async function shared() { const client = await getClient(); await client.connect(); return await client.ping(); }
        export async function given(client: Client) { await client.connect(); return await client.ping(); }
        export async function untyped() { const client = new Anything('db'); await client.connect(); return await client.ping(); }
        export async function missing() { const client = new Missing('db'); await client.connect(); return await client.ping(); }
      `,
      options: [{ types: true }],
    },
    {
      name: 'handed on before anything can fail, or after what cannot',
      code: dedent`
        import { Client } from './services.js';
        const all: Client[] = [];
        export async function createFirst() { const client = new Client('db'); all.push(client); await client.connect(); await client.ping(); return client; }
        export async function createSure() { const client = new Client('db'); await client.connect(); client.on('error', () => undefined); return client; }
        export async function createUndone() {
          const client = new Client('db');
          await client.connect();
          try { await client.ping(); } catch (error) { await client.disconnect(); throw error; }
          return client;
        }
        export async function startClient() { const client = new Client('db'); await client.connect(); await client.ping(); return client; }
      `,
      options: [{ types: true }],
    },
    {
      name: 'handed to what may fail, but has its stop, is not seen, or is not waited for',
      code: dedent`
        import { Client } from './services.js';
        declare const wrapElsewhere: (client: Omit<Client, 'connect' | 'disconnect'>) => Promise<Client>;
        const wrap = async (client: Client) => { await client.ping(); return client; };
        const narrow = async (client: Omit<Client, 'connect' | 'disconnect'>) => { await client.ping(); return { client }; };
        const safe = async (client: Omit<Client, 'connect' | 'disconnect'>) => { if (client.url === '') return undefined; return { client }; };
        export async function createWrapped() { const client = new Client('db'); await client.connect(); return wrap(client); }
        export async function createElsewhere() { const client = new Client('db'); await client.connect(); return wrapElsewhere(client); }
        export async function createSafe() { const client = new Client('db'); await client.connect(); return safe(client); }
        export async function createLater() { const client = new Client('db'); await client.connect(); void narrow(client); }
        export async function createBoth() { const client = new Client('db'); await client.connect(); return [client, await narrow(client)]; }
      `,
      options: [{ types: true }],
    },
  ],
  invalid: [
    {
      name: 'asked for data, and forgotten',
      code: dedent`
        import { Client } from './services.js';
        export async function count() {
          const client = new Client('db');
          client.on('error', () => undefined);
          await client.connect();
          const { rows } = await client.rows('users');
          return rows.length;
        }
      `,
      options: [{ types: true }],
      errors: [
        {
          messageId: 'unstopped',
          data: { variable: 'client', mend: 'Call `client.disconnect()` in a `finally`.' },
          line: 5,
          column: 9,
          endLine: 5,
          endColumn: 25,
        },
      ],
    },
    {
      name: 'await using fits',
      code: dedent`
        import { Pool as Connections } from './services.js';
        export class Report {
          async size() {
            const pool = new Connections();
            await pool.open();
            return await pool.size();
          }
        }
      `,
      options: [{ types: true }],
      errors: [
        {
          messageId: 'unstopped',
          data: { variable: 'pool', mend: 'Declare it with `await using`.' },
          line: 5,
          column: 11,
          endLine: 5,
          endColumn: 22,
          suggestions: [
            {
              messageId: 'stopAtEnd',
              data: { variable: 'pool' },
              output: dedent`
                import { Pool as Connections } from './services.js';
                export class Report {
                  async size() {
                    await using pool = new Connections();
                    await pool.open();
                    return await pool.size();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'what lives on it stays in the function too',
      code: dedent`
        import { Client } from './services.js';
        export const names = async () => {
          const client = new Client('db', { retries: 3 });
          await client.connect();
          const users = client.collection('users');
          const found = await users.all();
          return [...found, ...(await client.collection('groups').all())];
        };
      `,
      options: [{ types: true }],
      errors: [
        {
          messageId: 'unstopped',
          data: { variable: 'client', mend: 'Call `client.disconnect()` in a `finally`.' },
          line: 4,
          column: 9,
          endLine: 4,
          endColumn: 25,
        },
      ],
    },
    {
      name: 'what it is started with is made for it alone',
      code: dedent`
        import { Link, Pipe } from './services.js';
        export async function overLink() { const pipe = new Pipe(); const link = new Link('a'); await pipe.connect(link); return await pipe.ids(); }
        export async function overNew() { const pipe = new Pipe(); await pipe.connect(new Link('b')); return await pipe.ids(); }
        export async function closed() { const pipe = new Pipe(); const link = new Link('c'); await pipe.connect(link); const ids = await pipe.ids(); await link.close(); return ids; }
        export async function given(link: Link) { const pipe = new Pipe(); await pipe.connect(link); return await pipe.ids(); }
        export async function shared() { const pipe = new Pipe(); await pipe.connect(LINK); return await pipe.ids(); }
        const LINK = new Link('d');
        export const link = LINK;
      `,
      options: [{ types: true }],
      errors: [
        {
          messageId: 'unstopped',
          data: { variable: 'pipe', mend: 'Call `pipe.close()` in a `finally`.' },
          line: 2,
          column: 95,
          endLine: 2,
          endColumn: 113,
        },
        {
          messageId: 'unstopped',
          data: { variable: 'pipe', mend: 'Call `pipe.close()` in a `finally`.' },
          line: 3,
          column: 66,
          endLine: 3,
          endColumn: 93,
        },
      ],
    },
    {
      name: 'the pair of the settings',
      code: dedent`
        import { Rig } from './services.js';
        export async function measure() { const rig = new Rig(); await rig.arm(); return await rig.read(); }
        export async function measured() { const rig = new Rig(); await rig.arm(); const value = await rig.read(); await rig.disarm(); return value; }
      `,
      options: [{ types: true }],
      settings: { lifecycle: { pairs: [['arm', 'disarm']] } },
      errors: [
        {
          messageId: 'unstopped',
          data: { variable: 'rig', mend: 'Call `rig.disarm()` in a `finally`.' },
          line: 2,
          column: 64,
          endLine: 2,
          endColumn: 73,
        },
      ],
    },
    {
      name: 'what may fail before anybody else has it',
      code: dedent`
        import { Client } from './services.js';
        export async function createClient() {
          const client = new Client('db');
          await client.connect();
          await client.rows('migrations');
          return client;
        }
      `,
      options: [{ types: true }],
      errors: [
        {
          messageId: 'orphaned',
          data: { variable: 'client', stop: 'client.disconnect()', fails: 5 },
          line: 4,
          column: 9,
          endLine: 4,
          endColumn: 25,
        },
      ],
    },
    {
      name: 'handed to what may fail and was given no way to stop it',
      code: dedent`
        import { Client } from './services.js';
        const wrap = async (client: Omit<Client, 'connect' | 'disconnect'>) => {
          const wrapped = { client };
          await client.ping();
          return wrapped;
        };
        export async function createWrapped() {
          const client = new Client('db');
          await client.connect();
          return wrap(client);
        }
      `,
      options: [{ types: true }],
      errors: [
        {
          messageId: 'orphaned',
          data: { variable: 'client', stop: 'client.disconnect()', fails: 4 },
          line: 9,
          column: 9,
          endLine: 9,
          endColumn: 25,
        },
      ],
    },
    {
      name: 'a service of the file needs no types',
      code: dedent`
        class Bus {
          socket: WebSocketLike | undefined;
          async start() { this.socket = await dial(); }
          async stop() { await this.socket?.end(); }
          async ask(question: string) { return this.socket?.ask(question); }
        }
        export async function isUp() {
          const bus = new Bus();
          await bus.start();
          if (await bus.ask('up?')) return true;
          return false;
        }
      `,
      errors: [
        {
          messageId: 'unstopped',
          data: { variable: 'bus', mend: 'Call `bus.stop()` in a `finally`.' },
          line: 9,
          column: 9,
          endLine: 9,
          endColumn: 20,
        },
      ],
    },
  ],
});
