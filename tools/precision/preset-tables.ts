import { markdownTable } from '../markdown-table.ts';
import { standingOf } from './bar.ts';
import type { Score } from './measure.ts';
import { ratio, share } from './ratio.ts';
import { judgedOf, PRESETS, type Preset, type Row } from './row.ts';

const EXPECTS: Readonly<Record<Preset, string>> = {
  recommended: 'It should report the hazards, and nothing else; a report of what is missing by the letter is neither right nor wrong.',
  strict: 'It should report the hazards and what is missing by the letter.',
};

export function presetTables(rows: readonly Row[], scores: Readonly<Record<Preset, Score>>, recommended: ReadonlySet<string>): string[] {
  return PRESETS.flatMap((preset) => {
    const { leftAlone, of } = scores[preset].negatives;
    return [`## \`${preset}\``, `${EXPECTS[preset]} Of ${of} classes that only look like services, it leaves ${leftAlone} alone.`, presetTable(preset, rows, recommended)];
  });
}

function presetTable(preset: Preset, rows: readonly Row[], recommended: ReadonlySet<string>): string {
  const header = ['rule', 'right reports', 'precision', 'found', 'recall'];
  return markdownTable([
    preset === 'recommended' ? [...header, 'rests on'] : header,
    ...rows.map((row) => {
      const { right, wrong, found, expected } = row.measures[preset];
      const cells = [`\`${row.rule}\``, ratio(right, right + wrong), share(right, right + wrong), ratio(found, expected), share(found, expected)];
      return preset === 'recommended' ? [...cells, restsOn(row, recommended.has(row.rule))] : cells;
    }),
  ]);
}

/** What carries a rule in `recommended`, in a few words: all judged reports, or where there are too few, that there are. */
function restsOn(row: Row, isRecommended: boolean): string {
  if (!isRecommended) return 'not in it';
  const judged = judgedOf(row);
  const standing = standingOf(judged);
  const count = judged.right + judged.wrong;
  if (standing === 'below') return 'below the bar';
  return standing === 'carried' ? `${ratio(judged.right, count)} judged` : count === 0 ? 'tests' : `${ratio(judged.right, count)} judged, too few`;
}

/** The same, in sentences. */
export function whatCarries(row: Row, isRecommended: boolean): string {
  if (!isRecommended) return 'The rule is not in `recommended`: too much of what it reports there does no harm.';
  const judged = judgedOf(row);
  const count = judged.right + judged.wrong;
  const standing = standingOf(judged);
  const share = `Of all judged reports it makes today ${ratio(judged.right, count)} are right`;
  if (standing === 'carried') return `${share}, which is above the bar for \`recommended\`.`;
  if (standing === 'below') return `${share}, which is below the bar for \`recommended\`.`;
  return count === 0 ? 'No report of it has been judged; it rests on its tests and fixtures.' : `${share}, which are too few to tell; it also rests on its tests and fixtures.`;
}
