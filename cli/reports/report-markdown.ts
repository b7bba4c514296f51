import { NO_COLORS, type Output } from '../io.ts';
import type { PlannedFile } from '../planning/plan.ts';
import type { Problem } from '../problem.ts';
import { commandsToRun, countLine } from './report-text.ts';
import { isChanged, type RunResult } from '../run-result.ts';
import { unifiedDiff } from './unified-diff.ts';

/** GitHub takes 65,536 characters in a comment, GitLab more. */
const MOST_CHARACTERS = 60_000;
/** For each table. */
const MOST_IN_ROWS = 18_000;

/** A run as Markdown for a comment at a pull request: what would change or has changed, what is left, and the diffs as far as there is room. */
export async function reportMarkdown(result: RunResult, cwd: string, stdout: Output): Promise<void> {
  const { plan, problems, mode } = result;
  const commands = commandsToRun(result, cwd);
  const rows = plan.files.flatMap((file) => rowsOf(file, result));
  const head = [
    '### lifecycle-codemod',
    countLine(result),
    table(['Where', 'What', mode === 'write' ? 'Added' : 'Would add', 'Left to mend by hand'], rows),
    commands.length === 0 ? '' : `To install: ${commands.map(code).join(', ')}`,
    table(['Acknowledged for nothing', 'Why'], (plan.stale ?? []).map(problemRow)),
    table(['Failed', 'Why'], problems.map(problemRow)),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
  const changed = plan.files.filter((file) => isChanged(file, result));
  const foot = changed.length === 0 || mode === 'write' ? '' : '\n`npx lifecycle-codemod` with the same paths makes these changes.\n';
  let text = `${head}\n`;
  for (const [index, file] of changed.entries()) {
    const details = await detailsOf(file, result);
    if (text.length + details.length + foot.length > MOST_CHARACTERS) {
      const more = changed.length - index;
      text += `\n…and ${more} more file${more === 1 ? '' : 's'}: \`npx lifecycle-codemod --dry-run\` shows every diff.\n`;
      break;
    }
    text += details;
  }
  stdout.write(text + foot);
}

/** The failure of a run. */
export function reportMarkdownError(message: string, stdout: Output): void {
  stdout.write(`### lifecycle-codemod\n\nIt could not run: ${escape(message)}\n`);
}

function rowsOf(file: PlannedFile, result: RunResult): readonly (readonly string[])[] {
  return file.services
    .map(({ service, line, added, left }) => {
      const shown = isChanged(file, result) ? added.map(({ what }) => code(what)) : [];
      const reasons = left.map(({ why, line: at, file: elsewhere }) => `${escape(why)} (${elsewhere === undefined ? '' : `${escape(elsewhere)}, `}line ${at})`);
      return { cells: [code(`${file.name}:${line}`), code(service), shown.join(', '), reasons.join('<br>')], isEmpty: shown.length + reasons.length === 0 };
    })
    .flatMap(({ cells, isEmpty }) => (isEmpty ? [] : [cells]));
}

function problemRow({ file, line, column, message }: Problem): readonly string[] {
  return [code(line === undefined ? file : `${file}:${line}:${column ?? 1}`), escape(message)];
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  let length = 0;
  const shown = rows.map(line).filter((row) => (length += row.length) < MOST_IN_ROWS);
  const more = rows.length === shown.length ? [] : ['', `…and ${rows.length - shown.length} more.`];
  return [line(heading), line(heading.map(() => '---')), ...shown, ...more].join('\n');
}

async function detailsOf(file: PlannedFile, { plan }: RunResult): Promise<string> {
  const newFiles = plan.newFiles.filter(({ path }) => file.newFiles.includes(path));
  const diff = await unifiedDiff({ files: [file], newFiles }, NO_COLORS);
  const fence = '`'.repeat(Math.max(3, ...Array.from(diff.matchAll(/`+/g), ([run]) => run.length + 1)));
  return `\n<details><summary>${escape(file.name)}</summary>\n\n${fence}diff\n${diff.trimEnd()}\n${fence}\n\n</details>\n`;
}

/** In a cell of a table a bar ends the cell even within backticks. */
function code(text: string): string {
  const fence = text.includes('`') ? '``' : '`';
  const pad = text.includes('`') ? ' ' : '';
  return `${fence}${pad}${text.replaceAll('|', String.raw`\|`).replaceAll(/\s+/g, ' ')}${pad}${fence}`;
}

/** Text that is not Markdown; what it has in backticks stays code. */
function escape(text: string): string {
  const parts = text.replaceAll(/\s*\n\s*/g, ' ').split('`');
  const isPaired = parts.length % 2 === 1;
  return parts.map((part, index) => (isPaired && index % 2 === 1 ? part : escapeProse(part))).join('`').replaceAll('|', String.raw`\|`);
}

function escapeProse(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll(/[*_[\]]/g, String.raw`\$&`);
}
