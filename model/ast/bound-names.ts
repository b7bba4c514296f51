import type { TSESTree } from '@typescript-eslint/utils';

/** The names that a pattern, a parameter or a declaration of variables binds. */
export function boundNames(pattern: TSESTree.Node | null): readonly string[] {
  return boundIdentifiers(pattern).map(({ name }) => name);
}

export function boundIdentifiers(pattern: TSESTree.Node | null): readonly TSESTree.Identifier[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern];
    case 'Property':
      return boundIdentifiers(pattern.value);
    case 'AssignmentPattern':
      return boundIdentifiers(pattern.left);
    case 'RestElement':
      return boundIdentifiers(pattern.argument);
    case 'TSParameterProperty':
      return boundIdentifiers(pattern.parameter);
    case 'ObjectPattern':
      return pattern.properties.flatMap(boundIdentifiers);
    case 'ArrayPattern':
      return pattern.elements.flatMap(boundIdentifiers);
    case 'VariableDeclaration':
      return pattern.declarations.flatMap(({ id }) => boundIdentifiers(id));
    default:
      return [];
  }
}
