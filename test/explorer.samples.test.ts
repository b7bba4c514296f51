import { describe, expect, test } from 'vitest';
import { compileService } from './explorer/compile-service.ts';
import { explore, replay } from './explorer/explore.ts';
import { faulty, faultyText } from './explorer/samples/faulty.ts';
import { samples } from './explorer/samples/samples.ts';

const BOUNDS = { steps: 8, walks: 100 };

test.each(Object.entries(samples))('%s: no order of events shows a fault', async (_name, sample) => {
  const { orders, cut, faults } = await explore(sample, BOUNDS);
  expect(orders).toBeGreaterThan(200);
  expect(cut).toEqual([]);
  expect(faults).toEqual([]);
});

describe.each(faulty.map((one) => [one.name, one] as const))('%s', (_name, one) => {
  test(`shows: ${one.shows}`, async () => {
    const sample = samples[one.sample];
    const subject = { ...sample, Service: await compileService(faultyText(one), sample.Service.name) };
    const { faults } = await explore(subject, BOUNDS);
    const fault = faults.find(({ name }) => name.startsWith(one.shows));
    expect(faults.map(({ name }) => name).join()).toContain(one.shows);
    expect(await replay(subject, fault?.schedule ?? '')).toContain(fault?.name);
  });
});
