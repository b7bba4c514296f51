import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { codemods } from '../codemods/index.ts';
import { runCodemods } from '../codemods/run-codemod.ts';
import { compileService } from './explorer/compile-service.ts';
import { replay } from './explorer/explore.ts';
import { exploreText } from './explorer/explore-text.ts';
import type { Fault } from './explorer/fault.ts';
import { subjectOf } from './explorer/subject.ts';
import { drivers } from './services/drivers.ts';

const BOUNDS = { steps: 8 };

interface Remainder {
  /** What is to be mended by hand, or by a codemod that is not run here, and the rule that reports it. */
  readonly because: string;
  readonly rule: string;
  readonly faults: readonly Fault['name'][];
  /** An order with pauses of single microtask turns that shows one more, which no order of settled steps does. */
  readonly narrow?: { readonly schedule: string; readonly faults: readonly Fault['name'][] };
}

/** What the default codemods do not mend in these fixtures: they do not claim to. In all others, every fault is mended. */
const REMAINDERS: Readonly<Record<string, Remainder>> = {
  'task-engine': {
    because: 'the lifecycle lock is also the lock of submit(), which a draining task calls',
    rule: 'no-shared-lifecycle-lock',
    faults: ['healthy stop fails', 'never settles beside a hung call'],
  },
  'meeting-scheduler': {
    because: 'the timer is armed again without being cleared',
    rule: 'require-timer-release',
    faults: ['alive after stop', 'left after the last stop', 'two generations'],
  },
  'provider-health-prober': {
    because: 'the lifecycle lock is also the lock of coolDown(), which a probe calls',
    rule: 'no-shared-lifecycle-lock',
    faults: ['healthy stop fails', 'left after the last stop', 'never settles beside a hung call'],
  },
  'pruning-service': {
    because: 'add-lifecycle-lock leaves a hold that covers a part of stop() and hands a value out of it',
    rule: 'no-partial-lifecycle-lock',
    faults: ['alive after stop', 'left after the last stop', 'resource closed twice', 'restart after a timed-out stop', 'two generations'],
  },
  'escalation-notify-subscriber': {
    because: 'nobody keeps the task that reads the stream',
    rule: 'no-untracked-background-task',
    faults: ['alive after stop', 'left after the last stop beside a hung call', 'two generations'],
  },
  'escalation-sweeper': {
    because: 'nobody keeps the sweep',
    rule: 'no-untracked-background-task',
    faults: ['alive after stop', 'left after the last stop', 'two generations'],
  },
  'continuous-mode': {
    because: 'stop() reads #ended when it has released the lock, and may wait for the loop of the next start()',
    rule: 'no-lock-across-run-loop',
    faults: [],
    narrow: { schedule: 'd start; answer turn; c stop +0; a start', faults: ['restart after a timed-out stop'] },
  },
};

describe.each(drivers.map((driver) => [driver.name, driver] as const))('%s', (name, driver) => {
  const fileName = `fixtures/services/${name}/before.ts`;
  const before = readFileSync(new URL(`../${fileName}`, import.meta.url), 'utf8');
  const { text } = runCodemods(
    codemods.filter(({ isDefault }) => isDefault),
    { fileName, text: before },
  );
  const remainder = REMAINDERS[name];

  if (remainder === undefined) {
    test('the default codemods leave no fault', async () => {
      const { cut, faults } = await exploreText(driver, text, BOUNDS);
      expect(cut).toEqual([]);
      expect(faults).toEqual([]);
    });
    return;
  }

  const { because, rule, narrow } = remainder;
  test(`the default codemods leave what ${rule} reports: ${because}`, async () => {
    const { cut, faults } = await exploreText(driver, text, { ...BOUNDS, walks: 0 });
    expect(cut).toEqual([]);
    expect(faults.map((fault) => fault.name)).toEqual(remainder.faults);
    if (narrow === undefined) return;
    const subject = subjectOf(driver, await compileService(text, driver.className));
    expect(await replay(subject, narrow.schedule)).toEqual(narrow.faults);
  });
});
