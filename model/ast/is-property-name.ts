import type { TSESTree } from '@typescript-eslint/utils';

/** Whether an identifier is a key or a label and means no variable: `close` in `server.close`, `{ close: … }` and `close() {}`. */
export function isPropertyName(node: TSESTree.Node, parent: TSESTree.Node | undefined): boolean {
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.property === node && !parent.computed;
    case 'Property':
      return parent.key === node && parent.value !== node && !parent.computed;
    case 'AccessorProperty':
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'TSAbstractMethodDefinition':
    case 'TSAbstractPropertyDefinition':
      return parent.key === node && !parent.computed;
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'TSEnumMember':
    case 'TSMethodSignature':
    case 'TSPropertySignature':
      return true;
    default:
      return parent?.type === 'LabeledStatement' && parent.label === node;
  }
}
