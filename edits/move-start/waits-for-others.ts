import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { visit } from '../../model/ast/visit.ts';
import type { ClassFacts, Method } from '../../model/service.ts';
import { reachedMembers } from './reached-members.ts';

/** A wait in start that may last until somebody calls another method: who awaits start first would then wait for ever. */
export function waitsForOthers({ value }: Method, facts: ClassFacts): TSESTree.Node | undefined {
  const { code, written } = reachedMembers([value], facts, 'count');
  let found: TSESTree.Node | undefined;
  for (const root of code) {
    visit(root, (node) => {
      if (node.type === 'NewExpression' && keepsResolver(node)) found ??= node;
      const field = node.type === 'AwaitExpression' ? thisMember(node.argument) : undefined;
      if (field !== undefined && !written.has(field)) found ??= node;
      return undefined;
    });
  }
  return found;
}

/** `new Promise((resolve) => { this.resolve = resolve; })` */
function keepsResolver(node: TSESTree.NewExpression): boolean {
  const [executor] = node.arguments;
  if (calleeName(node) !== 'Promise' || executor === undefined || !isFunction(executor)) return false;
  const [resolve] = executor.params;
  let found = false;
  visit(executor.body, (at) => {
    const right = at.type === 'AssignmentExpression' ? unwrap(at.right) : undefined;
    found ||= right?.type === 'Identifier' && resolve?.type === 'Identifier' && right.name === resolve.name;
    return undefined;
  });
  return found;
}
