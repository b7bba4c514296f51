import {
  PruningService as After,
  type Logger,
  type RetentionRule,
  type RetentionStore,
} from '../../fixtures/services/pruning-service/after.ts';
import { PruningService as Before } from '../../fixtures/services/pruning-service/before.ts';
import type { Cast, Driver, Lifecycle } from './driver.ts';
import { settle } from './settle.ts';
import type { World } from './world.ts';

type PrunerClass = new (store: RetentionStore, rules: readonly RetentionRule[], logger: Logger, everyMs: number) => Lifecycle;

const EVERY_MS = 30_000;

export const pruningService: Driver = {
  name: 'pruning-service',
  className: 'PruningService',
  kind: 'background',
  drainMs: 60_000,
  before: Before satisfies PrunerClass,
  after: After satisfies PrunerClass,

  build(Service: PrunerClass, world: World): Cast {
    const store: RetentionStore = {
      openSession: () =>
        world.call('open session', () => ({
          ...world.resource('session'),
          deleteOlderThan: () => world.call('delete', () => 7),
        })),
    };
    return {
      service: new Service(store, [{ table: 'audit_log', maxAgeDays: 90 }], world.logger, EVERY_MS),
      async work() {
        await world.timers.advance(EVERY_MS);
        return world.journal.includes('delete');
      },
      async hang() {
        world.hold('delete');
        await world.timers.advance(EVERY_MS);
      },
      operations: {},
    };
  },

  faults: [
    {
      name: 'the drain is outside the lock: a start() during it opens a second session, which stop() then closes',
      rule: 'no-partial-lifecycle-lock',
      shows: 'two generations',
      async observe(stage) {
        const { world, cast } = stage;
        await stage.started();
        await cast.hang?.();
        const stop = await stage.stopped();
        const restart = await stage.started();
        const generations = world.alive;
        world.release('delete');
        await settle();
        await stage.stopped();
        return { stop: stop.state, restart: restart.state, generations, leftAfterStop: world.left };
      },
      before: { stop: 'resolved', restart: 'resolved', generations: 2, leftAfterStop: ['session'] },
      after: { stop: 'resolved', restart: 'resolved', generations: 1, leftAfterStop: [] },
    },
  ],
};
