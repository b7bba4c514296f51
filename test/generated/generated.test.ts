import { describe, expect, test } from 'vitest';
import type { Codemod } from '../../codemods/codemod.ts';
import { eachService } from '../../codemods/each-service.ts';
import { attack } from './attack.ts';
import { LEFT_SHAPES, MENDED_SHAPES } from './known-shapes.ts';
import { PARTS, recipes, type Recipe } from './recipe.ts';
import { attackAll, tallyOf } from './report.ts';
import { targetOf, targets } from './targets.ts';

const SEED = 1;
const COUNT = 72;

test('the generated services try every part', () => {
  const tried = recipes(COUNT, SEED);
  const untried = Object.entries(PARTS).flatMap(([part, answers]) =>
    answers.filter((answer) => !tried.some((recipe) => recipe[part as keyof typeof PARTS] === answer)).map((answer) => `${part} ${answer}`),
  );
  expect(untried).toEqual([]);
});

test('the same seed gives the same services, another seed others', () => {
  const texts = (seed: number): readonly string[] => targets(10, seed).map(({ text }) => text);
  expect(texts(SEED)).toEqual(texts(SEED));
  expect(texts(SEED)).not.toEqual(texts(SEED + 1));
});

test('no service that the codemods edit is faulty, or hangs where it did not', async () => {
  const verdicts = await attackAll(COUNT, SEED, { orders: 3, before: false });
  expect(verdicts.flatMap(({ target, bugs }) => bugs.slice(0, 1).map((bug) => ({ name: target.name, ...bug })))).toEqual([]);
  const { edited, left, untouched } = tallyOf(verdicts);
  expect(edited).toBeGreaterThan(COUNT / 4);
  expect(edited + left + untouched).toBe(COUNT);
});

describe('left alone, because under a lock', () => {
  test.each(Object.entries(LEFT_SHAPES))('%s', async (name, { recipe, why, isInline = false }) => {
    const target = { ...targetOf(name, recipe), options: isInline ? { lock: 'inline' as const } : {} };
    const { added, left, bugs } = await attack(target, { orders: 4, before: false });
    expect(added).not.toContain('add-lifecycle-lock');
    expect(left.find((reason) => reason.startsWith('add-lifecycle-lock'))).toMatch(why);
    expect(bugs).toEqual([]);
  });
});

describe('mended where', () => {
  test.each(Object.entries(MENDED_SHAPES))('%s', async (name, recipe) => {
    const { added, bugs, faults } = await attack(targetOf(name, recipe), { orders: 12, before: true });
    expect(faults).not.toEqual([]);
    expect(added).toContain('add-lifecycle-lock');
    expect(bugs).toEqual([]);
  });
});

/** Puts a statement first in every start, in place of what the codemod of that name does. */
function sabotage(statement: string): Codemod {
  return {
    name: 'add-lifecycle-lock',
    description: '',
    mends: [],
    isDefault: false,
    plan: eachService(({ start }, { text }) => {
      const at = start.main.value.body.range[0] + 1;
      if (text.includes(statement)) return undefined;
      return { kind: 'edit', changes: [{ start: at, end: at, text: statement }], safety: 'review', added: 'sabotage', needs: [] };
    }),
  };
}

describe('the attack sees', () => {
  const target = targetOf('sabotaged', recipeOf('restart calls the halves of stop and start'));

  test.each([
    ['a start that hangs', 'await new Promise(() => undefined);', /pending|never returns/],
    ['a start that does nothing', 'if (Date.now() > 0) return;', /left are/],
    ['a rejection that nobody handles', "Reflect.apply(Promise.reject, Promise, [new Error('lost')]);", /unhandled/],
  ])('%s', async (_name, statement, what) => {
    const { bugs } = await attack(target, { orders: 2, before: false, codemods: [sabotage(statement)] });
    expect(bugs[0]?.what).toMatch(what);
  });

  test('the races that only a lock mends', async () => {
    const { bugs } = await attack(target, { orders: 20, before: false, codemods: [sabotage("'no lock';")] });
    expect(bugs.map(({ what }) => what).join('\n')).toMatch(/two generations|left are|closed twice/);
  });
});

function recipeOf(name: string): Recipe {
  const recipe = MENDED_SHAPES[name];
  if (recipe === undefined) throw new Error(`there is no shape ${name}`);
  return recipe;
}
