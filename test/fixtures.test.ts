import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Project } from 'ts-morph';
import { afterEach, describe, expect, test } from 'vitest';
import type { Driver, ServiceClass } from './services/driver.ts';
import { drivers } from './services/drivers.ts';
import { restartAfterHungStop } from './services/restart-after-hung-stop.ts';
import { settle } from './services/settle.ts';
import { Stage } from './services/stage.ts';

const fixtures = fileURLToPath(new URL('../fixtures/services/', import.meta.url));
/** Functions rather than services: `test/processes/` and `test/services/` run them. */
const FUNCTIONS = ['app-container', 'bot-shutdown', 'console-worker', 'events-worker', 'http-server-plugin', 'sse-keep-alive'];
const stages: Stage[] = [];

function stageOf(driver: Driver, Service: ServiceClass): Stage {
  const stage = new Stage(driver, Service);
  stages.push(stage);
  return stage;
}

afterEach(() => {
  for (const stage of stages.splice(0).reverse()) stage.close();
});

test('every fixture has a driver', () => {
  const folders = readdirSync(fixtures, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect([...drivers.map(({ name }) => name), ...FUNCTIONS].sort()).toEqual(folders.map(({ name }) => name).sort());
});

test('the fixtures type-check', { timeout: 60_000 }, () => {
  const project = new Project({
    tsConfigFilePath: fileURLToPath(new URL('../tsconfig.json', import.meta.url)),
    skipAddingFilesFromTsConfig: true,
  });
  expect(project.addSourceFilesAtPaths(`${fixtures}*/{before,after}.ts`)).toHaveLength(2 * (drivers.length + FUNCTIONS.length));
  expect(project.formatDiagnosticsWithColorAndContext(project.getPreEmitDiagnostics())).toBe('');
});

describe.each(drivers.map((driver) => [driver.name, driver] as const))('%s', (_name, driver) => {
  const { before, after, faults, drainMs } = driver;

  test.each([
    ['before', before],
    ['after', after],
  ] as const)('%s.ts starts, works, stops and leaves nothing', async (_file, Service) => {
    const stage = stageOf(driver, Service);
    await stage.started();
    expect(stage.world.alive).toBe(1);
    expect(await stage.cast.work()).toBe(true);
    expect((await stage.stopped()).state).toBe('resolved');
    expect(stage.world.left).toEqual([]);
    expect(stage.world.offences).toEqual([]);
  });

  test('after.ts starts again after a stop, and its dispose is its stop', async () => {
    const stage = stageOf(driver, after);
    for (let round = 0; round < 2; round++) {
      expect((await stage.started()).state).not.toBe('rejected');
      expect(stage.world.alive).toBe(1);
      const dispose = stage.dispose();
      await settle();
      expect(dispose.state).toBe('resolved');
      expect(stage.world.left).toEqual([]);
    }
  });

  test('after.ts bears stops before, between and after concurrent starts', async () => {
    const stage = stageOf(driver, after);
    const calls = [stage.stop(), stage.start(), stage.start(), stage.stop(), stage.stop(), stage.start(), stage.stop()];
    await settle();
    expect(calls.map(({ state }) => state)).not.toContain('pending');
    expect(stage.world.left).toEqual([]);
    expect(stage.world.offences).toEqual([]);
  });

  test.runIf(drainMs !== undefined)('after.ts refuses to start after a stop that timed out', async () => {
    expect(await restartAfterHungStop(stageOf(driver, after), drainMs ?? 0)).toEqual({
      stop: 'rejected',
      restart: 'rejected',
      generations: 1,
    });
  });

  test.each(faults.map((fault) => [fault.name, fault.rule, fault] as const))('before.ts only: %s (%s)', async (_name, _rule, fault) => {
    expect(await fault.observe(stageOf(driver, before))).toEqual(fault.before);
    stages.pop()?.close();
    expect(await fault.observe(stageOf(driver, after))).toEqual(fault.after);
  });
});
