import type { Hooks } from '../read-sides.ts';
import type { TeardownFacts } from '../service.ts';
import type { Code } from './code.ts';
import type { FileFunctions } from './promise-work.ts';
import type { Reach } from './reach.ts';
import type { ResourceApi } from './resource-table.ts';
import type { TimerCode } from './timer-code.ts';

/** What the readers of a ledger share. */
export interface LedgerScope {
  readonly code: Code;
  readonly reach: Reach;
  readonly sides: Hooks;
  readonly file: FileFunctions;
  readonly timers: readonly TimerCode[];
  readonly teardown: TeardownFacts;
  /** What `settings.lifecycle.resources` adds to the table. */
  readonly resources: readonly ResourceApi[];
  /** Whether a field holds what the class was handed: a parameter of its constructor. */
  readonly isGiven: (field: string) => boolean;
  /** Whether a field holds what the class has made itself, by `new`. */
  readonly isMade: (field: string) => boolean;
  /** Whether a field is declared in the class or in a base that can be seen. */
  readonly isDeclared: (field: string) => boolean;
}
