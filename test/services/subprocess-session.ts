import {
  SubprocessSession as After,
  type Logger,
  type ProcessTable,
  type SessionCommand,
  type SessionRecord,
  type SessionRecords,
} from '../../fixtures/services/subprocess-session/after.ts';
import { SubprocessSession as Before } from '../../fixtures/services/subprocess-session/before.ts';
import type { Cast, Driver, Lifecycle, Observed } from './driver.ts';
import { FAKE_COMMAND, FakeProcesses } from './fake-processes.ts';
import { settle } from './settle.ts';
import type { Stage } from './stage.ts';
import type { World } from './world.ts';

type Session = Lifecycle & { send(text: string): void };
type SessionClass = new (command: SessionCommand, records: SessionRecords, processes: ProcessTable, onOutput: (text: string) => void, logger: Logger) => Session;

const GRACE_MS = 5_000;

/** What else is known of the world of a stage: its processes, and what an earlier host has written down. */
interface Backdrop {
  readonly processes: FakeProcesses;
  record: SessionRecord | undefined;
}

const backdrops = new WeakMap<World, Backdrop>();

function backdropOf({ world }: Stage): Backdrop {
  const backdrop = backdrops.get(world);
  if (backdrop === undefined) throw new Error('no session was built in this world');
  return backdrop;
}

export const subprocessSession: Driver = {
  name: 'subprocess-session',
  className: 'SubprocessSession',
  kind: 'background',
  drainMs: 2 * GRACE_MS,
  before: Before satisfies SessionClass,
  after: After satisfies SessionClass,

  build(Service: SessionClass, world: World): Cast {
    const processes = new FakeProcesses(world);
    const backdrop: Backdrop = { processes, record: undefined };
    backdrops.set(world, backdrop);
    processes.install();
    const records: SessionRecords = {
      load: async () => backdrop.record,
      save: async (record) => void (backdrop.record = record),
    };
    const table: ProcessTable = { startedAt: (pid) => Promise.resolve(`start of ${pid}`) };
    const output: string[] = [];
    const service = new Service({ file: FAKE_COMMAND, args: [] }, records, table, (text) => output.push(text), world.logger);
    const send = async (): Promise<void> => service.send('hello');
    return {
      service,
      async work() {
        await send();
        return output.includes('re: hello\n');
      },
      async hang() {
        processes.unkillable = true;
        world.hold('close agent');
      },
      operations: {},
    };
  },

  faults: [
    {
      name: 'stop() returns while the agent is still ending',
      rule: 'require-kill-escalation',
      shows: 'alive after stop',
      async observe(stage) {
        stage.world.hold('close agent');
        await stage.started();
        const stop = await stage.stopped();
        const returnedEarly = stop.state === 'resolved';
        stage.world.release('close agent');
        await settle();
        return { returnedEarly, stop: stop.state };
      },
      before: { returnedEarly: true, stop: 'resolved' },
      after: { returnedEarly: false, stop: 'resolved' },
    },
    {
      name: 'an agent that ignores SIGTERM is never sent SIGKILL',
      rule: 'no-dead-kill-escalation',
      async observe(stage) {
        stage.world.hold('close agent');
        await stage.started();
        const stop = stage.stop();
        await stage.world.timers.advance(GRACE_MS);
        return { stop: stop.state, agents: stage.world.count('agent') };
      },
      before: { stop: 'resolved', agents: 1 },
      after: { stop: 'resolved', agents: 0 },
    },
    {
      name: 'start() kills whatever runs under the pid of an earlier agent',
      rule: 'no-stale-pid-kill',
      observe: (stage) => killsOnStart(stage, 'start of another process'),
      before: { killed: true },
      after: { killed: false },
    },
  ],
};

async function killsOnStart(stage: Stage, startedAt: string): Promise<Observed> {
  const backdrop = backdropOf(stage);
  backdrop.record = { pid: backdrop.processes.nextPid(), startedAt };
  await stage.started();
  return { killed: backdrop.processes.signalled.length > 0 };
}
