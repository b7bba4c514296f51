import { markdownTable } from '../markdown-table.ts';
import { standingOf } from './bar.ts';
import { labelCounts } from './labels.ts';
import type { Score } from './measure.ts';
import { PRESETS, type Preset, type Row } from './row.ts';

const EXPECTS: Readonly<Record<Preset, string>> = {
  recommended: 'It should report the hazards, and nothing else; a report of what is missing by the letter is neither right nor wrong.',
  strict: 'It should report the hazards and what is missing by the letter.',
};

export function presetTables(rows: readonly Row[], scores: Readonly<Record<Preset, Score>>): string[] {
  return PRESETS.flatMap((preset) => {
    const { leftAlone, of } = scores[preset].negatives;
    return [`## \`${preset}\``, `${EXPECTS[preset]} Of ${of} classes that only look like services, it leaves ${leftAlone} alone.`, presetTable(preset, rows)];
  });
}

function presetTable(preset: Preset, rows: readonly Row[]): string {
  const header = ['rule', 'right reports', 'precision', 'found', 'recall'];
  return markdownTable([
    preset === 'recommended' ? [...header, 'rests on'] : header,
    ...rows.map((row) => {
      const { right, wrong, found, expected } = row.measures[preset];
      const cells = [`\`${row.rule}\``, ratio(right, right + wrong), share(right, right + wrong), ratio(found, expected), share(found, expected)];
      return preset === 'recommended' ? [...cells, restsOn(row)] : cells;
    }),
  ]);
}

/** `29 of 32`, or a dash for none of none. */
export function ratio(part: number, whole: number): string {
  return whole === 0 ? '–' : `${part} of ${whole}`;
}

/** In whole percent, rounded down, so that only all is 100 %. */
export function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.floor((part / whole) * 100)} %`;
}

/** What carries a rule in `recommended`, in a few words. */
function restsOn(row: Row): string {
  const standing = standingOf(row.measures.recommended);
  if (standing !== 'too few') return standing === 'carried' ? 'labels' : 'below the bar';
  return row.onPackages === 0 ? 'tests' : `${reports(row.onPackages)} read`;
}

/** The same, in sentences. */
export function whatCarries(row: Row): string {
  const standing = standingOf(row.measures.recommended);
  if (standing === 'carried') return 'That is above the bar for `recommended`.';
  if (standing === 'below') return 'That is below the bar for `recommended`.';
  const { hazard, literal, quiet } = labelCounts(row.rule);
  const few = hazard + literal + quiet === 0 ? 'There are no labels about this rule' : 'Its judged reports are too few to tell';
  return `${few}; ${row.onPackages === 0 ? 'it rests on its tests and fixtures' : `it rests on ${reports(row.onPackages)} in published packages that were read by hand`}.`;
}

function reports(count: number): string {
  return `${count} ${count === 1 ? 'report' : 'reports'}`;
}
