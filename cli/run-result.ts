import type { InstallCommand } from './after-writing/install-commands.ts';
import type { Plan, PlannedFile } from './planning/plan.ts';
import type { ExitCode } from './cli-error.ts';
import type { Problem } from './problem.ts';
import type { Written } from './writing/write-plan.ts';

export type Mode = 'check' | 'dry-run' | 'write';

/** How a run went, for the reports. */
export interface RunResult {
  readonly mode: Mode;
  readonly plan: Plan;
  /** What was written; undefined where nothing was to be. */
  readonly written: Written | undefined;
  readonly problems: readonly Problem[];
  /** One line each: something went wrong that harms nothing which was written. */
  readonly warnings: readonly string[];
  readonly install: readonly InstallCommand[];
  readonly exitCode: ExitCode;
}

/** Whether a file is different after the run, or would be if the run wrote. */
export function isChanged({ path, before, after }: PlannedFile, { written }: Pick<RunResult, 'written'>): boolean {
  return before !== after && (written === undefined || written.paths.has(path));
}
