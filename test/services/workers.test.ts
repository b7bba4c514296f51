import { readFileSync } from 'node:fs';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';
import plugin from '../../rules/plugin.ts';
import { explore, replay } from '../explorer/explore.ts';
import type { Subject } from '../explorer/subject.ts';
import { attempt, trialsOf, workDuringStop } from './worker-trial.ts';
import { WorkerProcess } from './worker-process.ts';
import { type StagedWorker, type Worker, workers } from './workers.ts';
import type { World } from './world.ts';

const BOUNDS = { steps: 8 };

/** The drains of three services, one after the other. */
const DRAIN_MS = 30_000;

function subjectOf({ kind }: Worker, stage: (world: World) => StagedWorker): Subject {
  return {
    kind,
    drainMs: DRAIN_MS,
    Service: WorkerProcess,
    build(_Service, world) {
      const { run, operations } = stage(world);
      return { service: new WorkerProcess(run), operations };
    },
  };
}

function workerOf(name: string): Worker {
  const worker = workers.find((one) => one.name === name);
  if (worker === undefined) throw new Error(`no worker ${name}`);
  return worker;
}

describe.each(workers.map((worker) => [worker.name, worker] as const))('after.ts of %s', (_name, worker) => {
  test.each(trialsOf(worker.services).map((trial) => [trial.name, trial] as const))('%s', async (_name, trial) => {
    expect(await attempt(worker.after, trial)).toEqual(trial.expected);
  });

  test('loses nothing that comes while it stops', async () => {
    expect(await workDuringStop(worker.after, worker.services)).toEqual([]);
  });

  test('no order of events shows a fault', async () => {
    const { orders, cut, faults } = await explore(subjectOf(worker, worker.after), BOUNDS);
    expect(orders).toBeGreaterThan(100);
    expect(cut).toEqual([]);
    expect(faults).toEqual([]);
  });
});

const ready = { failing: [], shutdown: 'when it is ready' } as const;

describe('before.ts of events-worker', () => {
  const { before, services } = workerOf('events-worker');

  test('stops the producer first, and loses what comes meanwhile', async () => {
    expect((await attempt(before, ready)).calls).toEqual(['connect', 'open letters', 'position', 'close connection', 'close letters']);
    // The first event is kept among the dead letters; of the second, neither Kafka nor they have heard.
    const [kept, lost] = [1, 2].map((position) => `error: ${JSON.stringify({ error: {}, position })}`);
    expect(await workDuringStop(before, services)).toEqual([kept, lost, lost]);
  });

  test('leaves the dead letters open and goes on consuming where the producer does not stop', async () => {
    expect(await attempt(before, { ...ready, failing: ['close connection'] })).toMatchObject({
      failures: ['close connection failed'],
      left: ['letters', 'next event', 'interval 30000 ms'],
    });
  });

  test('tells only the last of two failures', async () => {
    expect((await attempt(before, { ...ready, failing: ['position', 'close connection'] })).failures).toEqual(['close connection failed']);
  });
});

describe('before.ts of console-worker', () => {
  const { before, services } = workerOf('console-worker');

  test('stops the bridge first, and loses what comes meanwhile', async () => {
    expect((await attempt(before, ready)).calls).toEqual(['listen', 'watch', 'close server', 'close watch']);
    expect(await workDuringStop(before, services)).toEqual(Array(2).fill('error: {"error":{},"pod":"web-1"}'));
  });

  test('leaves the bridge up where the monitor does not start', async () => {
    expect(await attempt(before, { ...ready, failing: ['watch'] })).toMatchObject({
      calls: ['listen', 'watch'],
      failures: ['watch failed'],
      left: ['server', 'interval 15000 ms'],
    });
  });

  test('goes on watching where the bridge does not stop', async () => {
    expect(await attempt(before, { ...ready, failing: ['close server'] })).toMatchObject({ failures: ['close server failed'], left: ['watch'] });
  });
});

describe('before.ts of app-container', () => {
  const { before } = workerOf('app-container');

  test('leaves the queue open where a later provider fails', async () => {
    expect(await attempt(before, { ...ready, failing: ['open mail'] })).toMatchObject({
      calls: ['open queue', 'open mail'],
      failures: ['open mail failed'],
      left: ['queue'],
    });
  });

  test('tells only the last of two failures', async () => {
    expect((await attempt(before, { ...ready, failing: ['close mail', 'close queue'] })).failures).toEqual(['close queue failed']);
  });
});

const LEFT = 'left after the last stop after a failed call';

test.each([
  ['events-worker', 'a start; answer connect; answer open letters; answer position; a stop; fail close connection'],
  ['console-worker', 'a start; answer listen; fail watch'],
  ['app-container', 'a start; answer open queue; fail open mail'],
])('the explorer finds what before.ts of %s leaves running', async (name, schedule) => {
  const worker = workerOf(name);
  const { faults } = await explore(subjectOf(worker, worker.before), { ...BOUNDS, walks: 0 });
  expect(faults.map((fault) => fault.name)).toContain(LEFT);
  expect(await replay(subjectOf(worker, worker.before), schedule)).toContain(LEFT);
});

/** `rule line` for each report. */
function reportsOn(name: string, file: string, preset: 'recommended' | 'strict'): readonly string[] {
  const fileName = `fixtures/services/${name}/${file}`;
  const text = readFileSync(new URL(`../../${fileName}`, import.meta.url), 'utf8');
  const config: Linter.Config[] = [{ files: ['**/*.ts'], languageOptions: { parser } }, ...plugin.configs[preset]];
  return new Linter().verify(text, config, fileName).map(({ ruleId, line }) => `${ruleId ?? 'parser'} ${line}`);
}

describe('the rules', () => {
  test.each([
    ['console-worker', ['lifecycle/prefer-await-using 18']],
    ['app-container', ['lifecycle/no-started-provider 87', 'lifecycle/no-started-provider 93']],
  ])('recommended reports before.ts of %s', (name, reports) => {
    expect(reportsOn(name, 'before.ts', 'recommended')).toEqual(reports);
  });

  test.each([
    ['events-worker', ['lifecycle/prefer-await-using 39', 'lifecycle/prefer-await-using 40', 'lifecycle/prefer-await-using 41']],
    ['console-worker', ['lifecycle/prefer-await-using 18', 'lifecycle/prefer-await-using 28']],
  ])('strict reports every stop by hand in before.ts of %s', (name, reports) => {
    expect(reportsOn(name, 'before.ts', 'strict')).toEqual(reports);
  });

  test.each(['event-store-consumer', 'pod-monitor', 'dlq-manager', 'kafka-producer', 'sse-bridge'])('nothing but the dispose is missing in before.ts of %s', (name) => {
    expect(reportsOn(name, 'before.ts', 'recommended')).toEqual([]);
    expect(reportsOn(name, 'before.ts', 'strict')).toEqual([expect.stringMatching(/^lifecycle\/require-async-dispose /)]);
  });

  test.each([...workers.map(({ name }) => name), 'event-store-consumer', 'pod-monitor', 'dlq-manager', 'kafka-producer', 'sse-bridge'])('strict has nothing to say of after.ts of %s', (name) => {
    expect(reportsOn(name, 'after.ts', 'strict')).toEqual([]);
  });
});
