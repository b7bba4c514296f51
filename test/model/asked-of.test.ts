import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { askedOf, type Requirement } from '../../model/asked-of.ts';
import type { ServiceKind } from '../../model/service.ts';

const page = readFileSync(new URL('../../docs/model.md', import.meta.url), 'utf8');
const COLUMNS: readonly Requirement[] = ['lock', 'deadline', 'flag', 'dispose'];

/** `| background | … | over both | round each drain | yes | yes |` */
const rows = (page.split('\n## Kinds').at(1)?.split('\n## ', 1).at(0) ?? '').split('\n').filter((line) => /^\| [a-z]/.test(line) && !line.startsWith('| kind'));

test('there is a row for each kind', () => {
  expect(rows).toHaveLength(6);
});

test.each(rows)('as docs/model.md says: %s', (row) => {
  const [kind = '', , ...cells] = row.split('|').slice(1, -1).map((cell) => cell.trim());
  const documented = COLUMNS.flatMap((column, index) => (cells[index] === 'none' ? [] : [[column, cells[index]]]));
  expect([...askedOf(kind as ServiceKind)]).toEqual(documented);
});
