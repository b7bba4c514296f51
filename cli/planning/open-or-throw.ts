import type { Project } from '../../model/project.ts';
import { CliError } from '../cli-error.ts';

/** What opens a project, with what is wrong in a tsconfig.json told in one line. */
export function openOrThrow(open: () => Project): Project {
  try {
    return open();
  } catch (error) {
    if (error instanceof Error && error.name === 'ProjectError') throw new CliError(error.message);
    throw error;
  }
}
