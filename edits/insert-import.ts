import type { Source } from '../model/source.ts';
import type { Change } from './outcome.ts';
import { importAnchor } from './import-anchor.ts';
import { type Binding, bound, extendImport } from './extend-import.ts';
import { type Imported, knownImport } from './known-import.ts';
import { eolAt } from './text/eol-at.ts';
import { fileStyleOf } from './text/file-style.ts';
import { freeName } from './text/free-name.ts';
import { preambleEnd } from './text/preamble-end.ts';
import { startsLine } from './text/starts-line.ts';
import { takenNames } from './text/taken-names.ts';
import { trailingEnd } from './text/trailing-end.ts';

export interface Import {
  /** How the file says it: `Mutex`, `asyncMutex.Mutex`. */
  readonly local: string;
  readonly changes: readonly Change[];
}

export interface Imports {
  /** As the file says them, in the order in which they were asked for. */
  readonly locals: readonly string[];
  readonly changes: readonly Change[];
}

/** Makes something of another module available, once and in the file's own way. */
export function insertImport(source: Source, imported: Imported): Import {
  const { locals, changes } = insertImports(source, imported.specifier, [imported]);
  return { local: locals[0] ?? imported.locals[0], changes };
}

/** The same for several things of one module, in one statement. */
export function insertImports(source: Source, specifier: string, wanted: readonly Omit<Imported, 'specifier'>[]): Imports {
  const { program } = source;
  const names = new Set(takenNames(program));
  const missing: Binding[] = [];
  const locals = wanted.map(({ name, locals: candidates }) => {
    const known = knownImport(program, { specifier, name, locals: candidates });
    if (known !== undefined) return known;
    const local = freeName(candidates, (taken) => names.has(taken));
    names.add(local);
    missing.push({ name, local });
    return local;
  });
  if (missing.length === 0) return { locals, changes: [] };
  return { locals, changes: extendImport(source, specifier, missing) ?? [insertStatement(source, specifier, missing)] };
}

function insertStatement(source: Source, specifier: string, bindings: readonly Binding[]): Change {
  const { text, program } = source;
  const { module, quote, semicolon } = fileStyleOf(source);
  const quoted = quote + specifier + quote;
  const clause = clauseOf(source, bindings);
  const line = module === 'esm' ? `import ${clause} from ${quoted}${semicolon}` : `const ${clause} = require(${quoted})${semicolon}`;
  const { after, before } = importAnchor(program, specifier, module);
  if (after === undefined && before !== undefined && canPrecede(text, before.range[0])) {
    const [start] = before.range;
    return { start, end: start, text: line + eolAt(text, start) };
  }
  const last = after ?? before;
  if (last === undefined) return insertFirst(text, preambleEnd(source), line);
  const eol = eolAt(text, last.range[1]);
  const end = trailingEnd(text, last.range[1]);
  const isLastOnLine = /^[\t ]*(?:\r?\n|$)/.test(text.slice(end));
  return { start: end, end, text: `${eol}${line}${isLastOnLine ? '' : eol}` };
}

/** `pTimeout, { TimeoutError }` */
function clauseOf(source: Source, bindings: readonly Binding[]): string {
  const { module, padding } = fileStyleOf(source);
  const named = bindings.filter(({ name }) => name !== undefined).sort((one, other) => compare(one.name ?? '', other.name ?? ''));
  const whole = bindings.find(({ name }) => name === undefined);
  const braces = named.map((binding) => bound(binding, module)).join(', ');
  return [...(whole === undefined ? [] : [whole.local]), ...(named.length === 0 ? [] : [`{${padding}${braces}${padding}}`])].join(', ');
}

function compare(one: string, other: string): number {
  return one.toLowerCase() < other.toLowerCase() ? -1 : 1;
}

/** Not between a statement and a comment that speaks of the next line. */
function canPrecede(text: string, start: number): boolean {
  return startsLine(text, start) && !/(?:-next-line|@ts-(?:expect-error|ignore))\b[^\n]*\n[\t ]*$/.test(text.slice(0, start));
}

function insertFirst(text: string, at: number, line: string): Change {
  const eol = eolAt(text, at);
  const before = at > 0 && text[at - 1] !== '\n' ? eol : '';
  const isFollowedByBlank = /^\r?\n\r?\n/.test(before === '' ? `\n${text.slice(at)}` : text.slice(at));
  return { start: at, end: at, text: `${before}${line}${before === '' ? eol : ''}${isFollowedByBlank ? '' : eol}` };
}
