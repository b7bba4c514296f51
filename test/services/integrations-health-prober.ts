import {
  IntegrationsHealthProber as After,
  type Clock,
  type HealthRecord,
  type HealthStore,
  type Integration,
  type Logger,
} from '../../fixtures/services/integrations-health-prober/after.ts';
import { IntegrationsHealthProber as Before } from '../../fixtures/services/integrations-health-prober/before.ts';
import type { Cast, Driver, Lifecycle } from './driver.ts';
import { restartAfterHungStop } from './restart-after-hung-stop.ts';
import type { World } from './world.ts';

type Prober = Lifecycle & { record(integrationId: string, healthy: boolean): Promise<void> };
type ProberClass = new (integrations: readonly Integration[], store: HealthStore, clock: Clock, logger: Logger, everyMs: number) => Prober;

const DRAIN_MS = 10_000;
const EVERY_MS = 60_000;

export const integrationsHealthProber: Driver = {
  name: 'integrations-health-prober',
  className: 'IntegrationsHealthProber',
  kind: 'background',
  drainMs: DRAIN_MS,
  before: Before satisfies ProberClass,
  after: After satisfies ProberClass,

  build(Service: ProberClass, world: World): Cast {
    const records = new Map<string, HealthRecord>();
    const store: HealthStore = {
      read: (id) => world.call('read', () => records.get(id)),
      write: (id, record) => world.call('write', () => void records.set(id, record)),
    };
    const slack: Integration = { id: 'slack', ping: () => world.call('ping', () => undefined) };
    const clock: Clock = { sleep: (ms, signal) => world.sleep(ms, signal) };
    const service = new Service([slack], store, clock, world.logger, EVERY_MS);
    return {
      service,
      async work() {
        await Promise.all([service.record('slack', false), world.timers.advance(EVERY_MS)]);
        return records.get('slack')?.probes === 3;
      },
      async hang() {
        world.hold('ping');
        await world.timers.advance(EVERY_MS);
      },
      operations: { record: () => service.record('slack', false) },
    };
  },

  faults: [
    {
      name: 'a ping that never answers keeps stop(), and every call after it, waiting for ever',
      rule: 'require-drain-timeout',
      shows: 'never settles',
      observe: (stage) => restartAfterHungStop(stage, 100 * DRAIN_MS),
      before: { stop: 'pending', restart: 'pending', generations: 1 },
      after: { stop: 'rejected', restart: 'rejected', generations: 1 },
    },
  ],
};
