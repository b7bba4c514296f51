import {
  EscalationSweeper as After,
  type EscalationStore,
  type Logger,
} from '../../fixtures/services/escalation-sweeper/after.ts';
import { EscalationSweeper as Before } from '../../fixtures/services/escalation-sweeper/before.ts';
import type { Cast, Driver, Lifecycle } from './driver.ts';
import { settle } from './settle.ts';
import type { World } from './world.ts';

type SweeperClass = new (store: EscalationStore, logger: Logger) => Lifecycle;

const EVERY_MS = 60_000;

export const escalationSweeper: Driver = {
  name: 'escalation-sweeper',
  className: 'EscalationSweeper',
  kind: 'background',
  drainMs: 10_000,
  before: Before satisfies SweeperClass,
  after: After satisfies SweeperClass,

  build(Service: SweeperClass, world: World): Cast {
    const store: EscalationStore = {
      policy: () => world.call('policy', () => ({ maxLevel: 3, sweepEveryMs: EVERY_MS })),
      overdue: () => world.call('overdue', () => [{ id: 'e1', level: 1 }]),
      raise: () => world.call('raise', () => undefined),
    };
    return {
      service: new Service(store, world.logger),
      async work() {
        await world.timers.advance(EVERY_MS);
        return world.journal.includes('raise');
      },
      async hang() {
        world.hold('overdue');
        await world.timers.advance(EVERY_MS);
      },
      operations: {},
    };
  },

  faults: [
    {
      name: 'a sweep outlives stop() and goes on raising escalations',
      rule: 'no-untracked-background-task',
      shows: 'alive after stop',
      async observe(stage) {
        const { world, cast } = stage;
        await stage.started();
        await cast.hang?.();
        const stop = await stage.stopped();
        const returnedEarly = stop.state === 'resolved';
        world.release('overdue');
        await settle();
        return { returnedEarly, raisedAfterStop: returnedEarly && world.journal.includes('raise'), stop: stop.state };
      },
      before: { returnedEarly: true, raisedAfterStop: true, stop: 'resolved' },
      after: { returnedEarly: false, raisedAfterStop: false, stop: 'resolved' },
    },
  ],
};
