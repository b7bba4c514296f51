import type { TSESTree } from '@typescript-eslint/utils';
import type { Change, Edit } from '../outcome.ts';

/** Why a provider is left, told at a place in any file of the project. */
export interface ProviderLeftover {
  readonly file: string;
  readonly node: TSESTree.Node;
  /** To be read after the name of the provider. */
  readonly why: string;
}

/** A call of a provider that is going to start what it gets. `change` is among those of the plan. */
export interface PlannedStart {
  readonly file: string;
  readonly node: TSESTree.CallExpression;
  readonly change: Change;
}

/** What is to be done about one provider, and about all that call it. */
export interface ProviderPlan {
  readonly name: string;
  readonly node: TSESTree.Node;
  readonly file: string;
  readonly outcome:
    | ({ readonly kind: 'edit'; readonly changes: ReadonlyMap<string, readonly Change[]>; readonly starts: readonly PlannedStart[] } & Pick<Edit, 'added' | 'needs'>)
    | { readonly kind: 'leftover'; readonly left: readonly [ProviderLeftover, ...ProviderLeftover[]] };
}
