import type { TSESTree } from '@typescript-eslint/utils';
import { placeAmong } from './place-among.ts';
import { requiredBy } from './required-by.ts';
import type { FileStyle } from './text/file-style.ts';

/** The statement for an import to stand after or before; neither where there is no other import. */
export interface ImportAnchor {
  readonly after: TSESTree.ProgramStatement | undefined;
  readonly before: TSESTree.ProgramStatement | undefined;
}

interface Named {
  readonly statement: TSESTree.ProgramStatement;
  readonly from: string;
  readonly isType: boolean;
  readonly isOurs: boolean;
}

const OURS = /^(?:async-lock|async-mutex|es-toolkit|p-timeout)$|(?:^|\/)lifecycle-(?:lock|stack)(?:\.[cm]?[jt]s)?$/;

/**
 * Packages come among packages where these are first, and in order where they are in order. Imports that edits add beside one
 * another come out in one order, whichever is added first.
 */
export function importAnchor({ body }: TSESTree.Program, specifier: string, module: FileStyle['module']): ImportAnchor {
  const group = groupFor(body.filter((one) => (module === 'esm' ? one.type === 'ImportDeclaration' : isRequire(one))).map(toNamed), specifier);
  const others = group.filter(({ isOurs }) => !isOurs);
  const isSorted = others.length > 1 && others.every(({ from }, index) => index === 0 || key(others[index - 1]?.from ?? '') <= key(from));
  const before = isSorted ? others.findLast(({ from }) => key(from) <= key(specifier)) : undefined;
  const other = before ?? others.at(-1);
  const first = other === undefined ? 0 : group.indexOf(other) + 1;
  const end = group.findIndex(({ isOurs }, index) => index >= first && !isOurs);
  const ours = group.slice(first, end === -1 ? undefined : end);
  const place = placeAmong(
    ours.map(({ from }) => rankOf(from)),
    rankOf(specifier),
  );
  return { after: (ours[place - 1] ?? other)?.statement, before: ours[place]?.statement };
}

function groupFor(named: readonly Named[], specifier: string): readonly Named[] {
  const hasValues = named.some(({ isOurs, isType }) => !isOurs && !isType);
  const candidates = named.filter(({ isOurs, isType }) => isOurs || !isType || !hasValues);
  const firstLocal = candidates.findIndex(({ from }) => isLocal(from));
  const packages = firstLocal === -1 ? candidates : candidates.slice(0, firstLocal);
  const arePackagesFirst = candidates.slice(packages.length).every(({ from }) => isLocal(from));
  return isLocal(specifier) || !arePackagesFirst || packages.length === 0 ? candidates : packages;
}

function isLocal(from: string): boolean {
  return /^[#./]|^~\//.test(from);
}

function rankOf(specifier: string): string {
  return `${isLocal(specifier) ? '2' : '1'} ${key(specifier)}`;
}

function key(specifier: string): string {
  return specifier.replace(/^node:/, '').toLowerCase();
}

function toNamed(statement: TSESTree.ProgramStatement): Named {
  const from = specifierOf(statement);
  const isType = 'importKind' in statement && statement.importKind === 'type';
  return { statement, from, isType, isOurs: !isType && OURS.test(from) };
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
