import type { TSESTree } from '@typescript-eslint/utils';
import type { Source } from '../model/source.ts';
import type { Change } from './outcome.ts';
import { importAnchor } from './import-anchor.ts';
import { type Imported, knownImport } from './known-import.ts';
import { eolAt } from './text/eol-at.ts';
import { fileStyleOf } from './text/file-style.ts';
import { freeName } from './text/free-name.ts';
import { preambleEnd } from './text/preamble-end.ts';
import { takenNames } from './text/taken-names.ts';
import { trailingEnd } from './text/trailing-end.ts';

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
  const merged =
    imported.name === undefined ? undefined : mergeInto(source.program, imported.specifier, bound(imported.name, local, ' as '));
  return { local, changes: [merged ?? insertStatement(source, imported, local)] };
}

function bound(name: string, local: string, as: string): string {
  return name === local ? name : `${name}${as}${local}`;
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
  const { module, quote, semicolon, padding } = fileStyleOf(source);
  const braced = (as: string): string => (name === undefined ? local : `{${padding}${bound(name, local, as)}${padding}}`);
  const quoted = quote + specifier + quote;
  const line =
    module === 'esm'
      ? `import ${braced(' as ')} from ${quoted}${semicolon}`
      : `const ${braced(': ')} = require(${quoted})${semicolon}`;
  const after = importAnchor(program, specifier, module);
  if (after === undefined) return insertFirst(text, preambleEnd(source), line);
  const eol = eolAt(text, after.range[1]);
  const end = trailingEnd(text, after.range[1]);
  const isLastOnLine = /^[\t ]*(?:\r?\n|$)/.test(text.slice(end));
  return { start: end, end, text: `${eol}${line}${isLastOnLine ? '' : eol}` };
}

function insertFirst(text: string, at: number, line: string): Change {
  const eol = eolAt(text, at);
  const before = at > 0 && text[at - 1] !== '\n' ? eol : '';
  const isFollowedByBlank = /^\r?\n\r?\n/.test(before === '' ? `\n${text.slice(at)}` : text.slice(at));
  return { start: at, end: at, text: `${before}${line}${before === '' ? eol : ''}${isFollowedByBlank ? '' : eol}` };
}
