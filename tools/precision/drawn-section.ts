import { drawnTable, totalOf } from './drawn-table.ts';
import { judgedReports, searched } from './reports.ts';
import type { Row } from './row.ts';

/** How the reports were drawn, what they were, and which rules had none. */
export function drawnSection(rows: readonly Row[]): string[] {
  const count = (verdict: string): number => judgedReports.filter((report) => report.verdict === verdict).length;
  const { files, read, services, repositories, seed, sought } = searched;
  const none = rows.filter(({ rule, drawn }) => searched.reports[rule] === undefined && totalOf(drawn) === 0).map(({ rule }) => `\`${rule}\``);
  return [
    '## Reports drawn at random',
    `${repositories.length} public repositories, at the commits in [searched.json](../tools/real-code/searched.json), were linted with \`recommended\`, without their tests, examples and vendored code: ${files} source files, of which ${read} can hold what a rule looks at, with ${services} services. Of each rule up to 25 reports were drawn (seed ${seed}; repository by repository in random order, so that as many as possible are among them, and none from a labelled file), and all of them where there were fewer. Of the three rules that have most labels it was 14. Three rules, of which too much was wrong or by the letter, then report less under \`recommended\`, and up to 16 of what they still reported were drawn again. The code of each was read, with its callers where they matter, as somebody who keeps that code and doubts the report. *Right*: on these lines something goes wrong. *By the letter*: the text of the rule is not met, but an owner, a second guard or the life of the object protects the code, or little is lost, or nobody can tell. *Wrong*: the report says what is not so.`,
    `Of ${judgedReports.length} reports ${count('right')} are right, ${count('literal')} name what is missing by the letter only, and ${count('wrong')} are wrong. *Precision* is the share of right ones among the right and wrong ones as they were drawn, and so what to expect of code that nobody has looked at. What was drawn stays counted: *mended*, *spared* and *lost* say how many of the wrong, the literal and the right ones are made no more. *Not judged* is what the rule reports besides in the same files.`,
    drawnTable(rows),
    none.length === 0 ? '' : `Nothing was reported there by ${none.join(', ')}: for them these ${files} files say only that they keep quiet. \`no-started-provider\` reported nothing there either; its reports are from ${sought.repositories.length} repositories (${sought.files} files) that a search for providers and for kills by a pid file had found, and all of them were judged. \`no-stale-pid-kill\` was silent there too.`,
  ].filter((part) => part !== '');
}
