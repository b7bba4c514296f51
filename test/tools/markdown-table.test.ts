import { expect, test } from 'vitest';
import { markdownTable } from '../../tools/markdown-table.ts';

test('sets numbers to the right and text to the left', () => {
  const table = markdownTable([
    ['package', 'files'],
    ['libp2p', 37],
    ['pg-boss', 11],
  ]);
  expect(table.split('\n')).toEqual(['| package | files |', '| ------- | ----: |', '| libp2p  |    37 |', '| pg-boss |    11 |']);
});

test('keeps a bar in a cell from ending it', () => {
  expect(markdownTable([['why'], ['a | b']])).toContain(String.raw`| a \| b |`);
});
