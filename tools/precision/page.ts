import { markdownTable } from '../markdown-table.ts';
import { ENOUGH, PRECISION, standingOf } from './bar.ts';
import { disagreements } from './disagreements.ts';
import { labelTable } from './label-table.ts';
import { entries } from './labels.ts';
import type { Score } from './measure.ts';
import { presetTables } from './preset-tables.ts';
import type { Preset, Row } from './row.ts';

export interface Run {
  readonly rows: readonly Row[];
  readonly scores: Readonly<Record<Preset, Score>>;
  /** As `2026-11-21`. */
  readonly date: string;
}

/** docs/precision.md. */
export function pageOf({ rows, scores, date }: Run): string {
  return `${[
    '<!-- Written by `npm run precision`. -->',
    '# Precision on real code',
    `How much of what the rules report in real code is right, and how much of what is wrong there they report. ${entries.length} classes and call sites of ${repositories().size} public repositories were read and judged by hand, rule by rule. \`npm run precision\` fetches the sources at the commits they were judged at, lints them with each preset, and writes this page. Nobody's code is kept here: only the labels, in [labels.json](../tools/real-code/labels.json) and [callsites.json](../tools/real-code/callsites.json).`,
    'Read the figures as a compass. The classes were picked, not drawn, and the rules were written with these labels at hand, so on code that nobody has looked at they will do worse.',
    `Written on ${date}.`,
    '## The bar',
    `A rule is in \`recommended\` only if at least ${PRECISION * 100} % of its judged reports there are right. That takes ${ENOUGH} judged reports: with fewer, one of them decides. A rule with fewer may have one wrong one at most, and rests on something else: that its reports on the twelve published packages of [packages.json](../tools/real-code/packages.json) were read by hand, or, where there are none, on its tests and fixtures alone. \`npm run precision\` fails when a rule of \`recommended\` is below the bar. \`strict\` has no bar: it asks for the rule book to the letter.`,
    '## What was judged',
    'A *hazard* is a bad order of calls, a leak, a hang or a skipped step that follows from the lines of the label. *By the letter*: the text of the rule is not met, but something else protects the code, or little is lost. *Nothing*: the rule has nothing to report there. One class and one rule is one label, however many reports there are.',
    labelTable(rows.map(({ rule }) => rule)),
    ...presetTables(rows, scores),
    '## How it is counted',
    'Two rules may share a kind of label, such as `no-untracked-background-task` and `require-timer-release`. Each answers for its own reports; a hazard of which the label does not say whose it is counts as found for both when one reports it. A lock that does not span both methods is labelled as a missing one: a report of `no-partial-lifecycle-lock` is right there, and the hazard is found for `require-lifecycle-lock`. A rule without labels is judged only on the classes that must be left alone.',
    '## Where they disagree',
    ...disagreements(scores),
    '## Commits',
    markdownTable([['repository', 'commit', 'labelled'], ...commitRows()]),
    ...judgedAnew(),
  ].join('\n\n')}\n`;
}

/** The rules of `recommended` that the labels are against. */
export function belowBar(rows: readonly Row[], recommended: ReadonlySet<string>): readonly string[] {
  return rows.filter(({ rule, measures }) => recommended.has(rule) && standingOf(measures.recommended) === 'below').map(({ rule }) => rule);
}

function repositories(): ReadonlySet<string> {
  return new Set(entries.map(({ repo }) => repo));
}

function commitRows(): (number | string)[][] {
  const keys = entries.map(({ repo, commit }) => `${repo} ${commit}`);
  return [...new Set(keys)].sort().map((key) => {
    const [repo = '', commit = ''] = key.split(' ');
    return [repo, `[${commit.slice(0, 12)}](https://github.com/${repo}/tree/${commit})`, keys.filter((each) => each === key).length];
  });
}

function judgedAnew(): string[] {
  const changed = entries.flatMap(({ repo, path, class: name, labels }) =>
    Object.values(labels).flatMap((label) => (label?.was === undefined ? [] : [`- \`${name ?? path}\` of ${repo}: first “${label.was}”; now ${label.severity ?? 'nothing'}: ${label.why}.`])),
  );
  return changed.length === 0 ? [] : ['## Judged anew', 'A label that the code contradicts is corrected, and listed here.', changed.join('\n')];
}
