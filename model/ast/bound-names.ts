import type { TSESTree } from '@typescript-eslint/utils';

/** The names that a pattern, a parameter or a declaration of variables binds. */
export function boundNames(pattern: TSESTree.Node | null): readonly string[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name];
    case 'Property':
      return boundNames(pattern.value);
    case 'AssignmentPattern':
      return boundNames(pattern.left);
    case 'RestElement':
      return boundNames(pattern.argument);
    case 'TSParameterProperty':
      return boundNames(pattern.parameter);
    case 'ObjectPattern':
      return pattern.properties.flatMap(boundNames);
    case 'ArrayPattern':
      return pattern.elements.flatMap(boundNames);
    case 'VariableDeclaration':
      return pattern.declarations.flatMap(({ id }) => boundNames(id));
    default:
      return [];
  }
}
