import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from '../model/ast/children.ts';

/** The names that statements declare for the block they stand in. */
export function declaredNames(statements: readonly TSESTree.Statement[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of statements) {
    if (statement.type === 'VariableDeclaration') for (const { id } of statement.declarations) collectBound(id, names);
    else if (statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration') names.add(statement.id.name);
  }
  return names;
}

function collectBound(pattern: TSESTree.Node, names: Set<string>): void {
  if (pattern.type === 'Identifier') names.add(pattern.name);
  else if (pattern.type === 'Property') collectBound(pattern.value, names);
  else if (pattern.type === 'AssignmentPattern') collectBound(pattern.left, names);
  else for (const child of childNodes(pattern)) collectBound(child, names);
}
