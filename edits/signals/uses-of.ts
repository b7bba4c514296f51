import type { TSESTree } from '@typescript-eslint/utils';
import { isPropertyName } from '../../model/ast/is-property-name.ts';
import { visit } from '../../model/ast/visit.ts';
import type { FunctionNode } from '../../model/service.ts';
import { functionAt } from '../../model/signals/function-at.ts';
import type { SignalFile } from '../../model/signals/signal-file.ts';

/** Where the name of a function, or `this` and its name, stands for it below a node. */
export function usesOf(fn: FunctionNode, below: TSESTree.Node, file: SignalFile): readonly TSESTree.Node[] {
  const uses: TSESTree.Node[] = [];
  visit(below, (node) => {
    const isName = node.type === 'Identifier' && !isPropertyName(node, file.parents.get(node)) && !isDeclared(node, file.parents.get(node));
    if ((isName || node.type === 'MemberExpression') && functionAt(node, file) === fn) uses.push(node);
    return undefined;
  });
  return uses;
}

function isDeclared(node: TSESTree.Node, parent: TSESTree.Node | undefined): boolean {
  return parent !== undefined && 'id' in parent && parent.id === node;
}
