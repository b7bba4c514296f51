import type { TSESTree } from '@typescript-eslint/utils';

/** Calls, `new` expressions and functions that are made, in the order in which a path comes by them; `true` where every path that led here did. */
export type Calls = ReadonlyMap<TSESTree.Node, boolean>;

/** What was called on a path: before the promise at issue rejected, and since. */
export interface Trace {
  readonly before: Map<TSESTree.Node, boolean>;
  readonly since: Map<TSESTree.Node, boolean>;
}

export function newTrace(): Trace {
  return { before: new Map(), since: new Map() };
}

export function copyOfTrace({ before, since }: Trace): Trace {
  return { before: new Map(before), since: new Map(since) };
}

export function joinTraces(first: Trace, second: Trace): Trace {
  return { before: joinCalls(first.before, second.before), since: joinCalls(first.since, second.since) };
}

function joinCalls(first: Calls, second: Calls): Map<TSESTree.Node, boolean> {
  const joined = new Map([...first].map(([node, isSure]) => [node, isSure && second.get(node) === true] as const));
  for (const node of second.keys()) if (!joined.has(node)) joined.set(node, false);
  return joined;
}
