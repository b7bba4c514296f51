import type { Arguments } from '../arguments/arguments.ts';
import type { CliError } from '../cli-error.ts';
import type { Engine } from '../engine.ts';
import { colorsFor, type Io } from '../io.ts';
import { quoteName } from '../files/quote-name.ts';
import type { SettingsReader } from '../settings/read-settings.ts';
import type { Format } from './report-format.ts';
import { reportGithub, reportGithubError } from './report-github.ts';
import { reportJson, reportJsonError } from './report-json.ts';
import { reportMarkdown, reportMarkdownError } from './report-markdown.ts';
import { resultsOf } from './report-results.ts';
import { reportSarif, reportSarifError } from './report-sarif.ts';
import { listProblems, summarise } from './report-text.ts';
import { readRuleKnowledge } from './rule-knowledge.ts';
import { isChanged, type RunResult } from '../run-result.ts';
import { columnsOf } from '../wrap.ts';
import { unifiedDiff } from './unified-diff.ts';

export interface ReportContext {
  readonly io: Io;
  readonly engine: Engine;
  readonly settings: SettingsReader;
}

/**
 * What the run is for goes to stdout: the document, the diff, the files, or the summary of what was written.
 * The summary of a diff and of annotations goes to stderr, so that the rest can be piped on.
 */
export async function report(result: RunResult, { dryRun, format, quiet }: Arguments, context: ReportContext): Promise<void> {
  const { cwd, env, stdout, stderr } = context.io;
  if (format === 'json') return reportJson(result, stdout);
  if (format === 'markdown') return reportMarkdown(result, cwd, stdout);
  if (format === 'sarif' || format === 'github') await reportResults(result, format, context);
  if (format === 'sarif') return;

  const { mode, plan, problems, warnings } = result;
  const isText = format === 'text';
  if (isText && dryRun) stdout.write(await unifiedDiff(plan, colorsFor(stdout, env)));
  if (isText && mode === 'check') stdout.write(plan.files.filter((file) => isChanged(file, result)).map(({ name }) => `${quoteName(name)}\n`).join(''));
  const target = isText && mode === 'write' && !quiet ? stdout : stderr;
  const look = { colors: colorsFor(target, env), columns: columnsOf(target) };
  target.write(quiet ? listProblems(problems, warnings, look) : summarise(result, cwd, look));
}

async function reportResults(result: RunResult, format: 'github' | 'sarif', { io, engine, settings }: ReportContext): Promise<void> {
  const { cwd, stdout } = io;
  const knowledge = await readRuleKnowledge(result, engine, settings);
  const results = resultsOf(result, knowledge, cwd);
  const { plan, problems, exitCode } = result;
  const stale = plan.stale ?? [];
  if (format === 'github') reportGithub({ results, stale, problems, cwd }, stdout);
  else reportSarif({ results, fixes: (await import('./sarif-fixes.ts')).fixesOf(result, cwd), stale, problems, exitCode, pageOf: knowledge.pageOf, cwd }, stdout);
}

/** Whoever reads a document gets one, too, where the run could not be made. */
export function reportFailure(failure: CliError, format: Format, { stdout, stderr, env }: Io): void {
  if (format === 'json') reportJsonError(failure, stdout);
  else if (format === 'sarif') reportSarifError(failure, stdout);
  else if (format === 'markdown') reportMarkdownError(failure.message, stdout);
  else if (format === 'github') reportGithubError(failure.message, stdout);
  else stderr.write(`${colorsFor(stderr, env).red('lifecycle-codemod:')} ${failure.message}\n`);
}
