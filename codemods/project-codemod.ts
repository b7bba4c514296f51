import type { TSESTree } from '@typescript-eslint/utils';
import type { Change, Edit } from '../edits/outcome.ts';
import type { Project } from '../model/project.ts';
import type { CodemodOptions } from './codemod.ts';

export interface ProjectOptions extends CodemodOptions {
  /** Whether a class may be given a static async `create` where its instances are not awaited at once. */
  readonly factory?: boolean;
  /** Where the vendored stack stands or will stand, as `lockFile` is told; beside each source if nothing is said. */
  readonly stackFile?: string;
}

/** Changes to several files that together mend one thing. They are made all or none. */
export interface ProjectEdit extends Pick<Edit, 'added' | 'needs'> {
  readonly kind: 'edit';
  /** By file, as the project names it. */
  readonly changes: ReadonlyMap<string, readonly Change[]>;
}

/** Why something was left, told at a place in any file of the project. */
export interface ProjectLeftover {
  readonly file: string;
  readonly node: TSESTree.Node;
  /** To be read after the name of the plan. */
  readonly why: string;
}

/** What a codemod would do to one class, function or module, and to all that has to change with it. */
export interface ProjectPlan {
  /** As in `Plan`. */
  readonly name: string;
  readonly node: TSESTree.Node;
  /** Where the node stands. */
  readonly file: string;
  readonly outcome: ProjectEdit | { readonly kind: 'leftover'; readonly left: readonly [ProjectLeftover, ...ProjectLeftover[]] };
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
