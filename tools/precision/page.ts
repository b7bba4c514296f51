import { markdownTable } from '../markdown-table.ts';
import { ENOUGH, PRECISION, standingOf } from './bar.ts';
import { disagreements } from './disagreements.ts';
import { drawnDisagreements } from './drawn-disagreements.ts';
import { drawnSection } from './drawn-section.ts';
import type { Place } from './drawn.ts';
import { labelTable } from './label-table.ts';
import type { AtCommit } from './fetch-commits.ts';
import { entries } from './labels.ts';
import type { Score } from './measure.ts';
import { presetTables } from './preset-tables.ts';
import { judgedReports, searched } from './reports.ts';
import { judgedOf, type Preset, type Row } from './row.ts';

export interface Run {
  readonly rows: readonly Row[];
  readonly scores: Readonly<Record<Preset, Score>>;
  /** The rules of `recommended`. */
  readonly recommended: ReadonlySet<string>;
  /** What is reported today where a report was drawn. */
  readonly now: readonly Place[];
  /** As `2026-11-21`. */
  readonly date: string;
}

/** docs/precision.md. */
export function pageOf({ rows, scores, recommended, now, date }: Run): string {
  return `${[
    '<!-- Written by `npm run precision`. -->',
    '# Precision on real code',
    `How much of what the rules report in real code is right, and how much of what is wrong there they report. There are two measures. ${entries.length} classes and call sites of ${repositories().size} public repositories were read and judged by hand, rule by rule: they tell what is found and what is missed. And of what \`recommended\` reports in ${searched.repositories.length} public repositories, ${judgedReports.length} reports were drawn at random and judged: they tell what a user gets to read. \`npm run precision\` fetches the sources at the commits they were judged at, lints them with each preset, and writes this page. Nobody's code is kept here: only the labels, in [labels.json](../tools/real-code/labels.json), [callsites.json](../tools/real-code/callsites.json) and [reports.json](../tools/real-code/reports.json).`,
    `Written on ${date}.`,
    '## The bar',
    `A rule is in \`recommended\` only if at least ${PRECISION * 100} % of its judged reports there are right, of both measures together and as it reports today. What is missing by the letter counts for neither side, and is shown. That takes ${ENOUGH} judged reports: with fewer, one of them decides, so a rule with fewer may have one wrong one at most; it rests on its tests and fixtures besides. \`npm run precision\` fails when a rule of \`recommended\` is below the bar. \`strict\` has no bar: it asks for the rule book to the letter.`,
    ...drawnSection(rows),
    '## What was labelled',
    'The classes were picked, not drawn, and the rules were written with these labels at hand: on code that nobody has looked at they do worse, as the reports above show. A *hazard* is a bad order of calls, a leak, a hang or a skipped step that follows from the lines of the label. *By the letter*: the text of the rule is not met, but something else protects the code, or little is lost. *Nothing*: the rule has nothing to report there. One class and one rule is one label, however many reports there are.',
    labelTable(rows.map(({ rule }) => rule)),
    ...presetTables(rows, scores, recommended),
    '## How it is counted',
    'Two rules may share a kind of label, such as `no-untracked-background-task` and `require-timer-release`. Each answers for its own reports; a hazard of which the label does not say whose it is counts as found for both when one reports it. A lock that does not span both methods is labelled as a missing one: a report of `no-partial-lifecycle-lock` is right there, and the hazard is found for `require-lifecycle-lock`. A rule without labels is judged only on the classes that must be left alone.',
    '## Where they disagree',
    ...disagreements(scores),
    ...drawnDisagreements(now),
    '## Commits',
    markdownTable([['repository', 'commit', 'labelled', 'drawn'], ...commitRows()]),
    ...judgedAnew(),
  ].join('\n\n')}\n`;
}

/** The rules of `recommended` that the labels are against. */
export function belowBar(rows: readonly Row[], recommended: ReadonlySet<string>): readonly string[] {
  return rows.filter((row) => recommended.has(row.rule) && standingOf(judgedOf(row)) === 'below').map(({ rule }) => rule);
}

function repositories(): ReadonlySet<string> {
  return new Set(entries.map(({ repo }) => repo));
}

/** Where something was judged; what was searched in vain is only counted. */
function commitRows(): (number | string)[][] {
  const keyOf = ({ repo, commit }: AtCommit): string => `${repo} ${commit}`;
  const labelled = entries.map(keyOf);
  const drawn = judgedReports.map(keyOf);
  return [...new Set([...labelled, ...drawn])].sort().map((key) => {
    const [repo = '', commit = ''] = key.split(' ');
    const times = (keys: readonly string[]): number => keys.filter((each) => each === key).length;
    return [repo, `[${commit.slice(0, 12)}](https://github.com/${repo}/tree/${commit})`, times(labelled), times(drawn)];
  });
}

function judgedAnew(): string[] {
  const changed = entries.flatMap(({ repo, path, class: name, labels }) =>
    Object.values(labels).flatMap((label) => (label?.was === undefined ? [] : [`- \`${name ?? path}\` of ${repo}: first “${label.was}”; now ${label.severity ?? 'nothing'}: ${label.why}.`])),
  );
  return changed.length === 0 ? [] : ['## Judged anew', 'A label that the code contradicts is corrected, and listed here.', changed.join('\n')];
}
