import {
  ProviderHealthProber as After,
  type Clock,
  type CooldownStore,
  type Logger,
  type ModelProvider,
  type ProbeResult,
} from '../../fixtures/services/provider-health-prober/after.ts';
import { ProviderHealthProber as Before } from '../../fixtures/services/provider-health-prober/before.ts';
import type { Cast, Driver, Lifecycle } from './driver.ts';
import { settle } from './settle.ts';
import type { World } from './world.ts';

type Prober = Lifecycle & { coolDown(providerId: string, forMs: number): Promise<void> };
type ProberClass = new (providers: readonly ModelProvider[], cooldowns: CooldownStore, clock: Clock, logger: Logger) => Prober;

const DRAIN_MS = 10_000;
const EVERY_MS = 30_000;
const RATE_LIMITED: ProbeResult = { status: 'rate-limited', retryAfterMs: 5_000 };

export const providerHealthProber: Driver = {
  name: 'provider-health-prober',
  className: 'ProviderHealthProber',
  kind: 'background',
  drainMs: DRAIN_MS,
  before: Before satisfies ProberClass,
  after: After satisfies ProberClass,

  build(Service: ProberClass, world: World): Cast {
    const until = new Map<string, number>();
    const cooldowns: CooldownStore = {
      get: (id) => world.call('get', () => until.get(id)),
      set: (id, time) => world.call('set', () => void until.set(id, time)),
    };
    const provider: ModelProvider = { id: 'gpt', probe: () => world.call('probe', () => RATE_LIMITED) };
    const clock: Clock = { now: () => world.timers.now, sleep: (ms, signal) => world.sleep(ms, signal) };
    const service = new Service([provider], cooldowns, clock, world.logger);
    return {
      service,
      async work() {
        await world.timers.advance(EVERY_MS);
        return until.get('gpt') === EVERY_MS + 5_000;
      },
      async hang() {
        world.hold('probe');
        await world.timers.advance(EVERY_MS);
      },
      operations: { coolDown: () => service.coolDown('gpt', 1_000) },
    };
  },

  faults: [
    {
      name: 'stop() holds the lock that a rate-limited probe needs for its cooldown: a healthy drain times out',
      rule: 'no-shared-lifecycle-lock',
      shows: 'healthy stop fails',
      async observe(stage) {
        await stage.started();
        await stage.cast.hang?.();
        const stop = await stage.stopped();
        stage.world.release('probe');
        await settle();
        const answered = stop.state;
        await stage.world.timers.advance(DRAIN_MS);
        return { answered, afterDeadline: stop.state, restart: (await stage.started()).state };
      },
      before: { answered: 'pending', afterDeadline: 'rejected', restart: 'rejected' },
      after: { answered: 'resolved', afterDeadline: 'resolved', restart: 'resolved' },
    },
    {
      name: 'while stop() drains, the completion path cannot take a provider out of rotation',
      rule: 'no-shared-lifecycle-lock',
      async observe(stage) {
        await stage.started();
        await stage.cast.hang?.();
        await stage.stopped();
        let cooled = false;
        void stage.cast.operations['coolDown']?.().then(() => {
          cooled = true;
        });
        await settle();
        return { cooled };
      },
      before: { cooled: false },
      after: { cooled: true },
    },
  ],
};
