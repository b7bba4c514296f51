import { describe, expect, test } from 'vitest';
import { explore, replay } from './explorer/explore.ts';
import { subjectOf } from './explorer/subject.ts';
import { drivers } from './services/drivers.ts';

const BOUNDS = { steps: 8 };

describe.each(drivers.map((driver) => [driver.name, driver] as const))('%s', (_name, driver) => {
  test('after.ts: no order of events shows a fault', async () => {
    const { orders, cut, faults } = await explore(subjectOf(driver, driver.after), BOUNDS);
    expect(orders).toBeGreaterThan(100);
    expect(cut).toEqual([]);
    expect(faults).toEqual([]);
  });

  const known = driver.faults.flatMap(({ name, rule, shows }) => (shows === undefined ? [] : [{ name, rule, shows }]));

  test.runIf(known.length > 0)(`before.ts shows what is wrong with it: ${known.map(({ rule, shows }) => `${shows} (${rule})`).join(', ')}`, async () => {
    const before = subjectOf(driver, driver.before);
    const { faults } = await explore(before, { ...BOUNDS, walks: 0 });
    for (const { name, shows } of known) {
      const fault = faults.find((found) => found.name.startsWith(shows));
      expect(fault, name).toBeDefined();
      expect(await replay(before, fault?.schedule ?? '')).toContain(fault?.name);
    }
  });
});
