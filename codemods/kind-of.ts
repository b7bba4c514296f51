import type { TSESTree } from '@typescript-eslint/utils';
import { isClass } from '../model/ast/is-class.ts';
import type { ServiceResult } from './codemod.ts';

/** What a node is that stands in the place of a service. */
export function kindOf(node: TSESTree.Node): NonNullable<ServiceResult['kind']> {
  if (node.type === 'Program') return 'module';
  return isClass(node) ? 'class' : 'function';
}
