import type { TSESTree } from '@typescript-eslint/utils';
import { visit } from '../../model/ast/visit.ts';
import { declaredNames } from '../declared-names.ts';

/** The names that statements declare, types included. */
export function namesDeclaredBy(statements: readonly TSESTree.Statement[]): ReadonlySet<string> {
  const names = new Set(declaredNames(statements));
  for (const statement of statements) {
    const isType = statement.type === 'TSTypeAliasDeclaration' || statement.type === 'TSInterfaceDeclaration' || statement.type === 'TSEnumDeclaration';
    if (isType) names.add(statement.id.name);
  }
  return names;
}

/** The first of the names that some nodes use. */
export function usedName(names: ReadonlySet<string>, nodes: readonly TSESTree.Node[]): string | undefined {
  let used: string | undefined;
  for (const root of nodes) {
    visit(root, (node) => {
      if (used === undefined && (node.type === 'Identifier' || node.type === 'JSXIdentifier') && names.has(node.name)) used = node.name;
      return used === undefined ? undefined : 'skip';
    });
  }
  return used;
}
