import {
  BackupScheduler as After,
  type BackupCatalog,
  type BackupOptions,
  type BackupTarget,
  type Logger,
} from '../../fixtures/services/backup-scheduler/after.ts';
import { BackupScheduler as Before } from '../../fixtures/services/backup-scheduler/before.ts';
import type { Cast, Driver, Lifecycle } from './driver.ts';
import type { World } from './world.ts';

type SchedulerClass = new (catalog: BackupCatalog, target: BackupTarget, logger: Logger, options: BackupOptions) => Lifecycle;

const EVERY_MS = 60_000;

export const backupScheduler: Driver = {
  name: 'backup-scheduler',
  className: 'BackupScheduler',
  kind: 'background',
  drainMs: 15 * 60_000,
  before: Before satisfies SchedulerClass,
  after: After satisfies SchedulerClass,

  build(Service: SchedulerClass, world: World): Cast {
    let completed = 0;
    const catalog: BackupCatalog = {
      lastCompletedAt: () => world.call('last completed', () => completed),
      recordCompleted: () =>
        world.call('record', () => {
          completed = world.timers.now;
        }),
    };
    const target: BackupTarget = {
      snapshot: () => world.call('snapshot', () => ({ id: 's1', bytes: 1_024 })),
      upload: () => world.call('upload', () => undefined),
    };
    return {
      service: new Service(catalog, target, world.logger, { everyMs: EVERY_MS, now: () => world.timers.now }),
      async work() {
        await world.timers.advance(2 * EVERY_MS);
        return completed === 2 * EVERY_MS;
      },
      async hang() {
        world.hold('upload');
        await world.timers.advance(EVERY_MS);
      },
      operations: {},
    };
  },

  faults: [
    {
      name: 'a start() while stop() waits for the running backup begins a second one beside it',
      rule: 'require-lifecycle-lock',
      shows: 'two generations',
      async observe(stage) {
        const { world, cast } = stage;
        await stage.started();
        await cast.hang?.();
        await stage.stopped();
        await stage.started();
        await world.timers.advance(EVERY_MS);
        return { uploads: world.count('upload'), generations: world.alive };
      },
      before: { uploads: 2, generations: 2 },
      after: { uploads: 1, generations: 1 },
    },
    {
      name: 'a stop() during start() is lost, and the timer is armed after it',
      rule: 'require-lifecycle-lock',
      shows: 'lost stop',
      async observe(stage) {
        stage.start();
        const stop = await stage.stopped();
        return { stop: stop.state, left: stage.world.left };
      },
      before: { stop: 'resolved', left: [`timeout ${EVERY_MS} ms`] },
      after: { stop: 'resolved', left: [] },
    },
  ],
};
