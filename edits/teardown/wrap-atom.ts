import type { TSESTree } from '@typescript-eslint/utils';
import type { Source } from '../../model/source.ts';
import type { Change } from '../outcome.ts';
import { eolAt } from '../text/eol-at.ts';
import { indentAt } from '../text/indent-at.ts';
import { reindent } from '../text/reindent.ts';
import { startsLine } from '../text/starts-line.ts';
import { trailingEnd } from '../text/trailing-end.ts';
import type { Atom } from './atoms.ts';

/** What surrounds the statements that are wrapped. */
export interface Frame {
  readonly source: Source;
  readonly unit: string;
  /** What other edits put before the indentation of these lines. */
  readonly deeper: string;
  /** The name of the caught error. */
  readonly error: string;
  /** The lines of a handler, for the names of the step and of the error. */
  readonly handler: (step: string, error: string) => readonly string[];
}

/** Puts a statement into a `try` of its own. */
export function wrapAtom(atom: Atom, frame: Frame): Change[] {
  const { source, unit, deeper, error, handler } = frame;
  const { text } = source;
  const [start] = atom.statement.range;
  if (atom.rethrow !== undefined) return [keepInstead(atom.rethrow, atom.name, frame)];
  const end = trailingEnd(text, atom.statement.range[1]);
  const eol = eolAt(text, start);
  const indent = indentOf(text, start, unit) + deeper;
  const brace = atom.needsBraces ? bracesRound(text, start, indent, unit) : undefined;
  const lead = startsLine(text, start) || brace !== undefined ? '' : `${eol}${indent}`;
  const head = ['try {', unit].join(`${eol}${indent}`);
  const tail = ['', `} catch (${error}) {`, ...handler(atom.name, error).map((line) => unit + line), '}'].join(`${eol}${indent}`);
  return [
    ...(brace === undefined ? [] : [brace.open]),
    { start: lead === '' ? start : gapBefore(text, start), end: start, text: lead + head },
    ...returned(atom.statement),
    ...reindent(text, [atom.statement], start, end, unit),
    { start: end, end, text: tail + (brace === undefined ? '' : `${eol}${brace.close}`) },
  ];
}

/** Puts what keeps the error in place of what throws it. */
function keepInstead({ range, argument }: TSESTree.ThrowStatement, step: string, { source, deeper, error, handler }: Frame): Change {
  const { text } = source;
  const between = startsLine(text, range[0]) ? eolAt(text, range[0]) + indentAt(text, range[0]) + deeper : ' ';
  const kept = argument.type === 'Identifier' ? argument.name : error;
  return { start: range[0], end: range[1], text: handler(step, kept).join(between) };
}

/** Where the blanks before a statement begin that shares its line with others. */
export function gapBefore(text: string, start: number): number {
  let at = start;
  while (text[at - 1] === ' ' || text[at - 1] === '\t') at--;
  return at;
}

/** The braces of a loop that had none; `close` is a line. */
function bracesRound(text: string, start: number, indent: string, unit: string): { readonly open: Change; readonly close: string } {
  const before = text.slice(0, start).trimEnd().length;
  const outer = indent.endsWith(unit) ? indent.slice(0, -unit.length) : indent;
  // Nothing can be put behind a line comment.
  const isCommented = text.slice(text.lastIndexOf('\n', before) + 1, before).includes('//');
  const open = isCommented ? { start, end: start, text: `{ ` } : { start: before, end: start, text: ` {${eolAt(text, start)}${indent}` };
  return { open, close: `${outer}}` };
}

/** The indentation of the line on which a statement begins, or what it would have on one of its own. */
export function indentOf(text: string, start: number, unit: string): string {
  return indentAt(text, start) + (startsLine(text, start) ? '' : unit);
}

/** `return close();` as the last step becomes `await close();`. */
function returned(statement: TSESTree.Statement): Change[] {
  if (statement.type !== 'ReturnStatement' || statement.argument === null) return [];
  const [start] = statement.range;
  const isAwaited = statement.argument.type === 'AwaitExpression';
  return [{ start, end: start + 'return'.length + (isAwaited ? 1 : 0), text: isAwaited ? '' : 'await' }];
}
