import { CliError, type ExitCode } from '../cli-error.ts';
import type { Engine } from '../engine.ts';
import type { FoundFile } from '../files/discover-files.ts';
import { FormatReader } from '../settings/read-format.ts';
import { ProjectReader } from '../settings/read-project.ts';
import { SettingsReader } from '../settings/read-settings.ts';
import type { FileContext } from './plan-file.ts';
import { type FoundOutcome, planFound } from './plan-found.ts';

/** What is the same for every file of a run, in a form that goes from one thread to another. */
export interface Job extends Pick<FileContext, 'cwd' | 'options' | 'texts'> {
  /** By their names. */
  readonly codemods: readonly string[];
}

/** What came of some files; an error would arrive in the other thread without its exit code. */
export type BatchResult =
  | { readonly kind: 'failed'; readonly message: string; readonly exitCode: ExitCode }
  | { readonly kind: 'planned'; readonly outcomes: readonly FoundOutcome[] };

/** What a worker thread does: it plans the files that it is given, one batch after the other. */
export function batchPlanner(engine: Engine, { codemods, ...job }: Job): (files: readonly FoundFile[]) => Promise<BatchResult> {
  const context: FileContext = {
    ...job,
    codemods: engine.codemods.filter(({ name }) => codemods.includes(name)),
    engine,
    projects: new ProjectReader(),
    formats: new FormatReader(),
    settings: new SettingsReader(engine.loadParseSettings),
  };
  return async (files) => {
    const outcomes: FoundOutcome[] = [];
    try {
      for (const file of files) {
        const outcome = await planFound(file, context);
        if (outcome !== undefined) outcomes.push(outcome);
      }
    } catch (error) {
      if (error instanceof CliError) return { kind: 'failed', message: error.message, exitCode: error.exitCode };
      throw error;
    }
    return { kind: 'planned', outcomes };
  };
}
