import type { TSESTree } from '@typescript-eslint/utils';
import type { Change, Edit } from './outcome.ts';

/** Changes to several files that together mend one thing. They are made all or none. */
export interface ProjectEdit extends Pick<Edit, 'added' | 'needs'> {
  readonly kind: 'edit';
  /** By file, as the project names it. */
  readonly changes: ReadonlyMap<string, readonly Change[]>;
  /** Whether the class may be a service by it that was none before: then the rules look at it for the first time. */
  readonly mayMakeService?: boolean;
}

/** Why something was left, told at a place in any file of the project. */
export interface ProjectLeftover {
  readonly file: string;
  readonly node: TSESTree.Node;
  /** To be read after the name of the plan. */
  readonly why: string;
}

/** What is to be done about one class, function or module, and about all that has to change with it. */
export interface ProjectPlan<Made extends ProjectEdit = ProjectEdit> {
  /** The name of the class or function; `(module)` for what stands in neither. */
  readonly name: string;
  /** The class, the function, or the program. */
  readonly node: TSESTree.Node;
  /** Where the node stands. */
  readonly file: string;
  readonly outcome: Made | { readonly kind: 'leftover'; readonly left: readonly [ProjectLeftover, ...ProjectLeftover[]] };
}
