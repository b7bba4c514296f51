import type { TSESTree } from '@typescript-eslint/utils';
import type { Fact } from './service.ts';

/** What a type checker knows of the value of an expression. `any` and what is no object give none. */
export interface InstanceType {
  /** `Bus`; empty where it has no name. */
  readonly name: string;
  /** Whether `await using` takes it as it is. */
  readonly isAsyncDisposable: Fact;
  /** Whether it can be called by that name, and whether that gives a promise. */
  readonly method: (name: string) => { readonly isAsync: Fact } | undefined;
}

/** What types a file has, where somebody has checked them: typed lint, or the codemods that read the whole project. */
export interface TypeFacts {
  readonly typeOf: (expression: TSESTree.Node) => InstanceType | undefined;
  /** Whether its value only says something, and can do nothing by itself: a string, rows. */
  readonly isData?: (expression: TSESTree.Node) => Fact;
}
