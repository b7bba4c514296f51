import type { TSESTree } from '@typescript-eslint/utils';

/** The expression inside optional chains, parentheses and type assertions: `this.a` for `(this.a as B)!`. */
export function unwrap(node: TSESTree.Node): TSESTree.Node {
  let inner = node;
  for (;;) {
    switch (inner.type) {
      case 'ChainExpression':
      case 'TSAsExpression':
      case 'TSInstantiationExpression':
      case 'TSNonNullExpression':
      case 'TSSatisfiesExpression':
      case 'TSTypeAssertion':
        inner = inner.expression;
        break;
      default:
        if ((inner.type as string) !== 'ParenthesizedExpression') return inner;
        inner = (inner as unknown as { expression: TSESTree.Node }).expression;
    }
  }
}
