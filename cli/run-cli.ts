import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Arguments, parseArguments } from './arguments.ts';
import { CliError, EXIT, type ExitCode } from './cli-error.ts';
import { discoverFiles } from './discover-files.ts';
import type { Engine } from './engine.ts';
import { guardFiles } from './guard.ts';
import { installCommands } from './install-commands.ts';
import { colorsFor, type Io } from './io.ts';
import { type Plan, planFiles } from './plan.ts';
import { startProgress } from './progress.ts';
import { ProjectReader } from './read-project.ts';
import { readSettings } from './read-settings.ts';
import { readVersion } from './read-version.ts';
import { reportJson, reportJsonError } from './report-json.ts';
import { listProblems, summarise } from './report-text.ts';
import { isChanged, type Mode, type RunResult } from './run-result.ts';
import { unifiedDiff } from './unified-diff.ts';
import { introduce, listCodemods } from './usage.ts';
import { writePlan } from './write-plan.ts';

/** Runs the command, and says what the process is to exit with. All files are planned before any is written. */
export async function runCli(argv: readonly string[], io: Io, engine: Engine): Promise<ExitCode> {
  try {
    const pathExists = (path: string): boolean => statSync(resolve(io.cwd, path), { throwIfNoEntry: false }) !== undefined;
    const given = parseArguments(argv, engine.codemods, pathExists, (help) => io.stdout.write(help));
    if (given === undefined || answer(given, io, engine)) return EXIT.done;
    const result = await run(given, io, engine);
    await report(result, given, io);
    return result.exitCode;
  } catch (error) {
    const failure = error instanceof CliError ? error : new CliError(`a fault of its own, please report it: ${stackOf(error)}`);
    if (argv.includes('--json')) reportJsonError(failure, io.stdout);
    else io.stderr.write(`${colorsFor(io.stderr, io.env).red('lifecycle-codemod:')} ${failure.message}\n`);
    return failure.exitCode;
  }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** What can be said without reading a file. */
function answer({ paths, list, version, json }: Arguments, { stdout, env }: Io, { codemods }: Engine): boolean {
  const colors = colorsFor(stdout, env);
  if (version) {
    stdout.write(`${readVersion()}\n`);
  } else if (json && (list || paths.length === 0)) {
    const listed = codemods.map(({ name, description, mends, isDefault }) => ({ name, description, mends, isDefault }));
    stdout.write(`${JSON.stringify({ version: 1, codemods: listed }, undefined, 2)}\n`);
  } else if (list) {
    stdout.write(listCodemods(codemods, colors));
  } else if (paths.length === 0) {
    stdout.write(introduce(codemods, colors));
  } else {
    return false;
  }
  return true;
}

async function run(given: Arguments, io: Io, engine: Engine): Promise<RunResult> {
  const settings = await readSettings(io.cwd, engine.loadParseSettings);
  const found = await discoverFiles(given.paths, io.cwd);
  const progress = startProgress(found.files.length, io);
  const { codemods, lock, style, drainTimeout } = given;
  const planned = await planFiles({
    files: found.files,
    context: {
      cwd: io.cwd,
      codemods,
      options: {
        settings,
        ...(lock !== undefined && { lock }),
        ...(style !== undefined && { style }),
        ...(drainTimeout !== undefined && { drainTimeout }),
      },
      engine,
      projects: new ProjectReader(),
    },
    mayConcern: (text) => codemods.some(({ looksAt = 'services' }) => engine.mayHold(looksAt, text, settings.pairs)),
    onProgress: progress.report,
  }).finally(progress.stop);
  const plan: Plan = { ...planned, skipped: [...found.skipped, ...planned.skipped] };

  const mode: Mode = given.check ? 'check' : given.dryRun ? 'dry-run' : 'write';
  const changed = plan.files.filter(({ before, after }) => before !== after);
  if (mode === 'write') guardFiles(changed, { dirty: given.allowDirty, noVcs: given.allowNoVcs });
  const written = mode === 'write' && changed.length > 0 ? await writePlan(plan) : undefined;
  const problems = [...found.problems, ...plan.problems, ...(written?.problems ?? [])];
  return {
    mode,
    plan,
    written,
    problems,
    install: await installCommands(plan.missing),
    exitCode: problems.length > 0 ? EXIT.failed : hasWork(mode, plan, changed.length) ? EXIT.workLeft : EXIT.done,
  };
}

/** A preview never fails for what it shows. A check fails for what a run would mend, a run for what it had to leave. */
function hasWork(mode: Mode, { files }: Plan, changed: number): boolean {
  if (mode === 'check') return changed > 0;
  return mode === 'write' && files.some(({ services }) => services.some(({ left }) => left.length > 0));
}

/**
 * What the run is for goes to stdout: the diff, the files, or the summary of what was written.
 * The summary of a diff goes to stderr, so that the diff can be piped into `git apply`.
 */
async function report(result: RunResult, { dryRun, json, quiet }: Arguments, { cwd, env, stdout, stderr }: Io): Promise<void> {
  if (json) {
    await reportJson(result, stdout);
    return;
  }
  const { mode, plan, problems } = result;
  if (dryRun) stdout.write(await unifiedDiff(plan, colorsFor(stdout, env)));
  if (mode === 'check') stdout.write(plan.files.filter((file) => isChanged(file, result)).map(({ name }) => `${name}\n`).join(''));
  const target = mode === 'write' && !quiet ? stdout : stderr;
  const colors = colorsFor(target, env);
  target.write(quiet ? listProblems(problems, colors) : summarise(result, cwd, colors));
}
