import type { TSESTree } from '@typescript-eslint/utils';
import type { Source } from '../model/source.ts';
import type { Change } from './outcome.ts';
import { eolAt } from './text/eol-at.ts';
import { fileStyleOf } from './text/file-style.ts';
import { freeName } from './text/free-name.ts';
import { preambleEnd } from './text/preamble-end.ts';
import { takenNames } from './text/taken-names.ts';
import { trailingEnd } from './text/trailing-end.ts';

/** What to import. `name` is undefined for the module's default export, or for what `require` returns. */
export interface Imported {
  readonly specifier: string;
  readonly name: string | undefined;
  /** Local names to take, the best first. */
  readonly locals: readonly [string, ...string[]];
}

export interface Import {
  /** How the file says it: `Mutex`, `asyncMutex.Mutex`. */
  readonly local: string;
  readonly changes: readonly Change[];
}

/** Makes something of another module available, once and in the file's own way. */
export function insertImport(source: Source, imported: Imported): Import {
  const known = knownImport(source.program, imported);
  if (known !== undefined) return { local: known, changes: [] };
  const names = takenNames(source.program);
  const local = freeName(imported.locals, (name) => names.has(name));
  const merged = imported.name === undefined ? undefined : mergeInto(source.program, imported.specifier, bound(imported.name, local, ' as '));
  return { local, changes: [merged ?? insertStatement(source, imported, local)] };
}

function bound(name: string, local: string, as: string): string {
  return name === local ? name : `${name}${as}${local}`;
}

function knownImport(program: TSESTree.Program, { specifier, name }: Imported): string | undefined {
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

function requiredBy(init: TSESTree.Expression | null): string | undefined {
  if (init?.type !== 'CallExpression' || init.callee.type !== 'Identifier' || init.callee.name !== 'require') return undefined;
  const [argument] = init.arguments;
  return argument?.type === 'Literal' && typeof argument.value === 'string' ? argument.value : undefined;
}

/** Adds a name to the braces of an import that is there already. */
function mergeInto(program: TSESTree.Program, specifier: string, binding: string): Change | undefined {
  for (const statement of program.body) {
    if (statement.type !== 'ImportDeclaration' || statement.source.value !== specifier || statement.importKind === 'type') continue;
    const last = statement.specifiers.at(-1);
    if (last?.type === 'ImportSpecifier') return { start: last.range[1], end: last.range[1], text: `, ${binding}` };
  }
  return undefined;
}

function insertStatement(source: Source, { specifier, name }: Imported, local: string): Change {
  const { text, program } = source;
  const { module, quote, semicolon } = fileStyleOf(source);
  const quoted = quote + specifier + quote;
  const line =
    module === 'esm'
      ? `import ${name === undefined ? local : `{ ${bound(name, local, ' as ')} }`} from ${quoted}${semicolon}`
      : `const ${name === undefined ? local : `{ ${bound(name, local, ': ')} }`} = require(${quoted})${semicolon}`;
  const neighbours = program.body.filter((statement) => (module === 'esm' ? statement.type === 'ImportDeclaration' : isRequire(statement)));
  const after = anchorOf(neighbours, specifier);
  if (after === undefined) return insertFirst(text, preambleEnd(source), line);
  const eol = eolAt(text, after.range[1]);
  const end = trailingEnd(text, after.range[1]);
  const isLastOnLine = /^[\t ]*(?:\r?\n|$)/.test(text.slice(end));
  return { start: end, end, text: `${eol}${line}${isLastOnLine ? '' : eol}` };
}

function isRequire(statement: TSESTree.ProgramStatement): boolean {
  if (statement.type !== 'VariableDeclaration') return false;
  return statement.declarations.some(({ init }) => {
    let inner: TSESTree.Expression | null = init;
    for (;;) {
      if (inner?.type === 'MemberExpression') inner = inner.object;
      else if (inner?.type === 'CallExpression' && requiredBy(inner) === undefined && inner.callee.type !== 'Identifier') inner = inner.callee;
      else return requiredBy(inner) !== undefined;
    }
  });
}

/** The statement to stand after: packages among packages where the file keeps them first, in order where they are in order. */
function anchorOf(statements: readonly TSESTree.ProgramStatement[], specifier: string): TSESTree.ProgramStatement | undefined {
  const named = statements.map((statement) => ({ statement, from: specifierOf(statement), isType: 'importKind' in statement && statement.importKind === 'type' }));
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

function insertFirst(text: string, at: number, line: string): Change {
  const eol = eolAt(text, at);
  const before = at > 0 && text[at - 1] !== '\n' ? eol : '';
  const isFollowedByBlank = /^\r?\n\r?\n/.test(before === '' ? `\n${text.slice(at)}` : text.slice(at));
  return { start: at, end: at, text: `${before}${line}${before === '' ? eol : ''}${isFollowedByBlank ? '' : eol}` };
}
