import type { TSESTree } from '@typescript-eslint/utils';
import type { ClassNode } from '../service.ts';

export function isClass(node: TSESTree.Node): node is ClassNode {
  return node.type === 'ClassDeclaration' || node.type === 'ClassExpression';
}
