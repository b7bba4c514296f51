import { accessSync, constants, readFileSync, rmSync, statSync } from 'node:fs';
import type { InterruptedExit } from '../cli-error.ts';
import { Interruption } from './interruption.ts';
import type { NewFile, Plan, PlannedFile } from '../planning/plan.ts';
import { describeError, type Problem } from '../problem.ts';
import { createFile, replaceFile } from './replace-file.ts';

export interface Written {
  /** The paths that were written, new files among them. */
  readonly paths: ReadonlySet<string>;
  readonly problems: readonly Problem[];
  /** What to exit with, where a signal ended the writing early. */
  readonly interrupted?: InterruptedExit;
}

/**
 * Writes what is planned, each file in one step: a run that is cut off leaves every file either as it was or as planned.
 * A file that is no longer what was read, or that is read-only, is left alone and reported; of files that belong together none is written then.
 */
export async function writePlan(plan: Pick<Plan, 'files' | 'isJoint' | 'newFiles'>): Promise<Written> {
  const interruption = new Interruption();
  try {
    const writing = new Writing(plan);
    return await writing.run(() => interruption.check());
  } finally {
    interruption.end();
  }
}

class Writing {
  readonly #changed: readonly PlannedFile[];
  readonly #newFiles: readonly NewFile[];
  readonly #isJoint: boolean;
  readonly #paths = new Set<string>();
  readonly #problems: Problem[] = [];

  constructor({ files, newFiles, isJoint }: Pick<Plan, 'files' | 'isJoint' | 'newFiles'>) {
    this.#changed = files.filter(({ before, after }) => before !== after);
    const wanted = new Set(this.#changed.flatMap(({ newFiles: own }) => own));
    this.#newFiles = newFiles.filter(({ path }) => wanted.has(path));
    this.#isJoint = isJoint;
  }

  async run(check: () => Promise<InterruptedExit | undefined>): Promise<Written> {
    if (this.#isJoint) {
      for (const file of this.#changed) this.#attempt(file, () => checkUnchanged(file));
      this.#paths.clear();
      if (this.#problems.length > 0) return this.#result();
    }
    const steps = [
      ...this.#newFiles.map((file) => ({ file, write: () => writeNew(file) })),
      ...this.#changed.map((file) => ({ file, write: () => this.#replace(file) })),
    ];
    for (const [done, { file, write }] of steps.entries()) {
      const interrupted = await check();
      if (interrupted !== undefined) return this.#stopAt(file, steps.length - done, interrupted);
      this.#attempt(file, write);
    }
    if (this.#isJoint && this.#problems.length > 0) this.#takeBack();
    return this.#result();
  }

  #attempt(file: Pick<PlannedFile, 'name' | 'path'>, write: () => void): void {
    try {
      write();
      this.#paths.add(file.path);
    } catch (error) {
      this.#problems.push({ file: file.name, message: `not written: ${describeError(error)}` });
    }
  }

  #replace(file: PlannedFile): void {
    if (!file.newFiles.every((path) => this.#paths.has(path))) throw new Error('the file that it would import could not be written');
    checkUnchanged(file);
    replaceFile(file.path, file.after);
  }

  #stopAt({ name }: Pick<PlannedFile, 'name'>, count: number, interrupted: InterruptedExit): Written {
    if (this.#isJoint) this.#takeBack();
    const others = count > 1 ? `, nor ${String(count - 1)} more` : '';
    this.#problems.push({ file: name, message: `not written${others}: the run was interrupted; run again` });
    return { ...this.#result(), interrupted };
  }

  /** What belongs together is written whole or not at all. */
  #takeBack(): void {
    for (const file of this.#changed) if (this.#paths.has(file.path)) this.#undo(file, () => replaceFile(file.path, file.before));
    for (const file of this.#newFiles) if (this.#paths.has(file.path)) this.#undo(file, () => rmSync(file.path, { force: true }));
  }

  #undo({ name, path }: Pick<PlannedFile, 'name' | 'path'>, undo: () => void): void {
    try {
      undo();
      this.#paths.delete(path);
    } catch (error) {
      this.#problems.push({ file: name, message: `written, and could not be taken back: ${describeError(error)}` });
    }
  }

  #result(): Written {
    return { paths: this.#paths, problems: this.#problems };
  }
}

/** Never on top of a file that has come into being since. */
function writeNew({ path, text }: NewFile): void {
  try {
    createFile(path, text);
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw isThere ? new Error('a file of this name has come into being meanwhile', { cause: error }) : error;
  }
}

function checkUnchanged({ path, before }: PlannedFile): void {
  const { mode } = statSync(path);
  if ((mode & 0o222) === 0) throw new Error('it is read-only'); // an atomic write replaces the file, and would not notice
  accessSync(path, constants.W_OK);
  if (!readFileSync(path).equals(Buffer.from(before))) throw new Error('it was changed while this ran; run again');
}
