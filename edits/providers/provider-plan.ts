import type { TSESTree } from '@typescript-eslint/utils';
import type { Change } from '../outcome.ts';
import type { ProjectEdit, ProjectPlan } from '../project-plan.ts';

/** A call of a provider that is going to start what it gets. `change` is among those of the plan. */
export interface PlannedStart {
  readonly file: string;
  readonly node: TSESTree.CallExpression;
  readonly change: Change;
}

/** What is to be done about one provider, and about all that call it. */
export type ProviderPlan = ProjectPlan<ProjectEdit & { readonly starts: readonly PlannedStart[] }>;
