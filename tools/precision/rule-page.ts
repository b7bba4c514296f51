import { markdownTable } from '../markdown-table.ts';
import { drawnInWords } from './drawn-table.ts';
import { whatCarries } from './preset-tables.ts';
import { ratio, share } from './ratio.ts';
import { PRESETS, type Row } from './row.ts';

const BEGIN = '<!-- begin precision -->';
const END = '<!-- end precision -->';

/** A rule's page with its own figures between the markers. Throws if there are no markers. */
export function withFigures(page: string, row: Row, isRecommended: boolean): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin === -1 || end < begin) throw new Error(`docs/rules/${row.rule}.md lacks ${BEGIN} and ${END} in this order`);
  return `${page.slice(0, begin + BEGIN.length)}\n\n${figuresOf(row, isRecommended)}\n\n${page.slice(end)}`;
}

function figuresOf(row: Row, isRecommended: boolean): string {
  const rows = PRESETS.map((preset) => {
    const { right, wrong, found, expected } = row.measures[preset];
    return [`\`${preset}\``, ratio(right, right + wrong), share(right, right + wrong), ratio(found, expected), share(found, expected)];
  });
  const table = markdownTable([['preset', 'right reports', 'precision', 'found', 'recall'], ...rows]);
  return `${whatCarries(row, isRecommended)} ${drawnInWords(row.drawn)} On [hand-labelled code](../precision.md):\n\n${table}`;
}
