import type { ServiceResult } from '../../codemods/codemod.ts';
import type { RulePage, RuleReport } from '../../codemods/rule-reports.ts';
import { ruleBrief } from '../review/rule-brief.ts';

/** What the rules report about a service, and for each of these rules what its page says in short. */
export function explainService(
  { service }: ServiceResult,
  mended: readonly string[],
  reports: readonly RuleReport[],
  pageOf: (rule: string) => RulePage | undefined,
): string {
  const about = reports.filter((report) => report.service === service && mended.includes(report.rule));
  const rules = about.length > 0 ? about.map(({ rule }) => rule) : mended;
  const parts = [...new Set(rules)].map((rule) => {
    const page = pageOf(rule);
    const lines = about.filter((report) => report.rule === rule).map(({ line, message }) => `Line ${line}: ${message}`);
    return [...lines, ...(page === undefined ? [] : [ruleBrief(rule, page)])].join('\n');
  });
  return parts.join('\n\n');
}
