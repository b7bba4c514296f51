import { markdownTable } from '../markdown-table.ts';
import { labelCounts } from './labels.ts';

/** How many labels there are about each rule. */
export function labelTable(rules: readonly string[]): string {
  const rows = rules.map((rule) => {
    const { hazard, literal, quiet } = labelCounts(rule);
    return [`\`${rule}\``, hazard, literal, quiet];
  });
  return markdownTable([['rule', 'hazards', 'by the letter', 'nothing'], ...rows]);
}
