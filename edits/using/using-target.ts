import type { TSESTree } from '@typescript-eslint/utils';
import type { Service } from '../../model/service.ts';
import type { StackSource } from './stack-source.ts';

/** What the file may say, and what is known of the values in it. */
export interface UsingTarget {
  /** Whether `await using` may stand in the file. */
  readonly hasUsing: boolean;
  /** Undefined where there surely is none to be had. */
  readonly stack: StackSource | undefined;
  /** The service that a value is an instance of, where its class can be seen. */
  readonly serviceOf: (made: TSESTree.Node) => Service | undefined;
  /** Whether `await using` takes the value, and does by it what the call does. */
  readonly isDisposedBy: (made: TSESTree.Node, stop: TSESTree.CallExpression) => boolean;
}
