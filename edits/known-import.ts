import type { TSESTree } from '@typescript-eslint/utils';
import { requiredBy } from './required-by.ts';

/** What to import. `name` is undefined for the module's default export, or for what `require` returns. */
export interface Imported {
  readonly specifier: string;
  readonly name: string | undefined;
  /** Local names to take, the best first. */
  readonly locals: readonly [string, ...string[]];
}

/** How the file names something that it has imported already. */
export function knownImport(program: TSESTree.Program, { specifier, name }: Imported): string | undefined {
  for (const statement of program.body) {
    let known: string | undefined;
    if (statement.type === 'VariableDeclaration') known = knownRequire(statement, specifier, name);
    else if (statement.type === 'ImportDeclaration' && statement.source.value === specifier && statement.importKind !== 'type') {
      known = statement.specifiers.map((item) => knownSpecifier(item, name)).find((local) => local !== undefined);
    }
    if (known !== undefined) return known;
  }
  return undefined;
}

function knownSpecifier(item: TSESTree.ImportClause, name: string | undefined): string | undefined {
  if (item.type === 'ImportNamespaceSpecifier') return name === undefined ? undefined : `${item.local.name}.${name}`;
  if (item.type === 'ImportDefaultSpecifier') return name === undefined ? item.local.name : undefined;
  return item.importKind !== 'type' && importedName(item) === (name ?? 'default') ? item.local.name : undefined;
}

function importedName({ imported }: TSESTree.ImportSpecifier): string {
  return imported.type === 'Identifier' ? imported.name : imported.value;
}

function knownRequire(statement: TSESTree.VariableDeclaration, specifier: string, name: string | undefined): string | undefined {
  for (const { id, init } of statement.declarations) {
    if (requiredBy(init) !== specifier) continue;
    if (id.type === 'Identifier') return name === undefined ? id.name : `${id.name}.${name}`;
    if (id.type !== 'ObjectPattern' || name === undefined) continue;
    for (const property of id.properties) {
      if (property.type !== 'Property' || property.key.type !== 'Identifier' || property.key.name !== name) continue;
      if (property.value.type === 'Identifier') return property.value.name;
    }
  }
  return undefined;
}
