import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RulePage } from '../../codemods/rule-reports.ts';
import { packageRoot } from '../read-version.ts';

/** What the page of a rule says in short: its description, the first paragraph and where the rest is. */
export function ruleBrief(rule: string, page: RulePage): string {
  const path = join(packageRoot(), 'docs', 'rules', `${rule}.md`);
  const body = existsSync(path) ? readFileSync(path, 'utf8').split('<!-- end auto-generated rule header -->').at(1) : undefined;
  const paragraph = body?.trim().split(/\n\s*\n/, 1).join('');
  return [`lifecycle/${rule}: ${page.description}.`, ...(paragraph === undefined || paragraph.startsWith('#') ? [] : [paragraph]), page.url].join('\n');
}
