import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../../model/ast/contains.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { visit } from '../../model/ast/visit.ts';
import type { ClassFacts, Service } from '../../model/service.ts';
import type { Place } from './place-of-acquired.ts';

/** Where a function of start may fail with something in hand, or a flag set: the awaits in it, and the calls of helpers that wait. In the order of the text. */
export function failuresIn({ facts, startup }: Service, fn: Place['fn']): readonly TSESTree.Node[] {
  const found = new Set<TSESTree.Node>();
  for (const { fails } of [...startup.gaps, ...(startup.leftSet === undefined ? [] : [startup.leftSet])]) {
    if (contains(fn.body, fails)) found.add(fails);
    else for (const call of callsTo(facts, fn.body, fails)) found.add(call);
  }
  return [...found].sort((one, other) => one.range[0] - other.range[0]);
}

function callsTo(facts: ClassFacts, body: TSESTree.Node, target: TSESTree.Node): readonly TSESTree.Node[] {
  const calls: TSESTree.Node[] = [];
  visit(body, (node) => {
    const name = node.type === 'CallExpression' ? thisMember(node.callee) : undefined;
    if (name !== undefined && leadsTo(facts, name, target, new Set())) calls.push(node);
    return undefined;
  });
  return calls;
}

function leadsTo(facts: ClassFacts, name: string, target: TSESTree.Node, entered: Set<string>): boolean {
  const method = facts.methods.get(name);
  if (method === undefined || entered.has(name)) return false;
  entered.add(name);
  const isNext = (node: TSESTree.Node): boolean => node.type === 'MemberExpression' && leadsTo(facts, thisMember(node) ?? '', target, entered);
  return contains(method.value, target) || someBelow(method.value.body, isNext);
}
