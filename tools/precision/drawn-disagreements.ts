import type { Place } from './drawn.ts';
import { judgedReports } from './reports.ts';

/** Each drawn report that is not right and is still made, in a line: the wrong ones and those by the letter. */
export function drawnDisagreements(now: readonly Place[]): string[] {
  const made = new Set(now.map(keyOf));
  return (['wrong', 'literal'] as const).flatMap((verdict) => {
    const lines = judgedReports
      .filter((report) => report.verdict === verdict && made.has(keyOf(report)))
      .map(({ repo, commit, path, line, rule, why }) => `- \`${rule}\`: [${path}](https://github.com/${repo}/blob/${commit}/${path}#L${line}) of ${repo}: ${why}.`)
      .sort();
    const title = verdict === 'wrong' ? '### Drawn reports that are wrong' : '### Drawn reports by the letter';
    return [title, lines.length === 0 ? 'None is made any more.' : lines.join('\n')];
  });
}

function keyOf({ repo, path, line, rule }: Place): string {
  return `${repo} ${path}:${line} ${rule}`;
}
