import type { ServiceResult } from '../../codemods/codemod.ts';
import type { CliError, ExitCode } from '../cli-error.ts';
import type { InstallCommand } from '../after-writing/install-commands.ts';
import { NO_COLORS, type Output } from '../io.ts';
import type { Problem } from '../problem.ts';
import { isChanged, type Mode, type RunResult } from '../run-result.ts';
import { unifiedDiff } from './unified-diff.ts';

/** Where the schema of the documents is published; schemas/lifecycle-codemod.schema.json in the package is the same. */
export const JSON_SCHEMA = 'https://unpkg.com/eslint-plugin-lifecycle/schemas/lifecycle-codemod.schema.json';

/**
 * The document that `--format json` prints. Within a `version`, fields are added and never renamed or removed.
 * Paths have slashes and are relative to the working directory; lines and columns count from 1, in the file as it was read.
 */
export interface JsonReport {
  readonly $schema: string;
  readonly version: 1;
  readonly mode: Mode;
  readonly exitCode: ExitCode;
  readonly filesRead: number;
  /** The files that hold services, by name. */
  readonly files: readonly {
    readonly file: string;
    /** Whether it was changed, or with `--dry-run` and `--check`: would be. */
    readonly isChanged: boolean;
    readonly services: readonly ServiceResult[];
  }[];
  /** Files that were made, or would be. */
  readonly newFiles: readonly string[];
  readonly install: readonly InstallCommand[];
  /** What went wrong without harm to what was written. */
  readonly warnings: readonly string[];
  /** `lifecycle-codemod-ignore` comments that name nothing, give no reason or hold nothing back. */
  readonly staleAcknowledgements?: readonly Problem[];
  /** Files that were not looked at, and need not be. */
  readonly skipped: readonly Problem[];
  /** Files that could not be read, parsed or written. */
  readonly problems: readonly Problem[];
  /** With `--dry-run`: what would change, as one patch. */
  readonly diff?: string;
}

/** The document in place of a report when a run could not be made. */
export interface JsonError {
  readonly $schema: string;
  readonly version: 1;
  readonly exitCode: ExitCode;
  readonly error: string;
}

/** The report of a run as JSON. */
export async function reportJson(result: RunResult, stdout: Output): Promise<void> {
  const { mode, plan, written, problems, warnings, install, exitCode } = result;
  const report: JsonReport = {
    $schema: JSON_SCHEMA,
    version: 1,
    mode,
    exitCode,
    filesRead: plan.filesRead,
    files: plan.files.map((file) => ({ file: file.name, isChanged: isChanged(file, result), services: file.services })),
    newFiles: plan.newFiles.filter(({ path }) => written?.paths.has(path) ?? true).map(({ name }) => name),
    install,
    warnings,
    ...(plan.stale !== undefined && plan.stale.length > 0 && { staleAcknowledgements: plan.stale }),
    skipped: plan.skipped,
    problems,
    ...(mode === 'dry-run' && { diff: await unifiedDiff(plan, NO_COLORS) }),
  };
  stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
}

/** The failure of a run as JSON. */
export function reportJsonError({ exitCode, message }: CliError, stdout: Output): void {
  const report: JsonError = { $schema: JSON_SCHEMA, version: 1, exitCode, error: message };
  stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
}
