import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../../model/ast/contains.ts';
import { isPropertyName } from '../../model/ast/is-property-name.ts';
import type { Parents } from '../../model/ast/parents.ts';
import { visit } from '../../model/ast/visit.ts';
import { bindingOf } from '../../model/names/binding-of.ts';
import type { SignalFile } from '../../model/signals/signal-file.ts';
import { declaredNames } from '../declared-names.ts';

/** The names that statements declare, types included. */
export function namesDeclaredBy(statements: readonly TSESTree.Statement[]): ReadonlySet<string> {
  const names = new Set(declaredNames(statements));
  for (const statement of statements) if (isType(statement)) names.add(statement.id.name);
  return names;
}

function isType(node: TSESTree.Node): node is TSESTree.TSEnumDeclaration | TSESTree.TSInterfaceDeclaration | TSESTree.TSTypeAliasDeclaration {
  return node.type === 'TSTypeAliasDeclaration' || node.type === 'TSInterfaceDeclaration' || node.type === 'TSEnumDeclaration';
}

/** The first of the names that some nodes use; if it is said where they are declared, only as what they mean there. */
export function usedName(names: ReadonlySet<string>, nodes: readonly TSESTree.Node[], { parents }: SignalFile, declaredIn?: readonly TSESTree.Node[]): string | undefined {
  let used: string | undefined;
  for (const root of nodes) {
    visit(root, (node) => {
      if (used === undefined && (node.type === 'Identifier' || node.type === 'JSXIdentifier') && names.has(node.name) && means(node, parents, declaredIn)) used = node.name;
      return used === undefined ? undefined : 'skip';
    });
  }
  return used;
}

function means(node: TSESTree.Identifier | TSESTree.JSXIdentifier, parents: Parents, declaredIn: readonly TSESTree.Node[] | undefined): boolean {
  if (isPropertyName(node, parents.get(node))) return false;
  if (declaredIn === undefined) return true;
  // A type has no binding, and hides one further out.
  if (declaredIn.some((statement) => isType(statement) && statement.id.name === node.name)) return true;
  const binding = bindingOf(node.name, node, parents);
  return binding === undefined || declaredIn.some((statement) => contains(statement, binding.id));
}
