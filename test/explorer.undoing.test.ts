import pTimeout from 'p-timeout';
import { expect, test } from 'vitest';
import { replay } from './explorer/explore.ts';
import type { Subject } from './explorer/subject.ts';
import { WorkerProcess } from './services/worker-process.ts';
import type { World } from './services/world.ts';

const DRAIN_MS = 10_000;

/** Starts in two steps, and takes the first back, within a deadline, where the second fails. */
async function digTunnel(world: World): Promise<{ close(): Promise<void> }> {
  const tunnel = await world.call('open', () => world.resource('tunnel'));
  try {
    await world.call('check', () => undefined);
    return tunnel;
  } catch (suppressed) {
    try {
      await pTimeout(world.call('flush', () => undefined), { milliseconds: DRAIN_MS });
    } catch (error) {
      throw Object.assign(new Error('start failed, and so did its undoing'), { name: 'SuppressedError', error, suppressed });
    }
    await tunnel.close();
    throw suppressed;
  }
}

const subject: Subject = {
  kind: 'adapter',
  drainMs: DRAIN_MS,
  Service: WorkerProcess,
  build: (_Service, world) => {
    const service = new WorkerProcess(async (shutdown, ready) => {
      const tunnel = await digTunnel(world);
      ready();
      await shutdown;
      await tunnel.close();
    });
    return { service, operations: {} };
  },
};

test('a start that runs out of time over its undoing has told that it leaves something', async () => {
  expect(await replay(subject, 'a start; answer open; fail check; time')).toEqual([]);
});

test('a start whose undoing fails at once leaves what it need not', async () => {
  expect(await replay(subject, 'a start; answer open; fail check; fail flush')).toContain('left after the last stop after a failed call');
});
