import {
  EscalationNotifySubscriber as After,
  type Escalation,
  type EscalationLog,
  type Logger,
  type Pager,
} from '../../fixtures/services/escalation-notify-subscriber/after.ts';
import { EscalationNotifySubscriber as Before } from '../../fixtures/services/escalation-notify-subscriber/before.ts';
import type { Cast, Driver, Lifecycle } from './driver.ts';
import { settle } from './settle.ts';
import type { World } from './world.ts';

type SubscriberClass = new (log: EscalationLog, pager: Pager, logger: Logger) => Lifecycle;

export const escalationNotifySubscriber: Driver = {
  name: 'escalation-notify-subscriber',
  className: 'EscalationNotifySubscriber',
  kind: 'background',
  drainMs: 10_000,
  before: Before satisfies SubscriberClass,
  after: After satisfies SubscriberClass,

  build(Service: SubscriberClass, world: World): Cast {
    const streams = new Set<{ push(escalation: Escalation): void }>();
    const log: EscalationLog = {
      follow: async () => {
        const stream = await world.call('follow', () => world.resource('stream'));
        const escalations = world.channel<Escalation>('next');
        streams.add(escalations);
        return {
          async *[Symbol.asyncIterator]() {
            for (let next = await escalations.take(); next !== undefined; next = await escalations.take()) yield next;
          },
          async close() {
            try {
              await stream.close();
            } finally {
              streams.delete(escalations);
              escalations.end();
            }
          },
        };
      },
      acknowledge: () => world.call('acknowledge', () => undefined),
    };
    const escalate = async (): Promise<void> => {
      for (const stream of streams) stream.push({ id: 'e1', severity: 'page', summary: 'disk full' });
    };
    return {
      service: new Service(log, { page: () => world.call('page', () => undefined) }, world.logger),
      async work() {
        await escalate();
        await settle();
        return world.journal.includes('acknowledge');
      },
      async hang() {
        world.hold('page');
        await escalate();
        await settle();
      },
      operations: { escalate },
    };
  },

  faults: [
    {
      name: 'stop() returns while a page is still going out, and a start() then makes a second generation',
      rule: 'no-untracked-background-task',
      shows: 'alive after stop',
      async observe(stage) {
        await stage.started();
        await stage.cast.hang?.();
        const stop = await stage.stopped();
        await stage.started();
        return { stop: stop.state, generations: stage.world.alive };
      },
      before: { stop: 'resolved', generations: 2 },
      after: { stop: 'pending', generations: 1 },
    },
  ],
};
