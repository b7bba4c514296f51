import type { TSESTree } from '@typescript-eslint/utils';
import { declaredNames } from '../declared-names.ts';
import { requiredBy } from '../required-by.ts';

/** The module that a file gets a name from, at its top. */
export function importedFrom({ body }: TSESTree.Program, name: string): string | undefined {
  for (const statement of body) {
    if (statement.type === 'ImportDeclaration' && statement.importKind !== 'type') {
      const item = statement.specifiers.find(({ local }) => local.name === name);
      if (item !== undefined && !('importKind' in item && item.importKind === 'type')) return statement.source.value;
    } else if (statement.type === 'VariableDeclaration' && declaredNames([statement]).has(name)) {
      const from = statement.declarations.map(({ init }) => requiredBy(init)).find((specifier) => specifier !== undefined);
      if (from !== undefined) return from;
    }
  }
  return undefined;
}
