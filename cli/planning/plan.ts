import { dirname } from 'node:path';
import type { ServiceResult } from '../../codemods/codemod.ts';
import type { ResolvedSettings } from '../../model/settings.ts';
import type { FoundFile } from '../files/discover-files.ts';
import { mergeMissing } from './merge-missing.ts';
import { planFile, type FileContext } from './plan-file.ts';
import type { Problem } from '../problem.ts';
import { tryReadSource } from '../files/read-source.ts';

/** A file that holds services. `before` and `after` are all its characters, and equal where nothing is to change. */
export interface PlannedFile extends FoundFile {
  readonly before: string;
  readonly after: string;
  readonly services: readonly ServiceResult[];
  /** The paths of the new files that it imports. */
  readonly newFiles: readonly string[];
}

/** A file to be made where there is none. */
export interface NewFile extends FoundFile {
  readonly text: string;
}

/** Packages that the project in the folder `root` has yet to install. */
export interface MissingPackages {
  readonly root: string;
  readonly names: readonly string[];
}

/** What a run would do. Making it changes nothing. */
export interface Plan {
  readonly filesRead: number;
  /** Whether its files belong together, so that none is written unless all can be. */
  readonly isJoint: boolean;
  /** Those that hold services, by name. */
  readonly files: readonly PlannedFile[];
  readonly newFiles: readonly NewFile[];
  readonly missing: readonly MissingPackages[];
  /** What `-i` asked about and nobody wanted; they are among the services of the files. */
  readonly declined?: ReadonlySet<ServiceResult>;
  readonly skipped: readonly Problem[];
  readonly problems: readonly Problem[];
  /** Comments that keep codemods from something, and do not hold. */
  readonly stale?: readonly Problem[];
}

export interface PlanRequest {
  readonly files: readonly FoundFile[];
  readonly context: FileContext;
  readonly mayConcern: (text: string, settings: ResolvedSettings) => boolean;
  /** Told how many files are done; where it gives a promise, the next file waits for it. */
  readonly onProgress: (done: number) => Promise<void> | undefined;
}

/** Reads all files, and runs the codemods on those that may hold a service. A file on which that fails leaves the others alone. */
export async function planFiles({ files, context, mayConcern, onProgress }: PlanRequest): Promise<Plan> {
  const planned: PlannedFile[] = [];
  const newFiles = new Map<string, NewFile>();
  const missing: MissingPackages[] = [];
  const skipped: Problem[] = [];
  const problems: Problem[] = [];
  const stale: Problem[] = [];
  for (const [done, file] of files.entries()) {
    const pause = onProgress(done);
    if (pause !== undefined) await pause;
    const nearest = context.settings.read(dirname(file.path));
    const settings = nearest instanceof Promise ? await nearest : nearest;
    const source = tryReadSource(file.path, (text) => mayConcern(text, settings));
    if (source.kind === 'unwanted') continue;
    if (source.kind !== 'text') {
      (source.kind === 'failed' ? problems : skipped).push({ file: file.name, message: source.why });
      continue;
    }
    const outcome = await planFile(file, { ...source, settings }, context);
    if (outcome.kind === 'problem') {
      problems.push(outcome.problem);
      continue;
    }
    stale.push(...outcome.stale);
    if (outcome.file.services.length > 0) planned.push(outcome.file);
    for (const newFile of outcome.newFiles) newFiles.set(newFile.path, newFile);
    missing.push(outcome.missing);
  }
  return {
    filesRead: files.length,
    isJoint: false,
    files: planned,
    newFiles: [...newFiles.values()],
    missing: mergeMissing(missing),
    skipped,
    problems,
    stale,
  };
}
