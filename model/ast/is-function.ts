import type { TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode } from '../service.ts';

export function isFunction(node: TSESTree.Node): node is FunctionNode {
  return node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression' || node.type === 'FunctionDeclaration';
}
