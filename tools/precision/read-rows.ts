import { readDrawn } from './drawn-table.ts';
import type { Measure } from './measure.ts';
import type { Preset, Row } from './row.ts';

/** The figures of docs/precision.md, read back from its tables. Throws where a rule lacks a row. */
export function readRows(page: string, rules: readonly string[]): Row[] {
  const tables = { recommended: readTable(page, 'recommended'), strict: readTable(page, 'strict') };
  return rules.map((rule) => {
    const measureIn = (preset: Preset): Measure => {
      const measure = tables[preset].get(rule);
      if (measure === undefined) throw new Error(`docs/precision.md has no row of ${rule} under ${preset}: run npm run precision`);
      return measure;
    };
    return { rule, measures: { recommended: measureIn('recommended'), strict: measureIn('strict') }, drawn: readDrawn(page, rule) };
  });
}

function readTable(page: string, preset: Preset): Map<string, Measure> {
  const [, section = ''] = page.split(`\n## \`${preset}\`\n`);
  const [table = ''] = section.split('\n## ');
  const rows = table.matchAll(/^\| `(?<rule>[\w-]+)`(?<cells>.*)\|$/gm);
  return new Map(Array.from(rows, ({ groups }) => [groups?.['rule'] ?? '', measureOf(groups?.['cells'] ?? '')]));
}

function measureOf(cells: string): Measure {
  const [, reports = '', , found = ''] = cells.split('|').map((cell) => cell.trim());
  const [right, judged] = readRatio(reports);
  const [part, whole] = readRatio(found);
  return { right, wrong: judged - right, found: part, expected: whole };
}

function readRatio(cell: string): [number, number] {
  const [, part = '0', whole = '0'] = /^(\d+) of (\d+)$/.exec(cell) ?? [];
  return [Number(part), Number(whole)];
}
