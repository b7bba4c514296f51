import type { Output } from '../io.ts';
import type { Problem } from '../problem.ts';
import { nameFromRoot, type ReportedRun } from './report-results.ts';

/** One annotation; https://docs.github.com/actions/reference/workflow-commands-for-github-actions tells the form. */
interface Annotation {
  readonly level: 'error' | 'notice' | 'warning';
  readonly at?: { readonly file: string; readonly line?: number | undefined; readonly column?: number | undefined; readonly endLine?: number | undefined };
  readonly title: string;
  readonly message: string;
}

/** The results and problems of a run as workflow commands, which GitHub Actions shows at the lines of a pull request. */
export function reportGithub({ results, stale, problems, cwd }: ReportedRun, stdout: Output): void {
  const about = (problem: Problem, level: 'error' | 'warning'): Annotation => ({ level, at: { ...problem, file: nameFromRoot(problem.file, cwd) }, title: 'lifecycle-codemod', message: problem.message });
  const annotations = [
    ...results.filter(({ kind }) => kind !== 'acknowledged').map((result): Annotation => ({ level: result.kind === 'mend' ? 'warning' : 'notice', at: result, title: result.rule, message: result.message })),
    ...stale.map((problem) => about(problem, 'warning')),
    ...problems.map((problem) => about(problem, 'error')),
  ];
  stdout.write(annotations.map((annotation) => `${print(annotation)}\n`).join(''));
}

/** The failure of a run as one. */
export function reportGithubError(message: string, stdout: Output): void {
  stdout.write(`${print({ level: 'error', title: 'lifecycle-codemod', message })}\n`);
}

function print({ level, at, title, message }: Annotation): string {
  const properties = { file: at?.file, line: at?.line, endLine: at?.endLine, col: at?.column, title };
  const given = Object.entries(properties).filter(([, value]) => value !== undefined);
  return `::${level} ${given.map(([key, value]) => `${key}=${escapeProperty(String(value))}`).join(',')}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
