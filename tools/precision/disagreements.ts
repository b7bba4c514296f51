import { entries } from './labels.ts';
import { blamed, type Finding, type Score } from './measure.ts';

type Scores = Readonly<Record<'recommended' | 'strict', Score>>;

/** Each wrong report and each miss in a line: of `recommended`, and then what only `strict` adds. */
export function disagreements({ recommended, strict }: Scores): string[] {
  const first = new Set(recommended.findings.flatMap((finding) => blamed(finding).map((rule) => keyOf(finding, rule))));
  return [
    ...listOf('Wrong reports of `recommended`', recommended, 'FP', new Set()),
    ...listOf('Hazards that `recommended` misses', recommended, 'miss', new Set()),
    ...listOf('Wrong reports that `strict` adds', strict, 'FP', first),
    ...listOf('What `strict` misses besides', strict, 'miss', first),
  ];
}

function listOf(title: string, { findings }: Score, kind: 'FP' | 'miss', but: ReadonlySet<string>): string[] {
  const lines = findings
    .filter(({ verdict }) => (verdict === 'FP') === (kind === 'FP'))
    .flatMap((finding) => blamed(finding).map((rule) => ({ finding, rule })))
    .filter(({ finding, rule }) => !but.has(keyOf(finding, rule)))
    .map(({ finding, rule }) => lineOf(finding, rule))
    .sort();
  return [`### ${title}`, lines.length === 0 ? 'None.' : lines.join('\n')];
}

function lineOf(finding: Finding, rule: string): string {
  const { verdict, repo, path, line, class: name, why } = finding;
  const entry = entries.find((each) => each.repo === repo && each.path === path);
  const link = `[${name}](https://github.com/${repo}/blob/${entry?.commit ?? 'HEAD'}/${path}#L${line})`;
  const reason = oneLine(why === '' ? 'the label gives only the lines' : why);
  return `- \`${rule}\`: ${link} of ${repo}: ${verdict === 'FP' ? 'judged as nothing to report, ' : ''}${reason}.`;
}

function keyOf({ verdict, repo, path, class: name, rule: code }: Finding, rule: string): string {
  return [verdict === 'FP' ? 'FP' : 'miss', repo, path, name, code, rule].join(' ');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[<>[\]*_]/g, String.raw`\$&`).replace(/\.$/, '');
}
