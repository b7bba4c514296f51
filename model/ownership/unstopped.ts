import type { TSESTree } from '@typescript-eslint/utils';

/**
 * Something that a function makes and starts, and that nobody stops, although it surely has a stop:
 * - `forgotten`: the function only asks it for something, and keeps it to itself
 * - `orphaned`: the function hands it on, but something that may fail stands before that
 */
export interface Unstopped {
  readonly kind: 'forgotten' | 'orphaned';
  readonly variable: string;
  readonly declaration: TSESTree.VariableDeclarator;
  /** The call that starts it. */
  readonly start: TSESTree.CallExpression;
  /** What may fail before it is handed on; only of `orphaned`. */
  readonly fails: TSESTree.Node | undefined;
  /** The method that would stop it: `disconnect`, `[Symbol.asyncDispose]`. */
  readonly stop: string;
  /** Whether `await using` takes it as it is. */
  readonly isAsyncDisposable: boolean;
  /** As in `StartedHere`. */
  readonly runsOn: boolean;
  readonly owner: string;
}
