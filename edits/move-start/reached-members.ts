import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../model/ast/is-function.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { thisRoot } from '../../model/ast/this-root.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { visit } from '../../model/ast/visit.ts';
import { methodOf } from '../../model/flow/walk.ts';
import type { ClassFacts } from '../../model/service.ts';

export interface Reached {
  /** Every member that is mentioned, methods too. */
  readonly mentioned: ReadonlySet<string>;
  /** The fields that are assigned, updated or deleted. */
  readonly written: ReadonlySet<string>;
  /** The code itself, and that of the methods it comes to. */
  readonly code: readonly TSESTree.Node[];
}

/**
 * The members of `this` that code comes to, through the methods of the class that it mentions. `callbacks`: whether functions that are written in it count, as
 * if they ran at once.
 */
export function reachedMembers(nodes: readonly TSESTree.Node[], facts: ClassFacts, callbacks: 'count' | 'later'): Reached {
  const reached = { mentioned: new Set<string>(), written: new Set<string>(), code: [] as TSESTree.Node[] };
  const read = (root: TSESTree.Node): void => {
    reached.code.push(root);
    visit(root, (node) => {
      if (callbacks === 'later' && isFunction(node) && node !== root) return 'skip';
      const target = targetOf(node);
      const field = target === undefined ? undefined : thisRoot(target);
      if (field !== undefined) reached.written.add(field);
      const name = node.type === 'MemberExpression' ? thisMember(node) : undefined;
      if (name === undefined || reached.mentioned.has(name)) return undefined;
      reached.mentioned.add(name);
      const below = methodOf(facts, name)?.value ?? facts.getters.get(name);
      if (below !== undefined) read(below);
      return undefined;
    });
  };
  for (const node of nodes) read(node);
  return reached;
}

function targetOf(node: TSESTree.Node): TSESTree.Node | undefined {
  if (node.type === 'AssignmentExpression') return unwrap(node.left);
  if (node.type === 'UpdateExpression') return unwrap(node.argument);
  return node.type === 'UnaryExpression' && node.operator === 'delete' ? unwrap(node.argument) : undefined;
}
