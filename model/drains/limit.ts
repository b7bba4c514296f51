import type { TSESTree } from '@typescript-eslint/utils';
import type { Deadline, DeadlineFlaw, Fact } from '../service.ts';

/** How long a wait can last. Without a deadline and with `no`, for ever. */
export interface Limit {
  readonly fact: Fact;
  readonly deadline: Deadline | undefined;
  /** What stands inside the deadline: `this.#task` in `pTimeout(this.#task, …)`. */
  readonly work: TSESTree.Node | undefined;
}

export const NO_LIMIT: Limit = Object.freeze({ fact: 'no', deadline: undefined, work: undefined });
export const UNSEEN_LIMIT: Limit = Object.freeze({ fact: 'unknown', deadline: undefined, work: undefined });

export interface Found {
  readonly flaw?: DeadlineFlaw | undefined;
  readonly error?: string | undefined;
  readonly work?: TSESTree.Node | undefined;
}

/** A deadline that was found: it holds unless it has a flaw. */
export function limitBy(node: TSESTree.Node, { flaw, error, work }: Found = {}): Limit {
  return { fact: flaw === undefined ? 'yes' : 'no', deadline: Object.freeze({ node, flaw, error }), work };
}

/** A deadline of which cannot be told whether it holds. */
export function limitPerhaps(node: TSESTree.Node, work?: TSESTree.Node): Limit {
  return { fact: 'unknown', deadline: Object.freeze({ node, flaw: undefined, error: undefined }), work };
}

const RANK = { no: 0, unknown: 1, yes: 2 } as const;

function rankOf({ fact, deadline }: Limit): number {
  return 2 * RANK[fact] + (deadline === undefined ? 0 : 1);
}

/** A sound deadline that stands outside a lock: what hangs keeps the lock, and every later call waits for it. */
export function outsideLock(limit: Limit): Limit {
  const { deadline } = limit;
  if (limit.fact !== 'yes' || deadline === undefined) return limit;
  return { ...limit, fact: 'no', deadline: { ...deadline, flaw: 'outside-lock' } };
}

/** Of two deadlines round the same wait, the one that ends it. */
export function tighter(first: Limit, second: Limit): Limit {
  return rankOf(second) > rankOf(first) ? second : first;
}

/** Of two waits, the one that may last longer. */
export function looser(first: Limit, second: Limit): Limit {
  return rankOf(second) < rankOf(first) ? second : first;
}
