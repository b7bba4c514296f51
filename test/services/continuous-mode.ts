import {
  ContinuousMode as After,
  type Agent,
  type Clock,
  type Logger,
  type Outcome,
} from '../../fixtures/services/continuous-mode/after.ts';
import { ContinuousMode as Before } from '../../fixtures/services/continuous-mode/before.ts';
import type { Cast, Driver, Lifecycle } from './driver.ts';
import type { World } from './world.ts';

type ModeClass = new (agent: Agent, clock: Clock, logger: Logger, pauseMs: number) => Lifecycle;

const PAUSE_MS = 5_000;

export const continuousMode: Driver = {
  name: 'continuous-mode',
  className: 'ContinuousMode',
  kind: 'in-place runner',
  drainMs: 10_000,
  before: Before satisfies ModeClass,
  after: After satisfies ModeClass,

  build(Service: ModeClass, world: World): Cast {
    let outcome: Outcome = 'idle';
    const agent: Agent = { turn: () => world.call('turn', () => outcome) };
    const clock: Clock = { sleep: (ms, signal) => world.sleep(ms, signal) };
    const reachGoal = async (): Promise<void> => {
      outcome = 'goal reached';
      await world.timers.advance(PAUSE_MS);
      outcome = 'idle';
    };
    return {
      service: new Service(agent, clock, world.logger, PAUSE_MS),
      // The loop ends by itself: it is the only way to end it that both files have.
      async work() {
        await world.timers.advance(PAUSE_MS);
        await reachGoal();
        return world.journal.length === 3 && world.alive === 0;
      },
      async hang() {
        world.hold('turn');
        await world.timers.advance(PAUSE_MS);
      },
      operations: {},
    };
  },

  faults: [
    {
      name: 'start() holds the lock over its loop: the stop() that would end the loop waits for it',
      rule: 'no-lock-across-run-loop',
      shows: 'never settles',
      async observe(stage) {
        const start = await stage.started();
        const stop = stage.stop();
        await stage.world.timers.advance(100 * PAUSE_MS);
        return { start: start.state, stop: stop.state, generations: stage.world.alive };
      },
      before: { start: 'pending', stop: 'pending', generations: 1 },
      after: { start: 'resolved', stop: 'resolved', generations: 0 },
    },
  ],
};
