import dedent from 'dedent';
import rule from '../../rules/no-started-provider.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('no-started-provider', rule, {
  valid: [
    {
      name: 'a provider that hands out what it has only built',
      code: dedent`
        import { createClient } from 'redis';
        export const redis = { provide: REDIS, useFactory: (config) => createClient({ url: config.url }) };
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a module that disconnects what its provider has connected',
      code: dedent`
        import { createClient } from 'redis';
        @Module({ providers: [{ provide: REDIS, useFactory: async () => { const client = createClient(); await client.connect(); return client; } }] })
        export class RedisModule {
          constructor(private readonly moduleRef: ModuleRef) {}
          async onModuleDestroy() { await this.moduleRef.get(REDIS).quit(); }
        }
      `,
    },
    {
      name: 'a binding with a deactivation, and one with a disposer',
      code: dedent`
        import { MongoClient } from 'mongodb';
        container.bind(MongoClient).toDynamicValue(async () => {
          const client = new MongoClient(url);
          await client.connect();
          return client;
        }).inSingletonScope().onDeactivation(release);
      `,
    },
    {
      name: 'a service of the project whose own hooks the container calls',
      code: dedent`
        import { PrismaService } from './prisma.service';
        export const prisma = { provide: PrismaService, useFactory: async () => { const prisma = new PrismaService(); await prisma.connect(); return prisma; } };
      `,
    },
    {
      name: 'what somebody else has made is only started here',
      code: dedent`
        import { kafkaProducer } from '../config/kafka.config.js';
        import { createClient } from 'redis';
        export const producer = { provide: KAFKA, useFactory: async () => { await kafkaProducer.connect(); return kafkaProducer; } };
        export const injected = { provide: KAFKA, useFactory: async (client) => { await client.connect(); return client; } };
        export const module = { provide: KAFKA, useFactory: async () => { await config.onModuleInit(); return createClient(); } };
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a connect that gives a new client is a factory, not a start',
      code: dedent`
        import { MongoClient } from 'mongodb';
        import { connect } from 'amqplib';
        export const mongo = { provide: MONGO, useFactory: async () => { const client = await MongoClient.connect(uri); return client; } };
        export const rabbit = { provide: RABBIT, useFactory: () => connect(uri) };
        export const kafka = { provide: KAFKA, useFactory: (client) => client.connect() };
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a client that a factory of another file gives may well be connected by design',
      code: dedent`
        export async function createDb(url) {
          const db = new Database(url);
          await db.open();
          return db;
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'a factory whose name promises it, an unknown class, and a static one of the class itself',
      code: dedent`
        class Bus {
          async start() { this.socket = await dial(); }
          async stop() { await this.socket.end(); }
          static async create() { const bus = new Bus(); await bus.start(); return bus; }
        }
        export async function createStartedBus() { const bus = new Bus(); await bus.start(); return bus; }
        export async function createNode() { const node = new Node(); await node.start(); return node; }
      `,
    },
    {
      name: 'a factory that undoes a failed start, hands the service on, or gives its end along',
      code: dedent`
        class Bus {
          async start() { this.socket = await dial(); }
          async stop() { await this.socket.end(); }
        }
        export async function createSafe() {
          const bus = new Bus();
          try { await bus.start(); } catch (error) { await bus.stop(); throw error; }
          return bus;
        }
        export async function createRegistered(registry) { const bus = new Bus(); registry.add(bus); await bus.start(); return bus; }
        export async function createCached() { const bus = new Bus(); cache.bus = bus; await bus.start(); return bus; }
        export async function createHarness() { const bus = new Bus(); await bus.start(); return { bus, close: () => bus.stop() }; }
        export async function createApp() { const bus = new Bus(); await bus.start(); return new App(bus); }
        export async function makeTea() { const bus = new Bus(); await bus.start(); await bus.publish('tea'); }
      `,
    },
    {
      name: 'a listener that is registered is not a start',
      code: dedent`
        export function createEvents() {
          const events = new Emitter();
          events.listen(() => refresh());
          return events;
        }
      `,
      options: [{ report: 'every' }],
    },
    {
      name: 'an Express application in main, and a React hook',
      code: dedent`
        async function main() { const server = createServer(app); server.listen(3000); return server; }
        export function useSocket(url) { const socket = new Socket(url); socket.connect(); return socket; }
      `,
      options: [{ report: 'every' }],
    },
  ],
  invalid: [
    {
      name: 'a connected client of a package, in a provider that nothing ends',
      code: dedent`
        import { createClient } from 'redis';

        export const redisClientFactory = {
          provide: REDIS_CLIENT,
          useFactory: async () => {
            const client = createClient({ url: 'redis://127.0.0.1:6379' });
            await client.connect();
            return client;
          },
        };
      `,
      errors: [
        {
          messageId: 'container',
          data: { provider: 'useFactory', variable: 'client', made: 6 },
          line: 7,
          column: 11,
          endLine: 7,
          endColumn: 27,
        },
      ],
    },
    {
      name: 'a client that is dropped: only its database is handed out',
      code: dedent`
        import { MongoClient } from 'mongodb';
        container.bind(Db).toDynamicValue(async () => {
          const client = new MongoClient(url);
          await client.connect();
          return client.db('app');
        });
      `,
      errors: [
        {
          messageId: 'container',
          data: { provider: 'toDynamicValue', variable: 'client', made: 3 },
          line: 4,
          column: 9,
          endLine: 4,
          endColumn: 25,
        },
      ],
    },
    {
      name: 'a service of the file, made by a function that has a name of its own',
      code: dedent`
        class Bus {
          async start() { this.socket = await dial(); }
          async stop() { this.socket = undefined; }
        }
        const buildBus = async ({ url }) => {
          const bus = new Bus(url);
          await bus.start();
          return bus;
        };
        container.register({ bus: asFunction(buildBus).singleton() });
      `,
      errors: [
        {
          messageId: 'container',
          data: { provider: 'asFunction', variable: 'bus', made: 6 },
          line: 7,
          column: 9,
          endLine: 7,
          endColumn: 20,
        },
      ],
    },
    {
      name: 'a producer that a chain on an import has made, and nobody waits for',
      code: dedent`
        import { Kafka } from 'kafkajs';
        export const Producer = {
          provide: PRODUCER,
          useFactory() {
            const kafka = new Kafka({ brokers });
            const producer = kafka.producer();
            producer.connect();
            return producer;
          },
        };
      `,
      errors: [
        {
          messageId: 'container',
          data: { provider: 'useFactory', variable: 'producer', made: 6 },
          line: 7,
          column: 5,
          endLine: 7,
          endColumn: 23,
        },
      ],
    },
    {
      name: 'a factory that starts a service of its file',
      code: dedent`
        export class Bus {
          async start() { this.socket = await dial(); }
          async stop() { await this.socket.end(); }
        }
        export async function createBus(url: string): Promise<Bus> {
          const bus = new Bus(url);
          await bus.start();
          return bus;
        }
        export const makeBus = () => {
          const bus = new Bus('local');
          bus.start();
          return bus;
        };
      `,
      errors: [
        {
          messageId: 'factory',
          data: { provider: 'createBus', call: 'bus.start()', variable: 'bus', made: 6 },
          line: 7,
          column: 9,
          endLine: 7,
          endColumn: 20,
        },
        {
          messageId: 'unawaited',
          data: { provider: 'makeBus', call: 'bus.start()', variable: 'bus', made: 11 },
          line: 12,
          column: 3,
          endLine: 12,
          endColumn: 14,
        },
      ],
    },
    {
      name: 'strict: a provider that its module ends, and a factory of an unknown service',
      code: dedent`
        import { createClient } from 'redis';
        const redis = { provide: REDIS, useFactory: async () => { const client = createClient(); await client.connect(); return client; } };
        class RedisModule {
          async onModuleDestroy() { await this.client.quit(); }
        }
        export async function createNode() { const node = new Node(); await node.start(); return node; }
      `,
      options: [{ report: 'every' }],
      errors: [
        {
          messageId: 'container',
          data: { provider: 'useFactory', variable: 'client', made: 2 },
          line: 2,
          column: 96,
          endLine: 2,
          endColumn: 112,
        },
        {
          messageId: 'factory',
          data: { provider: 'createNode', call: 'node.start()', variable: 'node', made: 6 },
          line: 6,
          column: 69,
          endLine: 6,
          endColumn: 81,
        },
      ],
    },
  ],
});
