import { describe, expect, test } from 'vitest';
import type { LifespanClass } from './app-lifespan.ts';
import { LifespanTrial, RESOURCES, type Resource } from './lifespan-trial.ts';

/** What a lifespan fails to close: nothing, each one, all. */
function failuresAmong(opened: readonly Resource[]): readonly (readonly Resource[])[] {
  return [[], ...opened.map((name) => [name]), ...(opened.length > 1 ? [opened] : [])];
}

function errorsOf(names: readonly Resource[]): ReadonlyMap<Resource, Error> {
  return new Map(names.map((name) => [name, new Error(`cannot close ${name}`)]));
}

/** A lifespan can be started, and everything it opens is closed once, in reverse. */
async function worksAgain(trial: LifespanTrial): Promise<void> {
  trial.failing = {};
  expect(await trial.outcome('start')).toBeUndefined();
  expect(trial.open).toEqual(RESOURCES);
  expect(await trial.outcome('stop')).toBeUndefined();
  expect(trial.closed).toEqual(RESOURCES.toReversed());
  expect([trial.open, trial.logged, trial.timers]).toEqual([[], [], 0]);
}

/** The n-th of the six cannot be opened, for every n; and of those before it the m-th cannot be closed, for every m. */
export function proveStart(load: () => LifespanClass): void {
  describe.each(RESOURCES.map((name, index) => [name, RESOURCES.slice(0, index)] as const))('%s cannot be opened', (name, opened) => {
    test.each(failuresAmong(opened).map((stuck) => [stuck.join(', ') || 'nothing', stuck] as const))('and %s not closed', async (_stuck, stuck) => {
      const trial = new LifespanTrial(load());
      const error = new Error(`cannot open ${name}`);
      const close = errorsOf(stuck);
      trial.failing = { open: [name, error], close };
      expect(await trial.outcome('start')).toBe(error);
      expect(trial.closed).toEqual(opened.toReversed());
      expect(trial.logged).toEqual([...close.values()].toReversed());
      expect([trial.open, trial.timers]).toEqual([[], 0]);
      expect([await trial.outcome('stop'), trial.closed]).toEqual([undefined, []]);
      await worksAgain(trial);
    });
  });
}

/** The m-th of the six cannot be closed by stop, for every m. */
export function proveStop(load: () => LifespanClass): void {
  test.each(failuresAmong(RESOURCES).map((stuck) => [stuck.join(', ') || 'nothing', stuck] as const))('stop cannot close %s', async (_stuck, stuck) => {
    const trial = new LifespanTrial(load());
    const close = errorsOf(stuck);
    const errors = [...close.values()].toReversed();
    expect(await trial.outcome('start')).toBeUndefined();
    trial.failing = { close };
    const thrown = await trial.outcome('stop');
    expect(thrown instanceof AggregateError ? thrown.errors : [thrown]).toEqual(errors.length === 0 ? [undefined] : errors);
    expect(trial.closed).toEqual(RESOURCES.toReversed());
    expect(trial.logged).toEqual(errors);
    expect([trial.open, trial.timers]).toEqual([[], 0]);
    await worksAgain(trial);
  });
}
