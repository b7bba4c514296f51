import type { TSESTree } from '@typescript-eslint/utils';
import { requiredBy } from './required-by.ts';
import type { FileStyle } from './text/file-style.ts';

/** The statement for an import to stand after: packages among packages where these come first, in order where they are in order. */
export function importAnchor(
  { body }: TSESTree.Program,
  specifier: string,
  module: FileStyle['module'],
): TSESTree.ProgramStatement | undefined {
  const statements = body.filter((statement) => (module === 'esm' ? statement.type === 'ImportDeclaration' : isRequire(statement)));
  const named = statements.map((statement) => ({
    statement,
    from: specifierOf(statement),
    isType: 'importKind' in statement && statement.importKind === 'type',
  }));
  const isLocal = (from: string): boolean => /^[#./]|^~\//.test(from);
  const values = named.filter(({ isType }) => !isType);
  const candidates = values.length > 0 ? values : named;
  const firstLocal = candidates.findIndex(({ from }) => isLocal(from));
  const packages = firstLocal === -1 ? candidates : candidates.slice(0, firstLocal);
  const arePackagesFirst = candidates.slice(packages.length).every(({ from }) => isLocal(from));
  const group = isLocal(specifier) || !arePackagesFirst || packages.length === 0 ? candidates : packages;
  const isSorted = group.length > 1 && group.every(({ from }, index) => index === 0 || key(group[index - 1]?.from ?? '') <= key(from));
  const before = isSorted ? group.findLast(({ from }) => key(from) <= key(specifier)) : undefined;
  return (before ?? group.at(-1))?.statement;
}

function key(specifier: string): string {
  return specifier.replace(/^node:/, '').toLowerCase();
}

function specifierOf(statement: TSESTree.ProgramStatement): string {
  if (statement.type === 'ImportDeclaration') return statement.source.value;
  const init = statement.type === 'VariableDeclaration' ? (statement.declarations.at(-1)?.init ?? null) : null;
  return requiredBy(init) ?? '';
}

function isRequire(statement: TSESTree.ProgramStatement): boolean {
  if (statement.type !== 'VariableDeclaration') return false;
  return statement.declarations.some(({ init }) => {
    let inner: TSESTree.Expression | null = init;
    for (;;) {
      if (inner?.type === 'MemberExpression') inner = inner.object;
      else if (inner?.type === 'CallExpression' && requiredBy(inner) === undefined && inner.callee.type !== 'Identifier')
        inner = inner.callee;
      else return requiredBy(inner) !== undefined;
    }
  });
}
