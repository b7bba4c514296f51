import { AppLifespan as After, type LifespanOptions, type Logger, type Parts } from '../../fixtures/services/app-lifespan/after.ts';
import { AppLifespan as Before } from '../../fixtures/services/app-lifespan/before.ts';
import type { Cast, Driver, Lifecycle, Observed } from './driver.ts';
import { keepGeneration } from './generation.ts';
import { settle } from './settle.ts';
import type { Stage } from './stage.ts';
import { watch } from './watch.ts';
import type { World } from './world.ts';

export interface Lifespan extends Lifecycle {
  stop(signal?: AbortSignal): Promise<void>;
}

export type LifespanClass = new (parts: Parts, logger: Logger, options: LifespanOptions) => Lifespan;

const REPORT_MS = 60_000;

/** A connection whose other end answers at once: it is seen while it is open, and takes no call of the world. */
function connectionOf(world: World, name: string) {
  let ends: (() => void)[] = [];
  return {
    connect: async () => {
      const socket = world.channel<never>(name);
      void socket.take();
      ends.push(() => socket.end());
    },
    end: async () => {
      for (const end of ends) end();
      ends = [];
    },
  };
}

async function failed({ world }: Stage, name: string): Promise<void> {
  world.calls.find((call) => call.name === name)?.fail(new Error(`${name} failed`));
  await settle();
}

export const appLifespan: Driver = {
  name: 'app-lifespan',
  className: 'AppLifespan',
  kind: 'background',
  drainMs: 10_000,
  before: Before satisfies LifespanClass,
  after: After satisfies LifespanClass,

  build(Service: LifespanClass, world: World): Cast {
    const handlers = new Set<(path: string) => Promise<unknown>>();
    const open = new Set<Promise<unknown>>();
    const request = async (): Promise<void> => {
      for (const handle of handlers) {
        const answered: Promise<unknown> = handle('/orders').finally(() => open.delete(answered));
        answered.catch(() => undefined); // the client's own matter
        open.add(answered);
      }
    };
    const lease = connectionOf(world, 'lease');
    const registration = connectionOf(world, 'registration');
    const parts: Parts = {
      database: { ...connectionOf(world, 'database'), query: () => world.call('query', () => []) },
      cache: connectionOf(world, 'cache'),
      leases: { acquire: () => lease.connect().then(() => ({ end: lease.end })) },
      events: {
        subscribe: async () => {
          const subscription = connectionOf(world, 'subscription');
          await world.call('subscribe', () => subscription.connect());
          return { unsubscribe: subscription.end };
        },
      },
      http: {
        listen: async (_port, handle) => {
          const server = await world.call('listen', () => world.resource('server'));
          const handler = keepGeneration(handle);
          handlers.add(handler);
          return {
            close: async () => {
              handlers.delete(handler);
              await Promise.allSettled(open);
              await server.close();
            },
          };
        },
      },
      registry: {
        register: async () => {
          await registration.connect();
          return {
            withdraw: async (signal) => {
              await registration.end();
              signal?.throwIfAborted();
            },
          };
        },
      },
    };
    return {
      service: new Service(parts, world.logger, { port: 8_080, reportMs: REPORT_MS }),
      async work() {
        await request();
        await settle();
        await world.timers.advance(REPORT_MS);
        return world.logged.includes('info: {"answered":1}');
      },
      async hang() {
        world.hold('query');
        await request();
        await settle();
      },
      operations: { request },
    };
  },

  faults: [
    {
      name: 'the server cannot listen, and what was up before it stays up, also after stop()',
      rule: 'require-startup-rollback',
      shows: 'left after the last stop',
      async observe(stage): Promise<Observed> {
        const { world } = stage;
        world.hold('listen');
        const start = await stage.started();
        await failed(stage, 'listen');
        await stage.stopped();
        const { left } = world;
        world.release('listen');
        const retry = await stage.started();
        return { start: start.state, left, retry: retry.state, databases: world.count('database') };
      },
      before: { start: 'rejected', left: ['database', 'cache', 'lease', 'subscription', `interval ${REPORT_MS} ms`], retry: 'resolved', databases: 2 },
      after: { start: 'rejected', left: [], retry: 'resolved', databases: 1 },
    },
    {
      name: 'the server cannot close, and what goes down after it stays up',
      rule: 'no-skipped-teardown',
      shows: 'left after the last stop',
      async observe(stage): Promise<Observed> {
        const { world } = stage;
        await stage.started();
        world.hold('close server');
        const stop = await stage.stopped();
        await failed(stage, 'close server');
        return { stop: stop.state, left: world.left };
      },
      before: { stop: 'rejected', left: ['database', 'cache', 'lease', 'subscription', `interval ${REPORT_MS} ms`] },
      after: { stop: 'rejected', left: [] },
    },
    {
      name: 'a stop() that its caller aborts is told as a success',
      rule: 'no-skipped-teardown',
      async observe(stage): Promise<Observed> {
        await stage.started();
        const service: Lifespan = stage.cast.service;
        const stop = watch(service.stop(AbortSignal.abort()));
        await settle();
        return { stop: stop.state, reason: stop.reason instanceof Error ? stop.reason.name : undefined, left: stage.world.left };
      },
      before: { stop: 'resolved', reason: undefined, left: [] },
      after: { stop: 'rejected', reason: 'AbortError', left: [] },
    },
  ],
};
