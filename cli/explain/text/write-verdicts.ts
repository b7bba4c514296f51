import type { Opinion, Verdict, VerdictReport } from '../explanation.ts';
import type { Paper } from './paper.ts';

const COLUMN = 11;

/** What the rules report, and first what `recommended` has of it. */
export function writeReported(paper: Paper, verdicts: readonly Verdict[]): void {
  const { colors } = paper;
  paper.heading('Rules that report');
  for (const { rule, recommended } of verdicts) {
    if (recommended.outcome === 'reported') writeReports(paper, 'reported', rule, recommended.reports, colors.red);
  }
  for (const { rule, recommended, strict } of verdicts) {
    const more = strict.reports.filter((report) => !recommended.reports.some((known) => known.line === report.line && known.messageId === report.messageId));
    if (more.length > 0) writeReports(paper, 'strict', rule, more, colors.yellow);
  }
  if (!verdicts.some(({ recommended, strict }) => recommended.outcome === 'reported' || strict.outcome === 'reported')) paper.line('  none');
}

/** Why the others are silent; rules that are silent for one reason stand together. */
export function writeSilences(paper: Paper, verdicts: readonly Verdict[]): void {
  paper.heading('Rules that are silent, and why');
  for (const outcome of ['kept', 'unknown', 'not asked'] as const) writeSilent(paper, outcome, verdicts);
}

function writeReports(paper: Paper, label: string, rule: string, reports: readonly VerdictReport[], paint: (text: string) => string): void {
  paper.row(label, rule, { column: COLUMN, paint });
  for (const { line, message } of reports) paper.row('', `line ${String(line)}: ${message}`, { column: COLUMN });
}

function writeSilent(paper: Paper, outcome: Exclude<Opinion['outcome'], 'reported'>, verdicts: readonly Verdict[]): void {
  const { colors } = paper;
  const paint = outcome === 'kept' ? colors.green : outcome === 'unknown' ? colors.yellow : colors.dim;
  const silent = verdicts.filter(({ recommended }) => recommended.outcome === outcome);
  const reasons = new Set(silent.map(({ recommended: { why } }) => why));
  for (const why of reasons) {
    const rules = silent.filter(({ recommended }) => recommended.why === why).map(({ rule }) => rule);
    paper.row(outcome, rules.join(', '), { column: COLUMN, paint });
    paper.row('', `${why}.`, { column: COLUMN });
  }
}
