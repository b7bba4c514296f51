import { describe, expect, test } from 'vitest';
import type { Codemod, CodemodOptions } from '../../codemods/codemod.ts';
import { eachService } from '../../codemods/each-service.ts';
import { codemods } from '../../codemods/index.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { changedCases, serviceFixtures, unchangedCases } from './cases.ts';
import { ordersOf } from '../orders-of.ts';
import { resultsOf } from './coherence.ts';

const defaults = codemods.filter(({ isDefault }) => isDefault);

const files = [
  ...serviceFixtures().map(({ name, text }) => ({ name, fileName: name, text })),
  ...codemods.flatMap((codemod) => [
    ...changedCases(codemod.name).map(({ name, fileName, before }) => ({ name: `${codemod.name}/${name}`, fileName, text: before })),
    ...unchangedCases(codemod.name).map(({ name, text }) => ({ name: `${codemod.name}/${name}`, fileName: name, text })),
  ]),
];

const settings: readonly CodemodOptions[] = [
  { style: 'delegate', lock: 'auto' },
  { style: 'delegate', lock: 'inline' },
  { style: 'wrap', lock: 'auto' },
  { style: 'using', lock: 'inline' },
];

test('the default set is four codemods, which can be run in 24 orders', () => {
  expect(defaults).toHaveLength(4);
  expect(new Set(ordersOf(defaults).map((order) => order.map(({ name }) => name).join())).size).toBe(24);
});

describe.each(settings)('the default set with --style $style --lock $lock does the same at once, in every order, and nothing again', (options) => {
  test.each(files)('$name', { timeout: 60_000 }, (file) => {
    const together = runCodemods(defaults, file, options).text;
    expect([...resultsOf(defaults, file, options)]).toEqual([[together, expect.any(Array)]]);
    expect(runCodemods(defaults, { ...file, text: together }, options).text).toBe(together);
  });
});

test('an order that came out otherwise would be seen', () => {
  const insert = (name: string): Codemod => ({
    name,
    description: '',
    mends: [],
    isDefault: false,
    plan: eachService((_service, { text }) =>
      text.includes(name) ? undefined : { kind: 'edit', changes: [{ start: 0, end: 0, text: `/* ${name} */ ` }], safety: 'review', added: '', needs: [] },
    ),
  });
  const file = { fileName: 'a.ts', text: 'class A { async start() { await a(); } async stop() { await b(); } }' };
  expect(resultsOf([insert('one'), insert('other')], file, {}).size).toBe(2);
});
