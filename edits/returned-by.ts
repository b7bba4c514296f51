import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../model/ast/is-function.ts';
import { visit } from '../model/ast/visit.ts';
import type { MethodValue } from '../model/service.ts';

/** Every expression that a function returns. */
export function returnedBy({ body }: MethodValue): readonly TSESTree.Expression[] {
  if (body.type !== 'BlockStatement') return [body];
  const found: TSESTree.Expression[] = [];
  visit(body, (node) => {
    if (isFunction(node)) return 'skip';
    if (node.type === 'ReturnStatement' && node.argument !== null) found.push(node.argument);
    return undefined;
  });
  return found;
}
