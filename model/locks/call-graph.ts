import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from '../ast/member-name.ts';
import { rebindsThis } from '../ast/rebinds-this.ts';
import { thisMember } from '../ast/this-member.ts';
import { visit } from '../ast/visit.ts';
import type { ClassFacts, Method } from '../service.ts';
import { chain } from './lock-scope.ts';

/** The methods of a class with its bases in the file, and who mentions whom, callbacks included. */
export interface CallGraph {
  readonly methods: ReadonlyMap<string, { readonly method: Method; readonly owner: ClassFacts }>;
  readonly callees: ReadonlyMap<string, ReadonlySet<string>>;
  /** The fields that each method writes. */
  readonly writes: ReadonlyMap<string, ReadonlySet<string>>;
}

const cache = new WeakMap<ClassFacts, CallGraph>();

export function callGraphOf(self: ClassFacts): CallGraph {
  const known = cache.get(self);
  if (known !== undefined) return known;
  const methods = new Map<string, { method: Method; owner: ClassFacts }>();
  for (const owner of chain(self)) {
    for (const [name, method] of owner.methods) if (!method.isStatic && !methods.has(name)) methods.set(name, { method, owner });
  }
  const callees = new Map<string, Set<string>>();
  const writes = new Map<string, Set<string>>();
  for (const [name, { method }] of methods) {
    const read = mentionsIn(method.value.body);
    callees.set(name, new Set([...read.names].filter((other) => methods.has(other))));
    writes.set(name, read.writes);
  }
  const graph = { methods, callees, writes };
  cache.set(self, graph);
  return graph;
}

/** Everything reachable from some methods, themselves included. */
export function reachableFrom(names: Iterable<string>, { callees }: Pick<CallGraph, 'callees'>): ReadonlySet<string> {
  const reached = new Set<string>(names);
  for (const name of reached) for (const callee of callees.get(name) ?? []) reached.add(callee);
  return reached;
}

function mentionsIn(body: TSESTree.Node): { readonly names: Set<string>; readonly writes: Set<string> } {
  const names = new Set<string>();
  const writes = new Set<string>();
  visit(body, (node) => {
    if (rebindsThis(node)) return 'skip';
    if (node.type === 'MemberExpression') {
      const name = thisMember(node) ?? (node.object.type === 'Super' ? memberName(node) : undefined);
      if (name !== undefined) names.add(name);
    }
    const target = node.type === 'AssignmentExpression' ? node.left : node.type === 'UpdateExpression' ? node.argument : undefined;
    const field = target === undefined ? undefined : thisMember(target);
    if (field !== undefined) writes.add(field);
    return undefined;
  });
  return { names, writes };
}
