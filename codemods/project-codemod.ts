import type { ProjectPlan } from '../edits/project-plan.ts';
import type { Project } from '../model/project.ts';
import type { CodemodOptions } from './codemod.ts';

export type { ProjectEdit, ProjectLeftover, ProjectPlan } from '../edits/project-plan.ts';

export interface ProjectOptions extends CodemodOptions {
  /** Whether a class may be given a static async `create` where its instances are not awaited at once. */
  readonly factory?: boolean;
  /** Where the vendored stack stands or will stand that a source would import, both told as the project names its files; without it none is used. */
  readonly stackFileFor?: (source: string) => string;
  /** The lowest Node of the package that a source is of, which need not be that of the files that are asked for; `nodeMajor` if nothing is said. */
  readonly nodeMajorFor?: (source: string) => number | undefined;
}

/** Mends what its rules find, where that takes more than one file. */
export interface ProjectCodemod {
  readonly name: string;
  readonly description: string;
  readonly mends: readonly string[];
  /** Rules that may report the result for what the code has done all along, and only where they could not see it. */
  readonly reveals?: readonly string[];
  readonly isDefault: false;
  readonly scope: 'project';
  /** Whether a text may hold what it mends. The project is loaded only if one of the files that were asked for does. */
  readonly mayConcern: (text: string, options: ProjectOptions) => boolean;
  /** One plan for each owner with something to mend in the files that are asked for; the edits may reach any file of the project. @internal */
  readonly planProject: (project: Project, files: readonly string[], options: ProjectOptions) => readonly ProjectPlan[];
}
