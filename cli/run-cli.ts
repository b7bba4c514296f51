import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Arguments, parseArguments } from './arguments/arguments.ts';
import { checkTerminal } from './review/ask.ts';
import { CliError, EXIT, type ExitCode } from './cli-error.ts';
import { completionScript } from './arguments/completion.ts';
import type { Engine } from './engine.ts';
import { findFiles } from './files/find-files.ts';
import { finish } from './after-writing/finish.ts';
import { guardFiles } from './version-control/guard.ts';
import { colorsFor, type Io } from './io.ts';
import { type Plan, planFiles, type PlannedFile } from './planning/plan.ts';
import type { FileContext } from './planning/plan-file.ts';
import { startProgress } from './progress.ts';
import { FormatReader } from './settings/read-format.ts';
import { ProjectReader } from './settings/read-project.ts';
import { SettingsReader } from './settings/read-settings.ts';
import { readVersion } from './read-version.ts';
import { report, reportFailure } from './reports/report.ts';
import { formatIn } from './reports/report-format.ts';
import { JSON_SCHEMA } from './reports/report-json.ts';
import { reviewPlan } from './review/review.ts';
import { reviewRequest } from './review/review-request.ts';
import type { Mode, RunResult } from './run-result.ts';
import { introduce, listCodemods } from './arguments/usage.ts';
import { writePlan } from './writing/write-plan.ts';

/** Runs the command, and says what the process is to exit with. All files are planned before any is written. */
export async function runCli(argv: readonly string[], io: Io, engine: Engine): Promise<ExitCode> {
  try {
    const pathExists = (path: string): boolean => statSync(resolve(io.cwd, path), { throwIfNoEntry: false }) !== undefined;
    const codemods = [...engine.codemods, ...engine.projectCodemods];
    if (argv[0] === 'completion' && !pathExists('completion')) {
      io.stdout.write(completionScript(argv[1], codemods));
      return EXIT.done;
    }
    if (argv[0] === 'explain') return await (await import('./explain/run-explain.ts')).runExplain(argv.slice(1), io, engine);
    if (argv[0] === 'report') return await (await import('./inventory/run-report.ts')).runReport(argv.slice(1), io, engine);
    const given = parseArguments(argv, codemods, pathExists, (help) => io.stdout.write(help));
    if (given === undefined || answer(given, io, engine)) return EXIT.done;
    const settings = new SettingsReader(engine.loadParseSettings);
    const result = await run(given, io, engine, settings);
    await report(result, given, { io, engine, settings });
    return result.exitCode;
  } catch (error) {
    const failure = error instanceof CliError ? error : new CliError(`a fault of its own, please report it: ${stackOf(error)}`);
    reportFailure(failure, formatIn(argv), io);
    return failure.exitCode;
  }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** What can be said without reading a file. */
function answer({ paths, list, version, format }: Arguments, { stdout, env }: Io, engine: Engine): boolean {
  const codemods = [...engine.codemods, ...engine.projectCodemods];
  const colors = colorsFor(stdout, env);
  if (version) {
    stdout.write(`${readVersion()}\n`);
  } else if (format === 'json' && (list || paths.length === 0)) {
    const listed = codemods.map(({ name, description, mends, isDefault }) => ({ name, description, mends, isDefault }));
    stdout.write(`${JSON.stringify({ $schema: JSON_SCHEMA, version: 1, codemods: listed }, undefined, 2)}\n`);
  } else if (list) {
    stdout.write(listCodemods(codemods, colors));
  } else if (paths.length === 0) {
    stdout.write(introduce(codemods, colors));
  } else {
    return false;
  }
  return true;
}

async function run(given: Arguments, io: Io, engine: Engine, settings: SettingsReader): Promise<RunResult> {
  if (given.interactive) checkTerminal(io);
  const found = await findFiles(given, io.cwd);
  const progress = startProgress(found.files.length, io);
  const { codemods, projectCodemods, factory, lock, style, drainTimeout } = given;
  const options = {
    ...(lock !== undefined && { lock }),
    ...(style !== undefined && { style }),
    ...(drainTimeout !== undefined && { drainTimeout }),
  };
  const shared = { files: found.files, onProgress: progress.report };
  const projects = new ProjectReader();
  const context: FileContext = { cwd: io.cwd, codemods, options, engine, projects, formats: new FormatReader(), settings, ...(!needsTexts(given) && { texts: 'as digests' }) };
  const planning =
    projectCodemods.length > 0
      ? (await import('./planning/plan-project.ts')).planProject({ ...shared, cwd: io.cwd, codemods: projectCodemods, options: { ...options, factory }, engine, projects, settings, tsconfig: given.tsconfig })
      : given.workers > 1 && found.files.length > 1
        ? (await import('./planning/plan-in-workers.ts')).planInWorkers({ ...shared, context, workers: given.workers, workerFile: engine.workerFile() })
        : planFiles({ ...shared, context });
  const planned = await planning.finally(progress.stop);
  const whole: Plan = { ...planned, skipped: [...found.skipped, ...planned.skipped] };

  const mode: Mode = given.check ? 'check' : given.dryRun ? 'dry-run' : 'write';
  // What is staged, and has no other changes, can be had back from the index.
  const safe = new Set(given.staged ? found.files.map(({ path }) => path) : []);
  if (mode === 'write') guardFiles(changedIn(whole).filter(({ path }) => !safe.has(path)), { dirty: given.allowDirty, noVcs: given.allowNoVcs });
  const wanted = given.interactive ? await reviewPlan(whole, reviewRequest(context, io, engine)) : whole;
  const plan = given.typecheck ? await (await import('./planning/check-types.ts')).checkTypes(wanted, io.cwd, engine.loadOpenProject) : wanted;
  const changed = changedIn(plan);
  const written = mode === 'write' && changed.length > 0 ? await writePlan(plan) : undefined;
  const { install, warnings, problems: later } = await finish(written?.interrupted === undefined ? written : undefined, plan, given, io);
  const problems = [...found.problems, ...plan.problems, ...(written?.problems ?? []), ...later];
  return {
    mode,
    plan,
    written,
    problems,
    warnings,
    install,
    exitCode: written?.interrupted ?? (problems.length > 0 ? EXIT.failed : hasWork(mode, plan, changed.length) ? EXIT.workLeft : EXIT.done),
  };
}

/** Whether a text is written, compiled, shown, or asked about once more. */
function needsTexts({ check, dryRun, typecheck, format }: Arguments): boolean {
  return !check || dryRun || typecheck || (format !== 'json' && format !== 'text');
}

function changedIn({ files }: Plan): readonly PlannedFile[] {
  return files.filter(({ before, after }) => before !== after);
}

/** A preview never fails for what it shows. A check fails for what a run would mend, a run for what it had to leave, both for comments that do not hold. */
function hasWork(mode: Mode, { files, stale = [] }: Plan, changed: number): boolean {
  if (mode !== 'dry-run' && stale.length > 0) return true;
  if (mode === 'check') return changed > 0;
  return mode === 'write' && files.some(({ services }) => services.some(({ left }) => left.length > 0));
}
