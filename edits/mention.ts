import type { TSESTree } from '@typescript-eslint/utils';

/** `held`: runs before the lock is given back. `free`: nobody under the lock waits for it. */
export type State = 'free' | 'held' | 'unsure';

/** One place where `this.name` stands for a method of the class. */
export interface Mention {
  readonly name: string;
  readonly node: TSESTree.MemberExpression;
  readonly call: TSESTree.CallExpression | undefined;
  readonly isCall: boolean;
  readonly state: State;
  /** Whether work that is kept in a field waits for it. */
  readonly waits: boolean;
  /** Whether any work that goes on behind the lock's back waits for it. */
  readonly isAwaitedFree: boolean;
  /** The field that its promise is kept in. */
  readonly keptIn: string | undefined;
  /** Whether code under the lock calls it where it handles a failure, and does not wait for it. */
  readonly isLeftBehind: boolean;
  /** The method it stands in. */
  readonly host: string;
  /** Whether it stands in a function inside that method. */
  readonly nested: boolean;
}
