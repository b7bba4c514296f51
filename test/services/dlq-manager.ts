import { DlqManager as After, type DeadLetter, type LetterStore, type Logger } from '../../fixtures/services/dlq-manager/after.ts';
import { DlqManager as Before } from '../../fixtures/services/dlq-manager/before.ts';
import type { Cast, Driver, Lifecycle } from './driver.ts';
import { undisposable } from './undisposable.ts';
import type { World } from './world.ts';

type Manager = Lifecycle & { bury(letter: DeadLetter): Promise<void> };
type ManagerClass = new (store: LetterStore, deliver: (letter: DeadLetter) => Promise<void>, logger: Logger) => Manager;

const RETRY_MS = 30_000;

export function letterStoreOf(world: World): LetterStore {
  const letters = new Map<string, DeadLetter>();
  return {
    open: async () => {
      const session = await world.call('open letters', () => world.resource('letters'));
      return {
        put: (letter) => world.call('put', () => void letters.set(letter.id, letter)),
        due: () => world.call('due', () => [...letters.values()]),
        remove: (id) => world.call('remove', () => void letters.delete(id)),
        close: () => session.close(),
      };
    },
  };
}

export const dlqManager: Driver = {
  name: 'dlq-manager',
  className: 'DlqManager',
  kind: 'background',
  drainMs: 10_000,
  before: Before satisfies ManagerClass,
  after: After satisfies ManagerClass,

  build(Service: ManagerClass, world: World): Cast {
    const service = new Service(letterStoreOf(world), () => world.call('deliver', () => undefined), world.logger);
    const bury = (): Promise<void> => service.bury({ id: 'l1', topic: 'orders', value: 'created' });
    return {
      service,
      async work() {
        await bury();
        await world.timers.advance(RETRY_MS);
        return world.journal.includes('deliver') && world.journal.includes('remove');
      },
      async hang() {
        world.hold('due');
        await world.timers.advance(RETRY_MS);
      },
      operations: { bury },
    };
  },

  faults: [undisposable('DlqManager', ['letters', `interval ${RETRY_MS} ms`])],
};
