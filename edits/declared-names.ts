import type { TSESTree } from '@typescript-eslint/utils';
import { boundNames } from '../model/ast/bound-names.ts';

/** The names that statements declare for the block they stand in. */
export function declaredNames(statements: readonly TSESTree.Statement[]): ReadonlySet<string> {
  return new Set(statements.flatMap(namesOf));
}

function namesOf(statement: TSESTree.Statement): readonly string[] {
  const isNamed = statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration';
  return isNamed ? [statement.id.name] : boundNames(statement);
}
