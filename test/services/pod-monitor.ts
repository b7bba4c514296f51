import { PodMonitor as After, type Cluster, type Logger, type PodChange, type PodListener } from '../../fixtures/services/pod-monitor/after.ts';
import { PodMonitor as Before } from '../../fixtures/services/pod-monitor/before.ts';
import type { Cast, Driver, Lifecycle } from './driver.ts';
import { keepGeneration } from './generation.ts';
import { settle } from './settle.ts';
import { undisposable } from './undisposable.ts';
import type { World } from './world.ts';

type MonitorClass = new (cluster: Cluster, namespace: string, listener: PodListener, logger: Logger) => Lifecycle;

/** A cluster of which `change` tells everybody who watches it that a pod has failed. */
export function clusterOf(world: World): { readonly cluster: Cluster; readonly change: () => Promise<void> } {
  const watchers = new Set<(change: PodChange) => void>();
  return {
    cluster: {
      watch: async (_namespace, tell) => {
        const watch = await world.call('watch', () => world.resource('watch'));
        const watcher = keepGeneration(tell);
        watchers.add(watcher);
        return {
          close: async () => {
            try {
              await watch.close();
            } finally {
              watchers.delete(watcher);
            }
          },
        };
      },
    },
    change: async () => {
      for (const watcher of watchers) watcher({ pod: 'web-1', phase: 'Failed' });
    },
  };
}

export const podMonitor: Driver = {
  name: 'pod-monitor',
  className: 'PodMonitor',
  kind: 'background',
  drainMs: 10_000,
  before: Before satisfies MonitorClass,
  after: After satisfies MonitorClass,

  build(Service: MonitorClass, world: World): Cast {
    const { cluster, change } = clusterOf(world);
    return {
      service: new Service(cluster, 'production', () => world.call('listener', () => undefined), world.logger),
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

  faults: [undisposable('PodMonitor', ['watch'])],
};
