import {
  MeetingScheduler as After,
  type Calendar,
  type Logger,
  type Meeting,
  type MeetingRooms,
} from '../../fixtures/services/meeting-scheduler/after.ts';
import { MeetingScheduler as Before } from '../../fixtures/services/meeting-scheduler/before.ts';
import type { Cast, Driver, Lifecycle } from './driver.ts';
import type { World } from './world.ts';

type Scheduler = Lifecycle & { calendarChanged(): Promise<void> };
type SchedulerClass = new (calendar: Calendar, rooms: MeetingRooms, logger: Logger, now: () => number) => Scheduler;

const HOUR = 3_600_000;

/** One meeting an hour, without end. */
function meetingsAfter(now: number): readonly Meeting[] {
  const first = Math.floor(now / HOUR) + 1;
  return [first, first + 1].map((hour) => ({ id: `m${hour}`, title: 'stand-up', startsAt: hour * HOUR }));
}

export const meetingScheduler: Driver = {
  name: 'meeting-scheduler',
  className: 'MeetingScheduler',
  kind: 'background',
  drainMs: 10_000,
  before: Before satisfies SchedulerClass,
  after: After satisfies SchedulerClass,

  build(Service: SchedulerClass, world: World): Cast {
    const service = new Service(
      { upcoming: () => world.call('upcoming', () => meetingsAfter(world.timers.now)) },
      { open: () => world.call('open room', () => undefined) },
      world.logger,
      () => world.timers.now,
    );
    return {
      service,
      async work() {
        await world.timers.advance(HOUR);
        return world.journal.includes('open room');
      },
      async hang() {
        world.hold('open room');
        await world.timers.advance(HOUR);
      },
      operations: { calendarChanged: () => service.calendarChanged() },
    };
  },

  faults: [
    {
      name: 'a changed calendar arms a second timer, and stop() clears only that one',
      rule: 'require-timer-release',
      shows: 'left after the last stop',
      async observe(stage) {
        const { world, cast } = stage;
        await stage.started();
        await cast.operations['calendarChanged']?.();
        const timers = world.timers.armed.length;
        await stage.stopped();
        await world.timers.advance(HOUR);
        return { timers, openedAfterStop: world.journal.includes('open room') };
      },
      before: { timers: 2, openedAfterStop: true },
      after: { timers: 1, openedAfterStop: false },
    },
  ],
};
