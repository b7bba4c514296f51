import type { TSESTree } from '@typescript-eslint/utils';
import type { Fact, Hold, Lock } from '../service.ts';
import { hasLeak } from './lock-options.ts';
import type { FoundLock } from './lock-of.ts';

/** What a call does with a lock. `unread`: something, but what cannot be told. */
export interface LockUse {
  readonly kind: 'acquire' | 'look' | 'release' | 'run' | 'unread';
  readonly lock: Lock;
  readonly call: TSESTree.CallExpression;
  /** What runs under the lock, for `run`. */
  readonly work: TSESTree.Node | undefined;
  /** Whether it is sure that this excludes others while the work runs. */
  readonly isSure: Fact;
  readonly isReentrant: boolean;
  /** What a delegate leaves to be desired. */
  readonly gap?: Hold['gap'] | undefined;
}

export function use(
  kind: LockUse['kind'],
  call: TSESTree.CallExpression,
  { lock, kind: declared }: FoundLock,
  work?: TSESTree.Node,
): LockUse {
  const isLeaky = declared?.isLeaky === true || call.arguments.some(hasLeak);
  const isSure = isLeaky ? 'unknown' : (declared?.isLock ?? 'yes');
  return { kind, lock, call, work, isSure, isReentrant: declared?.isReentrant ?? false };
}
