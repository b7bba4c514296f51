import { markdownTable } from '../markdown-table.ts';
import { PRESETS, type Row } from './row.ts';
import { ratio, share, whatCarries } from './preset-tables.ts';

const BEGIN = '<!-- begin precision -->';
const END = '<!-- end precision -->';

/** A rule's page with its own figures between the markers. Throws if there are no markers. */
export function withFigures(page: string, row: Row): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin === -1 || end < begin) throw new Error(`docs/rules/${row.rule}.md lacks ${BEGIN} and ${END} in this order`);
  return `${page.slice(0, begin + BEGIN.length)}\n\n${figuresOf(row)}\n\n${page.slice(end)}`;
}

function figuresOf(row: Row): string {
  const rows = PRESETS.map((preset) => {
    const { right, wrong, found, expected } = row.measures[preset];
    return [`\`${preset}\``, ratio(right, right + wrong), share(right, right + wrong), ratio(found, expected), share(found, expected)];
  });
  const table = markdownTable([['preset', 'right reports', 'precision', 'found', 'recall'], ...rows]);
  return `Measured on [hand-labelled code](../precision.md). ${whatCarries(row)}\n\n${table}`;
}
