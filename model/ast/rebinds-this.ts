import type { TSESTree } from '@typescript-eslint/utils';
import { isClass } from './is-class.ts';

/** Whether `this` means something else inside: a class, or a function that is no arrow. */
export function rebindsThis(node: TSESTree.Node): boolean {
  return node.type === 'FunctionExpression' || node.type === 'FunctionDeclaration' || isClass(node);
}
