import type { TSESTree } from '@typescript-eslint/utils';
import type { Fact, Hold, HoldForm, Lock } from '../service.ts';

/** Statements of one list that take a lock, hold it, and let it go. */
export interface Taking {
  readonly lock: Lock;
  readonly form: HoldForm;
  readonly node: TSESTree.Node;
  readonly held: readonly TSESTree.Node[];
  readonly isSure: Fact;
  readonly gap: Hold['gap'];
  /** Index of the first statement after them. */
  readonly next: number;
  /** A method of the class that is called here and takes the lock itself, with its holds. */
  readonly forwarded?: { readonly to: string; readonly holds: readonly Hold[] };
}

export type Statements = readonly TSESTree.Statement[];
