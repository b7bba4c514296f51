import { expect, test } from 'vitest';
import { lowestNodeMajor } from '../../cli/settings/lowest-node-major.ts';

test.each([
  ['>=18', 18],
  ['^20.19 || ^22.13 || >=24', 20],
  ['24 || >= 22.1', 22],
  ['18.x', 18],
  ['>=16 <21', 16],
  ['~20.1', 20],
  ['v22', 22],
  ['>=18 || *', undefined],
  ['<20', undefined],
  ['<=20 || >=22', undefined],
  ['*', undefined],
  ['lts/*', undefined],
  ['', undefined],
])('%j allows %j and up', (range, major) => {
  expect(lowestNodeMajor(range)).toBe(major);
});
