import {
  MessageBusBridge as After,
  type BusMessage,
  type Logger,
  type MessageBus,
  type RemoteBroker,
} from '../../fixtures/services/message-bus-bridge/after.ts';
import { MessageBusBridge as Before } from '../../fixtures/services/message-bus-bridge/before.ts';
import type { Cast, Driver, Lifecycle } from './driver.ts';
import { keepGeneration } from './generation.ts';
import { settle } from './settle.ts';
import type { World } from './world.ts';

type Bridge = Lifecycle & { publish(message: BusMessage): Promise<void> };
type BridgeClass = new (bus: MessageBus, broker: RemoteBroker, logger: Logger, topic: string) => Bridge;

const message: BusMessage = { topic: 'orders', body: 'created' };

export const messageBusBridge: Driver = {
  name: 'message-bus-bridge',
  className: 'MessageBusBridge',
  kind: 'background',
  drainMs: 10_000,
  before: Before satisfies BridgeClass,
  after: After satisfies BridgeClass,

  build(Service: BridgeClass, world: World): Cast {
    const subscribers = new Set<(message: BusMessage) => void>();
    const bus: MessageBus = {
      subscribe: async (_topic, deliver) => {
        const subscription = await world.call('subscribe', () => world.resource('subscription'));
        const subscriber = keepGeneration(deliver);
        subscribers.add(subscriber);
        return {
          unsubscribe: async () => {
            try {
              await subscription.close();
            } finally {
              subscribers.delete(subscriber);
            }
          },
        };
      },
      publish: () => world.call('publish', () => undefined),
    };
    const deliver = (): void => {
      for (const subscriber of subscribers) subscriber(message);
    };
    const service = new Service(bus, { send: () => world.call('send', () => undefined) }, world.logger, message.topic);
    return {
      service,
      async work() {
        deliver();
        await service.publish(message);
        await settle();
        return world.journal.includes('send') && world.journal.includes('publish');
      },
      async hang() {
        world.hold('send');
        deliver();
        await settle();
      },
      operations: {
        publish: () => service.publish(message),
        deliver: async () => deliver(),
      },
    };
  },

  faults: [
    {
      name: 'a start() while stop() drains subscribes a second time, and the remote gets each message twice',
      rule: 'require-lifecycle-lock',
      shows: 'two generations',
      async observe(stage) {
        const { world, cast } = stage;
        await stage.started();
        world.hold('close subscription');
        await stage.stopped();
        const restart = await stage.started();
        const generations = world.alive;
        await cast.operations['deliver']?.();
        return { restart: restart.state, generations, sent: world.journal.filter((call) => call === 'send').length };
      },
      before: { restart: 'resolved', generations: 2, sent: 2 },
      after: { restart: 'pending', generations: 1, sent: 1 },
    },
  ],
};
