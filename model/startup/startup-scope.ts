import type { TSESTree } from '@typescript-eslint/utils';
import type { Code } from '../ledger/code.ts';
import type { Reach } from '../ledger/reach.ts';
import type { Sides } from '../read-sides.ts';
import type { World } from '../restart/machine.ts';
import type { AnswerFrom, RunFrom } from './memo-runs.ts';
import type { Resource } from './resource.ts';
import type { StartTests } from './start-tests.ts';

/** What the reading of a start has to know of its class. */
export interface StartupScope {
  readonly code: Code;
  readonly reach: Reach;
  readonly world: World;
  readonly runFrom: RunFrom;
  readonly answerFrom: AnswerFrom;
  /** What is asked for once for each failure, and is the same for all. */
  readonly tests: StartTests;
  /** What the calls of the class acquire, by the call. */
  readonly resources: ReadonlyMap<TSESTree.Node, Resource>;
  readonly sides: Sides;
  /** Whether start runs until stop; only what fails before its loop is a start that failed. */
  readonly isInPlace: boolean;
}
