import {
  SettingsChangeDispatcher as After,
  type Logger,
  type SettingsChange,
  type SettingsFeed,
  type SettingsListener,
} from '../../fixtures/services/settings-change-dispatcher/after.ts';
import { SettingsChangeDispatcher as Before } from '../../fixtures/services/settings-change-dispatcher/before.ts';
import type { Cast, Driver, Lifecycle } from './driver.ts';
import { settle } from './settle.ts';
import type { World } from './world.ts';

type Dispatcher = Lifecycle & { onChange(listener: SettingsListener): () => void };
type DispatcherClass = new (feed: SettingsFeed, logger: Logger) => Dispatcher;

export const settingsChangeDispatcher: Driver = {
  name: 'settings-change-dispatcher',
  className: 'SettingsChangeDispatcher',
  kind: 'background',
  drainMs: 10_000,
  before: Before satisfies DispatcherClass,
  after: After satisfies DispatcherClass,

  build(Service: DispatcherClass, world: World): Cast {
    const changes = world.channel<SettingsChange>('next');
    let version = 0;
    const service = new Service(
      { head: () => world.call('head', () => version), next: (_version, signal) => changes.take(signal) },
      world.logger,
    );
    service.onChange(() => world.call('listener', () => undefined));
    const change = async (): Promise<void> => {
      version++;
      changes.push({ key: 'theme', value: 'dark', version });
    };
    return {
      service,
      async work() {
        await change();
        await settle();
        return world.journal.includes('listener');
      },
      async hang() {
        world.hold('listener');
        await change();
        await settle();
      },
      operations: { change },
    };
  },

  faults: [
    {
      name: 'two starts both pass the check outside the lock, and the second consumer orphans the first',
      rule: 'no-partial-lifecycle-lock',
      shows: 'two generations',
      async observe(stage) {
        stage.start();
        await stage.started();
        const generations = stage.world.alive;
        await stage.stopped();
        return { generations, afterStop: stage.world.left };
      },
      before: { generations: 2, afterStop: ['next'] },
      after: { generations: 1, afterStop: [] },
    },
    {
      name: 'a stop() during start() is lost',
      rule: 'no-partial-lifecycle-lock',
      shows: 'lost stop',
      async observe(stage) {
        stage.world.hold('head');
        await stage.started();
        const stop = await stage.stopped();
        stage.world.release('head');
        await settle();
        return { stop: stop.state, generations: stage.world.alive };
      },
      before: { stop: 'resolved', generations: 1 },
      after: { stop: 'resolved', generations: 0 },
    },
  ],
};
