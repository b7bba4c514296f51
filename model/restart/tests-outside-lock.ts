import type { TSESTree } from '@typescript-eslint/utils';
import type { LockFacts, Method } from '../service.ts';

/** Of the tests in start those that it makes before it has the lock which stop holds, too. */
export function testsOutsideLock({ name, value }: Method, { holds, lifecycle, stop }: LockFacts, tests: readonly TSESTree.Node[]): readonly TSESTree.Node[] {
  const held = holds.filter(({ lock, method }) => lock.key === lifecycle?.key && method.name === name).flatMap((hold) => hold.held);
  if (held.length === 0 || stop === 'no') return [];
  return tests.filter((test) => isIn(test, value) && !held.some((part) => isIn(test, part)));
}

function isIn({ range: [start, end] }: TSESTree.Node, { range: [from, to] }: TSESTree.Node): boolean {
  return from <= start && end <= to;
}
