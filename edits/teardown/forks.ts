import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { CHAINS } from '../../model/flow/callee-names.ts';
import type { FunctionNode, Service, TeardownStep } from '../../model/service.ts';
import { missedBy } from '../../model/teardown/matters.ts';
import type { Leftover } from '../outcome.ts';
import { functionOn, pathTo } from './path-to.ts';

/** A block in which one statement must not keep the later ones from running. */
export interface Host {
  readonly fn: FunctionNode;
  readonly block: TSESTree.BlockStatement;
  /** From the class down to the block. */
  readonly path: readonly TSESTree.Node[];
}

/** Two nodes of one function, by which stop comes to a step and to one that it skips. */
interface Fork {
  readonly failing: TSESTree.Node;
  readonly skipped: TSESTree.Node;
}

/** The nodes by which stop comes to a step, one for each function on the way. */
export function wayTo({ via, call }: TeardownStep): readonly TSESTree.Node[] {
  return [...via, call];
}

/** The blocks of a service in which steps are skipped, each once and not within another; or why one of them cannot be told. */
export function hostsOf({ node, teardown }: Service): readonly Host[] | Leftover {
  const hosts = new Map<TSESTree.Node, Host>();
  const pathOf = pathsFrom(node);
  for (const step of teardown.steps) {
    for (const skipped of missedBy(step, 'awaited', node)) {
      const host = step === skipped ? roundsOf(node, step) : hostOf(forkOf(step, skipped), pathOf);
      if (host === undefined) return { kind: 'leftover', node: step.call, why: reasonFor(node, step) };
      if (!hosts.has(host.block)) hosts.set(host.block, host);
    }
  }
  return merge([...hosts.values()]);
}

function reasonFor(root: TSESTree.Node, step: TeardownStep): string {
  const isChained = wayTo(step).some((node) => pathTo(root, node).some((above) => above.type === 'CallExpression' && CHAINS.has(calleeName(above) ?? '')));
  return isChained ? `its steps are chained with .then(): ${step.name}` : `${step.name} and what it skips stand in one expression`;
}

function forkOf(step: TeardownStep, skipped: TeardownStep): Fork {
  const other = wayTo(skipped);
  const level = wayTo(step).findIndex((node, index) => other[index] !== node);
  return { failing: wayTo(step)[level] ?? step.call, skipped: other[level] ?? skipped.call };
}

type PathOf = (target: TSESTree.Node) => readonly TSESTree.Node[];

/** Each step has a fork with each of those after it. */
function pathsFrom(root: TSESTree.Node): PathOf {
  const known = new Map<TSESTree.Node, readonly TSESTree.Node[]>();
  return (target) => {
    const path = known.get(target) ?? pathTo(root, target);
    known.set(target, path);
    return path;
  };
}

function hostOf({ failing, skipped }: Fork, pathOf: PathOf): Host | undefined {
  const path = pathOf(failing);
  const other = pathOf(skipped);
  return hostAt(path, path.findLastIndex((node) => other.includes(node)));
}

/** The block round the innermost loop over a list, in the function of the step or in one that calls it. */
function roundsOf(root: TSESTree.Node, step: TeardownStep): Host | undefined {
  for (const node of wayTo(step).toReversed()) {
    const path = pathTo(root, node);
    const fn = functionOn(path);
    const loop = path.findLastIndex(({ type }, index) => /^For(?:Of|In)?Statement$/.test(type) && index > path.indexOf(fn ?? root));
    if (loop !== -1) return hostAt(path, loop - 1);
  }
  return undefined;
}

function hostAt(path: readonly TSESTree.Node[], at: number): Host | undefined {
  const block = path[at];
  const fn = functionOn(path);
  if (block?.type !== 'BlockStatement' || fn === undefined || path.indexOf(fn) > at) return undefined;
  return { fn, block, path: path.slice(0, at + 1) };
}

/** A block within another is left out, where what fails in it can be thrown at the end of the other. */
function merge(hosts: readonly Host[]): readonly Host[] {
  return hosts.filter((inner) => !hosts.some((outer) => outer !== inner && outer.fn === inner.fn && isOpenTo(inner, outer)));
}

function isOpenTo(inner: Host, outer: Host): boolean {
  const at = inner.path.indexOf(outer.block);
  return at !== -1 && inner.path.slice(at + 1).every(({ type }) => /^(?:Block|If|For|ForOf|ForIn)Statement$/.test(type));
}
