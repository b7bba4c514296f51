import type { ServiceResult } from '../../codemods/codemod.ts';
import type { FoundFile } from '../files/discover-files.ts';
import { mergeOutcomes } from './merge-outcomes.ts';
import type { FileContext } from './plan-file.ts';
import { type FoundOutcome, planFound } from './plan-found.ts';
import type { Problem } from '../problem.ts';

/** A file that holds services. `before` and `after` are all its characters, or digests of them where nobody shows or writes them, and equal where nothing is to change. */
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
  /** Told how many files are done; where it gives a promise, the next file waits for it. */
  readonly onProgress: (done: number) => Promise<void> | undefined;
}

/** Reads all files, and runs the codemods on those that may hold a service. A file on which that fails leaves the others alone. */
export async function planFiles({ files, context, onProgress }: PlanRequest): Promise<Plan> {
  const outcomes: FoundOutcome[] = [];
  for (const [done, file] of files.entries()) {
    const pause = onProgress(done);
    if (pause !== undefined) await pause;
    const outcome = await planFound(file, context);
    if (outcome !== undefined) outcomes.push(outcome);
  }
  return mergeOutcomes(outcomes, files.length);
}
