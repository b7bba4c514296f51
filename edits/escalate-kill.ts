import type { TSESTree } from '@typescript-eslint/utils';
import { killsOf } from '../model/read-kills.ts';
import { readFileCode } from '../model/kills/file-code.ts';
import type { DeadEscalation, Kill } from '../model/kills/kill.ts';
import type { Service } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import type { DrainTimeoutOptions } from './drain-timeout-options.ts';
import { escalateIn } from './kill/escalate-in.ts';
import type { Outcome } from './outcome.ts';

/** What is to be done to one class, function or module. */
interface Owner {
  readonly name: string;
  readonly node: TSESTree.Node;
  readonly kills: readonly Kill[];
  readonly dead: readonly DeadEscalation[];
}

interface OwnerPlan {
  readonly name: string;
  readonly node: TSESTree.Node;
  readonly outcome: Outcome;
}

/**
 * Lets whoever ends a child process wait for its exit, and send SIGKILL when that does not come in time. One plan for each class or function which
 * goes on as if the child were gone; another signal may be one to a process whose end nobody has to see.
 */
export function escalateKills(source: Source, services: readonly Service[], options: DrainTimeoutOptions): readonly OwnerPlan[] {
  const owners = ownersIn(source);
  if (owners.length === 0) return [];
  const code = readFileCode(source.program);
  return owners.map(({ name, node, kills, dead }) => {
    const service = services.find((one) => one.node === node);
    return { name, node, outcome: escalateIn({ source, code, service, options, node }, kills, dead) };
  });
}

function ownersIn({ program }: Source): readonly Owner[] {
  const { kills, dead } = killsOf(program);
  const open = kills.filter(({ gap }) => gap !== undefined);
  const owners = new Map([...open.filter(({ strands }) => strands), ...dead].map(({ owner, ownerNode }) => [ownerNode, owner] as const));
  return [...owners]
    .sort(([one], [other]) => one.range[0] - other.range[0])
    .map(([node, name]) => ({ name, node, kills: open.filter(({ ownerNode }) => ownerNode === node), dead: dead.filter(({ ownerNode }) => ownerNode === node) }));
}
