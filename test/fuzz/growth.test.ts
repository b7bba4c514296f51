import { describe, expect, test } from 'vitest';
import { type Growth, growthOf, isSuspicious } from '../../tools/fuzz/growth-of.ts';
import { measureGrowth } from '../../tools/fuzz/growth.ts';

/** A clock that goes on by what is said to have been done; and work that takes as many of its ms as `costOf` says for a size. */
function growthBy(costOf: (size: number, round: number) => number, most = 6400): Growth {
  let now = 0;
  let round = 0;
  const work = (size: number) => () => {
    now += costOf(size, round++);
  };
  return growthOf(work, 100, most, () => now);
}

describe('growth that is told from noise', () => {
  test('a search of a list for each of its members is steep', () => {
    let steps = 0;
    const work = (size: number): (() => void) => {
      const list = Array.from({ length: size }, (_, index) => index);
      return () => {
        for (const wanted of list) {
          for (const one of list) {
            steps++;
            if (one === wanted) break;
          }
        }
      };
    };
    const growth = growthOf(work, 100, 6400, () => steps / 10_000);
    expect(growth).toMatchObject({ isSteep: true });
    expect(growth.exponent).toBeCloseTo(2, 1);
    expect(growth.costs.at(-1)).toBeGreaterThan(200);
  });

  test.each<[string, (size: number, round: number) => number]>([
    ['linear', (size) => size / 20],
    ['n·log n', (size) => (size * Math.log2(size)) / 200],
    ['linear, with something quadratic that nobody would notice', (size) => size / 20 + size ** 2 / 1_000_000],
    ['linear, three of four times held up', (size, round) => size / 20 + (round % 4 === 1 ? 0 : 900 * (round % 7))],
    ['constant', () => 30],
    ['quadratic, but nobody would ever notice', (size) => size ** 2 / 2_000_000],
  ])('%s is not', (_, costOf) => {
    expect(growthBy(costOf)).toMatchObject({ isSteep: false });
  });

  test.each<[string, (size: number, round: number) => number]>([
    ['quadratic beside much that is linear', (size) => size / 100 + size ** 2 / 20_000],
    ['quadratic, and held up most when it is small', (size, round) => size ** 2 / 20_000 + (round % 4 === 0 ? 0 : 50)],
    ['quadratic, where only few can be measured', (size) => size ** 2 / 1000],
    ['cubic', (size) => size ** 3 / 10_000_000],
  ])('%s is', (_, costOf) => {
    expect(growthBy(costOf, 400 * 16)).toMatchObject({ isSteep: true });
  });

  test('few that can be measured are enough', () => {
    expect(growthBy((size) => size ** 2 / 1000, 400)).toMatchObject({ isSteep: true, sizes: [100, 200, 400] });
  });

  test('what is doubtful is measured at larger sizes before anything is said', () => {
    expect(growthBy((size) => size ** 1.45 / 30)).toMatchObject({ isSteep: false, sizes: [100, 200, 400, 800, 1600] });
    expect(growthBy((size) => size / 10 + size ** 2 / 4000)).toMatchObject({ isSteep: true, sizes: [100, 200, 400, 800, 1600] });
  });
});

test.each([
  ['what costs nothing', [1, 3.9], false],
  ['what is linear', [10, 40], false],
  ['what is quadratic', [10, 160], true],
  ['what is somewhat steeper than linear', [10, 56], true],
])('%s, at a glance: %j → %j', (_, costs, expected) => {
  expect(isSuspicious({ sizes: [100, 400], costs })).toBe(expected);
});

test('the model, every rule and every codemod are measured', () => {
  const rows = measureGrowth({ name: 'feeds', textOf: (count) => `class Feed { async start() { await connect(); } async stop() { await disconnect(); } }\n${'// more\n'.repeat(count)}`, usual: 16, most: 64 });
  const works = rows.map(({ work }) => work);
  expect(works).toEqual(expect.arrayContaining(['model', 'require-lifecycle-lock', 'add-lifecycle-lock']));
  expect(rows.every(({ costs }) => costs.some((cost) => cost > 0))).toBe(true);
});
