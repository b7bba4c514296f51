import { markdownTable } from '../markdown-table.ts';
import { type Drawn, NONE } from './drawn.ts';
import { share } from './ratio.ts';
import { searched } from './reports.ts';
import type { Row } from './row.ts';

const HEADER = ['rule', 'reports', 'drawn', 'right', 'by the letter', 'wrong', 'precision', 'mended', 'spared', 'lost', 'not judged'];

/** The drawn reports by rule. What has no report is not in it. */
export function drawnTable(rows: readonly Row[]): string {
  const reported = rows.filter(({ rule, drawn }) => searched.reports[rule] !== undefined || totalOf(drawn) > 0);
  return markdownTable([
    HEADER,
    ...reported.map(({ rule, drawn }) => {
      const { right, literal, wrong, mended, spared, lost, unjudged } = drawn;
      return [`\`${rule}\``, reportsOf(rule), totalOf(drawn), right, literal, wrong, share(right, right + wrong), mended, spared, lost, unjudged];
    }),
  ]);
}

/** As the rule's own page tells it. */
export function drawnInWords(drawn: Drawn): string {
  const { right, literal, wrong, mended } = drawn;
  if (totalOf(drawn) === 0) return `In ${searched.files} source files of ${searched.repositories.length} public repositories \`recommended\` reported nothing of it that could be drawn.`;
  const since = mended === 0 ? '' : `; ${mended} of the wrong ones it makes no more`;
  return `Of ${totalOf(drawn)} reports that were drawn at random from ${searched.repositories.length} public repositories ${right} were right, ${literal} named what is missing by the letter only, and ${wrong} were wrong${since}.`;
}

/** Reads the table back from the page. */
export function readDrawn(page: string, rule: string): Drawn {
  const [, section = ''] = page.split('\n## Reports drawn at random\n');
  const [, cells] = new RegExp(String.raw`^\| \`${rule}\` (.*)\|$`, 'm').exec(section.split('\n## ')[0] ?? '') ?? [];
  if (cells === undefined) return NONE;
  const [, , , right = 0, literal = 0, wrong = 0, , mended = 0, spared = 0, lost = 0, unjudged = 0] = cells.split('|').map((cell) => Number(cell));
  return { right, literal, wrong, mended, spared, lost, unjudged };
}

export function totalOf({ right, literal, wrong }: Drawn): number {
  return right + literal + wrong;
}

function reportsOf(rule: string): string {
  const found = searched.reports[rule] ?? searched.sought.reports[rule];
  return found === undefined ? '0' : `${found.reports} in ${found.repositories}`;
}
