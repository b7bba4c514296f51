import { describe, expect, test } from 'vitest';
import { AppLifespan as After } from '../../fixtures/services/app-lifespan/after.ts';
import { AppLifespan as Before } from '../../fixtures/services/app-lifespan/before.ts';
import { LifespanTrial, RESOURCES } from './lifespan-trial.ts';
import { proveStart, proveStop } from './prove-lifespan.ts';

describe('after.ts', () => {
  proveStart(() => After);
  proveStop(() => After);
});

describe('before.ts', () => {
  test.each(RESOURCES.map((name, index) => [name, RESOURCES.slice(0, index)] as const))('leaves open what came before the %s, and opens it again', async (name, opened) => {
    const trial = new LifespanTrial(Before);
    const error = new Error(`cannot open ${name}`);
    trial.failing = { open: [name, error] };
    expect(await trial.outcome('start')).toBe(error);
    expect(trial.closed).toEqual([]);
    expect(trial.open).toEqual(opened);
    const timers = opened.includes('lease') ? 1 : 0;
    expect(trial.timers).toBe(timers);
    trial.failing = {};
    expect(await trial.outcome('stop')).toBeUndefined();
    expect(trial.open).toEqual(opened);
    expect(await trial.outcome('start')).toBeUndefined();
    expect(trial.open).toEqual([...opened, ...RESOURCES]);
    expect(await trial.outcome('stop')).toBeUndefined();
    expect([trial.open, trial.timers]).toEqual([opened, timers]);
  });

  test.each(RESOURCES.slice(0, -1).map((name, index) => [name, RESOURCES.slice(0, index)] as const))('skips what comes after the %s that cannot be closed', async (name, skipped) => {
    const trial = new LifespanTrial(Before);
    const error = new Error(`cannot close ${name}`);
    await trial.outcome('start');
    trial.failing = { close: new Map([[name, error]]) };
    expect(await trial.outcome('stop')).toBe(error);
    expect(trial.open).toEqual(skipped);
    expect(trial.logged).toEqual([]);
    expect(trial.timers).toBe(skipped.includes('lease') ? 1 : 0);
  });
});
