import {
  OrgInflectionMonitor as After,
  type Clock,
  type InflectionSink,
  type Logger,
  type OrgMetrics,
} from '../../fixtures/services/org-inflection-monitor/after.ts';
import { OrgInflectionMonitor as Before } from '../../fixtures/services/org-inflection-monitor/before.ts';
import type { Cast, Driver, Lifecycle } from './driver.ts';
import { restartAfterHungStop } from './restart-after-hung-stop.ts';
import type { World } from './world.ts';

type MonitorClass = new (metrics: OrgMetrics, sink: InflectionSink, clock: Clock, logger: Logger) => Lifecycle;

const DRAIN_MS = 10_000;
const EVERY_MS = 60_000;

export const orgInflectionMonitor: Driver = {
  name: 'org-inflection-monitor',
  className: 'OrgInflectionMonitor',
  kind: 'background',
  drainMs: DRAIN_MS,
  before: Before satisfies MonitorClass,
  after: After satisfies MonitorClass,

  build(Service: MonitorClass, world: World): Cast {
    let headcount = 100;
    const service = new Service(
      { sample: () => world.call('sample', () => ({ headcount, openRoles: 5 })) },
      { publish: () => world.call('publish', () => undefined) },
      { sleep: (ms, signal) => world.sleep(ms, signal) },
      world.logger,
    );
    return {
      service,
      async work() {
        headcount *= 2;
        await world.timers.advance(EVERY_MS);
        return world.journal.includes('publish');
      },
      async hang() {
        world.hold('sample');
        await world.timers.advance(EVERY_MS);
      },
      operations: {},
    };
  },

  faults: [
    {
      name: 'a start() after a hung stop() makes a second generation',
      rule: 'require-unrestartable-flag',
      shows: 'restart after a timed-out stop',
      observe: (stage) => restartAfterHungStop(stage, DRAIN_MS),
      before: { stop: 'rejected', restart: 'resolved', generations: 2 },
      after: { stop: 'rejected', restart: 'rejected', generations: 1 },
    },
  ],
};
