import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import { visit } from '../ast/visit.ts';
import type { FunctionNode } from '../service.ts';

/** The module and every function in it. */
export function scopesIn(program: TSESTree.Program): readonly (FunctionNode | TSESTree.Program)[] {
  const scopes: (FunctionNode | TSESTree.Program)[] = [program];
  visit(program, (node) => {
    if (isFunction(node)) scopes.push(node);
    return undefined;
  });
  return scopes;
}
