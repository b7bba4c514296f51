import type { ServiceResult } from '../codemods/codemod.ts';
import type { FoundFile } from './discover-files.ts';
import { planFile, type FileContext } from './plan-file.ts';
import { describeError, type Problem } from './problem.ts';
import { readSource, type SourceText } from './read-source.ts';

/** A file that holds services. `before` and `after` are all its characters, and equal where nothing is to change. */
export interface PlannedFile extends FoundFile {
  readonly before: string;
  readonly after: string;
  readonly services: readonly ServiceResult[];
  /** The path of the new file that it imports, where there is one. */
  readonly newFile: string | undefined;
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
  /** Those that hold services, by name. */
  readonly files: readonly PlannedFile[];
  readonly newFiles: readonly NewFile[];
  readonly missing: readonly MissingPackages[];
  readonly skipped: readonly Problem[];
  readonly problems: readonly Problem[];
}

export interface PlanRequest {
  readonly files: readonly FoundFile[];
  readonly context: FileContext;
  readonly mayConcern: (text: string) => boolean;
  /** Told how many files are done; where it gives a promise, the next file waits for it. */
  readonly onProgress: (done: number) => Promise<void> | undefined;
}

/** Reads all files, and runs the codemods on those that may hold a service. A file on which that fails leaves the others alone. */
export async function planFiles({ files, context, mayConcern, onProgress }: PlanRequest): Promise<Plan> {
  const planned: PlannedFile[] = [];
  const newFiles = new Map<string, NewFile>();
  const missing = new Map<string, Set<string>>();
  const skipped: Problem[] = [];
  const problems: Problem[] = [];
  for (const [done, file] of files.entries()) {
    const pause = onProgress(done);
    if (pause !== undefined) await pause;
    const source = read(file, mayConcern);
    if (source.kind === 'unwanted') continue;
    if (source.kind !== 'text') {
      (source.kind === 'failed' ? problems : skipped).push({ file: file.name, message: source.why });
      continue;
    }
    const outcome = await planFile(file, source, context);
    if (outcome.kind === 'problem') {
      problems.push(outcome.problem);
      continue;
    }
    if (outcome.file.services.length > 0) planned.push(outcome.file);
    if (outcome.newFile !== undefined) newFiles.set(outcome.newFile.path, outcome.newFile);
    for (const name of outcome.missing.names) {
      missing.set(outcome.missing.root, (missing.get(outcome.missing.root) ?? new Set()).add(name));
    }
  }
  return {
    filesRead: files.length,
    files: planned,
    newFiles: [...newFiles.values()],
    missing: Array.from(missing, ([root, names]) => ({ root, names: [...names].sort() })),
    skipped,
    problems,
  };
}

function read({ path }: FoundFile, mayConcern: (text: string) => boolean): SourceText {
  try {
    return readSource(path, mayConcern);
  } catch (error) {
    return { kind: 'failed', why: `cannot be read: ${describeError(error)}` };
  }
}
