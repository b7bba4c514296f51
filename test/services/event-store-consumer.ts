import {
  EventStoreConsumer as After,
  type EventHandler,
  type EventStore,
  type Logger,
  type StoredEvent,
} from '../../fixtures/services/event-store-consumer/after.ts';
import { EventStoreConsumer as Before } from '../../fixtures/services/event-store-consumer/before.ts';
import type { Cast, Driver, Lifecycle } from './driver.ts';
import { settle } from './settle.ts';
import { undisposable } from './undisposable.ts';
import type { World } from './world.ts';

type ConsumerClass = new (store: EventStore, name: string, handle: EventHandler, logger: Logger) => Lifecycle;

/** A store to which `append` adds one event after the other. */
export function eventStoreOf(world: World): { readonly store: EventStore; readonly append: () => Promise<void> } {
  const events = world.channel<StoredEvent>('next event');
  let position = 0;
  return {
    store: {
      position: () => world.call('position', () => position),
      next: (_position, signal) => events.take(signal),
      commit: () => world.call('commit', () => undefined),
    },
    append: async () => events.push({ position: ++position, type: 'created' }),
  };
}

export const eventStoreConsumer: Driver = {
  name: 'event-store-consumer',
  className: 'EventStoreConsumer',
  kind: 'background',
  drainMs: 10_000,
  before: Before satisfies ConsumerClass,
  after: After satisfies ConsumerClass,

  build(Service: ConsumerClass, world: World): Cast {
    const { store, append } = eventStoreOf(world);
    return {
      service: new Service(store, 'orders', () => world.call('handle', () => undefined), world.logger),
      async work() {
        await append();
        await settle();
        return world.journal.includes('handle') && world.journal.includes('commit');
      },
      async hang() {
        world.hold('handle');
        await append();
        await settle();
      },
      operations: { append },
    };
  },

  faults: [undisposable('EventStoreConsumer', ['next event'])],
};
