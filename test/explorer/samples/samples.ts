import type { Lifecycle } from '../../services/driver.ts';
import type { World } from '../../services/world.ts';
import type { Subject } from '../subject.ts';
import { Adapter, type Connection } from './adapter.ts';
import { IdleSession, type Session } from './idle-session.ts';
import { Poller, type Body } from './poller.ts';
import { Runner, type Turns } from './runner.ts';
import { Several } from './several.ts';

const DRAIN_MS = 5_000;
const IDLE_MS = 1_000;

/** A way to drive each small service of this folder; `Service` is the one without a fault. */
export const samples = {
  poller: {
    Service: Poller,
    kind: 'background',
    drainMs: DRAIN_MS,
    build(Service: new (body: Body, drainMs: number) => Lifecycle, world: World) {
      return {
        service: new Service(loopIn(world), DRAIN_MS),
        operations: {},
      };
    },
  },
  runner: {
    Service: Runner,
    kind: 'in-place runner',
    drainMs: DRAIN_MS,
    build(Service: new (turns: Turns, drainMs: number) => Lifecycle, world: World) {
      const turns: Turns = { turn: () => world.call('turn', () => undefined), sleep: (ms, signal) => world.sleep(ms, signal) };
      return {
        service: new Service(turns, DRAIN_MS),
        operations: {},
      };
    },
  },
  adapter: {
    Service: Adapter,
    kind: 'adapter',
    build(Service: new (connect: () => Promise<Connection>) => Lifecycle, world: World) {
      return {
        service: new Service(() => world.call('connect', () => world.resource('connection'))),
        operations: {},
      };
    },
  },
  idleSession: {
    Service: IdleSession,
    kind: 'adapter',
    build(Service: new (open: () => Promise<Session>, idleMs: number) => IdleSession, world: World) {
      const service = new Service(() => world.call('open', () => sessionIn(world)), IDLE_MS);
      return { service, operations: { use: () => service.use() } };
    },
  },
  several: {
    Service: Several,
    kind: 'adapter',
    build(Service: new (...open: (() => Promise<Connection>)[]) => Lifecycle, world: World) {
      return {
        service: new Service(
          () => world.call('open database', () => world.resource('database')),
          () => world.call('open cache', () => world.resource('cache')),
        ),
        operations: {},
      };
    },
  },
} satisfies Record<string, Subject>;

function loopIn(world: World): Body {
  return async (signal) => {
    while (!signal.aborted) {
      await world.call('poll', () => undefined);
      await world.sleep(1_000, signal);
    }
  };
}

function sessionIn(world: World): Session {
  const resource = world.resource('session');
  let state: 'closing' | 'open' = 'open';
  const check = (when: string): void => {
    if (state === 'closing') world.offences.push(`session ${when}`);
  };
  return {
    use: async () => {
      check('used after close');
      await world.call('work', () => undefined);
      check('closed under use');
    },
    close: () => {
      state = 'closing';
      return resource.close();
    },
  };
}
