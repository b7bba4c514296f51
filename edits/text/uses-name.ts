import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from '../../model/ast/children.ts';

/** Whether the code has a variable of that name, as far as can be seen without its scopes; `object.name` is none. */
export function usesName(node: TSESTree.Node, name: string): boolean {
  if (node.type === 'Identifier') return node.name === name;
  const key = node.type === 'MemberExpression' && !node.computed ? node.property : undefined;
  return childNodes(node).some((child) => child !== key && usesName(child, name));
}
