import { dirname } from 'node:path';
import { type Codemod, type CodemodOptions, type ServiceResult, UnparsableError } from '../codemods/codemod.ts';
import type { ResolvedSettings } from '../model/settings.ts';
import type { FoundFile } from './discover-files.ts';
import type { Engine, RunCodemods } from './engine.ts';
import { describeError, type Problem } from './problem.ts';
import { type Project, ProjectReader } from './read-project.ts';
import { readSource } from './read-source.ts';
import { VendoredFiles } from './vendored-files.ts';

/** A file that holds services. `before` and `after` are all its characters, and the same where nothing is to change. */
export interface PlannedFile extends FoundFile {
  readonly before: string;
  readonly after: string;
  readonly services: readonly ServiceResult[];
  /** The new file that its imports need, if any: a path of `newFiles`. */
  readonly needsFile: string | undefined;
}

/** A file to be made, where there is none yet. */
export interface NewFile extends FoundFile {
  readonly text: string;
}

/** Packages to be installed in the project at `root`. */
export interface MissingPackages {
  readonly root: string;
  readonly names: readonly string[];
}

/** What a run would do, file by file. Making it changes nothing. */
export interface Plan {
  readonly filesRead: number;
  readonly files: readonly PlannedFile[];
  readonly newFiles: readonly NewFile[];
  readonly missing: readonly MissingPackages[];
  readonly skipped: readonly Problem[];
  readonly problems: readonly Problem[];
}

export interface PlanRequest {
  readonly files: readonly FoundFile[];
  readonly cwd: string;
  readonly codemods: readonly Codemod[];
  readonly options: Pick<CodemodOptions, 'lock' | 'style'>;
  readonly settings: ResolvedSettings;
  readonly engine: Engine;
  /** Told before each file is read; when it gives a promise, the loop waits for it. */
  readonly onProgress: (done: number, total: number) => Promise<void> | undefined;
}

/** Reads all files and runs the codemods on those that may hold a service. What fails on one file leaves the others alone. */
export async function planFiles(request: PlanRequest): Promise<Plan> {
  return await new Planner(request).plan();
}

class Planner {
  readonly #request: PlanRequest;
  readonly #projects = new ProjectReader();
  readonly #vendored: VendoredFiles;
  readonly #files: PlannedFile[] = [];
  readonly #missing = new Map<string, Set<string>>();
  readonly #skipped: Problem[] = [];
  readonly #problems: Problem[] = [];
  #run: RunCodemods | undefined;

  constructor(request: PlanRequest) {
    this.#request = request;
    this.#vendored = new VendoredFiles(request.cwd, request.engine.loadLockSource);
  }

  async plan(): Promise<Plan> {
    const { files, onProgress } = this.#request;
    for (const [index, file] of files.entries()) {
      const pause = onProgress(index, files.length);
      if (pause !== undefined) await pause;
      try {
        await this.#planFile(file);
      } catch (error) {
        this.#problems.push({ file: file.name, message: `cannot be read: ${describeError(error)}` });
      }
    }
    return {
      filesRead: files.length,
      files: this.#files,
      newFiles: this.#vendored.files,
      missing: Array.from(this.#missing, ([root, names]) => ({ root, names: [...names].sort() })),
      skipped: this.#skipped,
      problems: this.#problems,
    };
  }
}
