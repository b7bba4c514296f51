import type { TSESTree } from '@typescript-eslint/utils';
import { readChildren } from './kills/children.ts';
import { exitsOfChild } from './kills/exits-of-child.ts';
import { readFileCode } from './kills/file-code.ts';
import { deadEscalationsOf } from './kills/dead-escalations.ts';
import type { DeadEscalation, Kill, KillFacts } from './kills/kill.ts';
import { readKills } from './kills/read-kill.ts';
import { stalePidsOf } from './kills/stale-pids.ts';
import { usesOfChild } from './kills/uses-of-child.ts';

const cache = new WeakMap<TSESTree.Program, KillFacts>();

/** What a file does to child processes and pids, in classes, functions and the module itself. Read once for each program, and frozen. */
export function killsOf(program: TSESTree.Program): KillFacts {
  let facts = cache.get(program);
  if (facts === undefined) {
    facts = readFile(program);
    cache.set(program, facts);
  }
  return facts;
}

function readFile(program: TSESTree.Program): KillFacts {
  const code = readFileCode(program);
  const { children, slots } = readChildren(code);
  const kills: Kill[] = [];
  const dead: DeadEscalation[] = [];
  const read = children.map((child) => ({ child, uses: usesOfChild(child, code) }));
  for (const { child, uses } of read) {
    if (uses.kills.length === 0) continue;
    kills.push(...readKills({ child, uses, exits: exitsOfChild(child, uses, slots, code), code }));
    dead.push(...deadEscalationsOf(uses, code));
  }
  const inOrder = <T extends Kill | DeadEscalation>(facts: readonly T[]): readonly T[] => Object.freeze(facts.toSorted((a, b) => a.node.range[0] - b.node.range[0]));
  return Object.freeze({ kills: inOrder(kills), dead: inOrder(dead), stale: Object.freeze(stalePidsOf(read, code)) });
}
