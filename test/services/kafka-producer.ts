import { KafkaProducer as After, type Kafka, type KafkaRecord, type Logger } from '../../fixtures/services/kafka-producer/after.ts';
import { KafkaProducer as Before } from '../../fixtures/services/kafka-producer/before.ts';
import type { Cast, Driver, Lifecycle } from './driver.ts';
import { settle } from './settle.ts';
import { undisposable } from './undisposable.ts';
import { watch } from './watch.ts';
import type { World } from './world.ts';

type Producer = Lifecycle & { send(record: KafkaRecord): Promise<void> };
type ProducerClass = new (kafka: Kafka, logger: Logger) => Producer;

export function kafkaOf(world: World): Kafka {
  return {
    connect: async () => {
      const connection = await world.call('connect', () => world.resource('connection'));
      return { send: () => world.call('send', () => undefined), disconnect: () => connection.close() };
    },
  };
}

const record: KafkaRecord = { topic: 'orders', value: 'created' };

export const kafkaProducer: Driver = {
  name: 'kafka-producer',
  className: 'KafkaProducer',
  kind: 'background',
  drainMs: 10_000,
  before: Before satisfies ProducerClass,
  after: After satisfies ProducerClass,

  build(Service: ProducerClass, world: World): Cast {
    const service = new Service(kafkaOf(world), world.logger);
    const send = (): Promise<void> => service.send(record);
    return {
      service,
      async work() {
        await send();
        return world.journal.includes('send');
      },
      async hang() {
        world.hold('send');
        watch(send());
        await settle();
      },
      operations: { send },
    };
  },

  faults: [undisposable('KafkaProducer', ['connection'])],
};
