import {
  TaskEngine as After,
  type Logger,
  type Task,
  type TaskHandler,
  type TaskQueue,
} from '../../fixtures/services/task-engine/after.ts';
import { TaskEngine as Before } from '../../fixtures/services/task-engine/before.ts';
import type { Cast, Driver, Lifecycle } from './driver.ts';
import { restartAfterHungStop } from './restart-after-hung-stop.ts';
import { settle } from './settle.ts';
import type { World } from './world.ts';

type Engine = Lifecycle & { submit(task: Task): Promise<void> };
type EngineClass = new (queue: TaskQueue, handle: TaskHandler, logger: Logger) => Engine;

const DRAIN_MS = 10_000;

export const taskEngine: Driver = {
  name: 'task-engine',
  className: 'TaskEngine',
  kind: 'background',
  drainMs: DRAIN_MS,
  before: Before satisfies EngineClass,
  after: After satisfies EngineClass,

  build(Service: EngineClass, world: World): Cast {
    const tasks = world.channel<Task>('take');
    const queue: TaskQueue = {
      take: (signal) => tasks.take(signal),
      put: (task) => world.call('put', () => tasks.push(task)),
      depth: () => world.call('depth', () => 0),
    };
    const handle: TaskHandler = async (task, submit) => {
      await world.call(`run ${task.kind}`, () => undefined);
      if (task.kind === 'import') await submit({ id: `${task.id}-index`, kind: 'index' });
    };
    const service = new Service(queue, handle, world.logger);
    const submit = (): Promise<void> => service.submit({ id: 't1', kind: 'import' });
    return {
      service,
      async work() {
        await submit();
        await settle();
        return world.journal.includes('run index');
      },
      async hang() {
        world.hold('run import');
        await submit();
        await settle();
      },
      operations: { submit },
    };
  },

  faults: [
    {
      name: 'stop() holds the lock that a draining task needs to queue its follow-up',
      rule: 'no-shared-lifecycle-lock',
      shows: 'healthy stop fails',
      async observe(stage) {
        await stage.started();
        await stage.cast.hang?.();
        const stop = stage.stop();
        await settle();
        stage.world.release('run import');
        await settle();
        return { stop: stop.state };
      },
      before: { stop: 'pending' },
      after: { stop: 'resolved' },
    },
    {
      name: 'a start() after a hung stop() makes a second generation',
      rule: 'require-unrestartable-flag',
      shows: 'restart after a timed-out stop',
      observe: (stage) => restartAfterHungStop(stage, DRAIN_MS),
      before: { stop: 'rejected', restart: 'resolved', generations: 2 },
      after: { stop: 'rejected', restart: 'rejected', generations: 1 },
    },
  ],
};
