import { accessSync, constants, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { NewFile, Plan, PlannedFile } from './plan.ts';
import { describeError, type Problem } from './problem.ts';

export interface Written {
  /** The paths that were written, new files among them. */
  readonly paths: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

/**
 * Writes what is planned, each file in one step: a run that is cut off leaves every file either as it was or as planned.
 * A file that is no longer what was read, or that is read-only, is left alone and reported.
 */
export async function writePlan({ files, newFiles }: Pick<Plan, 'files' | 'newFiles'>): Promise<Written> {
  const { default: writeFileAtomic } = await import('write-file-atomic');
  const paths = new Set<string>();
  const problems: Problem[] = [];
  const attempt = (file: { path: string; name: string }, write: () => void): void => {
    try {
      write();
      paths.add(file.path);
    } catch (error) {
      problems.push({ file: file.name, message: `not written: ${describeError(error)}` });
    }
  };

  const changed = files.filter(({ before, after }) => before !== after);
  const wanted = new Set(changed.map(({ newFile }) => newFile));
  for (const file of newFiles) {
    if (wanted.has(file.path)) attempt(file, () => writeNew(file));
  }
  for (const file of changed) {
    attempt(file, () => {
      if (file.newFile !== undefined && !paths.has(file.newFile)) throw new Error('the file that it would import could not be written');
      checkUnchanged(file);
      writeFileAtomic.sync(file.path, file.after);
    });
  }
  return { paths, problems };
}

/** Never on top of a file that has come into being since. */
function writeNew({ path, text }: NewFile): void {
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (isThere) throw new Error('a file of this name has come into being meanwhile', { cause: error });
    rmSync(path, { force: true });
    throw error;
  }
}

function checkUnchanged({ path, before }: PlannedFile): void {
  const { mode } = statSync(path);
  if ((mode & 0o222) === 0) throw new Error('it is read-only'); // an atomic write replaces the file, and would not notice
  accessSync(path, constants.W_OK);
  if (!readFileSync(path).equals(Buffer.from(before))) throw new Error('it was changed while this ran; run again');
}
