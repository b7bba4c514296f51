import type { Source } from '../../model/source.ts';
import type { Change } from '../outcome.ts';
import { eolAt } from '../text/eol-at.ts';
import { indentAt } from '../text/indent-at.ts';
import { reindent } from '../text/reindent.ts';
import { startsLine } from '../text/starts-line.ts';
import { trailingEnd } from '../text/trailing-end.ts';
import type { Level } from './levels.ts';
import type { WaitLines } from './wait-lines.ts';

/** Where the wait is put: after `end`, on lines like that on which `start` stands. */
export interface Anchor {
  readonly start: number;
  readonly end: number;
  /** What stands without braces after `if (…)`, and the lines to come before it. */
  readonly bare?: { readonly start: number; readonly before: readonly string[] } | undefined;
}

/** What a wait is put between. */
export interface Between {
  readonly before: readonly string[];
  readonly wait: WaitLines;
  /** What follows the statement itself, and the statements that it stands in. */
  readonly own: Level | undefined;
  readonly outside: readonly Level[];
}

/**
 * Puts the wait after a statement, and what follows that into a `finally`: that of the wait's own `try` for what follows the statement itself, and
 * one round each statement that it stands in. Undefined where the statements do not stand on lines of their own.
 */
export function keepRest(source: Source, anchor: Anchor, { before, wait, own, outside }: Between, unit: string): readonly Change[] | undefined {
  const { text } = source;
  const isApart = startsLine(text, anchor.start) || /(?:^|\n)[\t ]*;$/.test(text.slice(0, anchor.start));
  const levels = [...(own === undefined ? [] : [own]), ...outside];
  if (!isApart && (levels.length > 0 || anchor.bare !== undefined)) return undefined;
  if (levels.some(({ statement, rest }) => !startsLine(text, statement.range[0]) || rest.some(({ range }) => !startsLine(text, range[0])))) return undefined;
  const body = !wait.isTry && own !== undefined ? ['try {', ...wait.lines.map((line) => unit + line)] : wait.lines;
  const isOpen = wait.isTry || own !== undefined;
  const lines = [...before, ...body, ...(isOpen ? [own === undefined ? '}' : '} finally {'] : [])];
  const deeper = unit.repeat(outside.length);
  const start = `${eolAt(text, anchor.start)}${indentAt(text, anchor.start)}${isApart ? deeper : unit}`;
  const at = isApart ? trailingEnd(text, anchor.end) : anchor.end;
  const inside = anchor.bare === undefined ? start : start + unit;
  const added = lines.map((line) => inside + line).join('');
  const open = anchor.bare === undefined ? [] : openBraces(text, anchor.bare, inside);
  if (open === undefined) return undefined;
  const inner: Change[] = [...open, { start: at, end: at, text: anchor.bare === undefined ? added : `${added}${start}}` }, ...(isApart ? [] : closeOnOwnLine(text, anchor))];
  if (own !== undefined) inner.push(...moveRest(source, own, at, deeper, unit));
  return [...inner, ...outside.flatMap((level, index) => wrapLevel(source, level, unit.repeat(outside.length - 1 - index), unit))];
}

/** The brace that ended the line comes to stand on the next. */
function closeOnOwnLine(text: string, { start, end }: Anchor): readonly Change[] {
  const space = /^[\t ]*(?=\})/.exec(text.slice(end))?.[0].length;
  return space === undefined ? [] : [{ start: end, end: end + space, text: `${eolAt(text, start)}${indentAt(text, start)}` }];
}

/** Undefined where the statement has a line of its own, which nobody would write with a brace before it. */
function openBraces(text: string, { start, before }: NonNullable<Anchor['bare']>, inside: string): readonly Change[] | undefined {
  if (startsLine(text, start)) return undefined;
  return [{ start, end: start, text: `{${inside}${before.map((line) => line + inside).join('')}` }];
}

/** Indents what comes after `from`, and closes its block. */
function moveRest({ text }: Source, { rest, statement }: Level, from: number, deeper: string, unit: string): readonly Change[] {
  const end = trailingEnd(text, (rest.at(-1) ?? statement).range[1]);
  const close = `${eolAt(text, end)}${indentAt(text, statement.range[0])}${deeper}}`;
  const blank = /^\r?\n(?=[\t ]*\r?\n)/.exec(text.slice(from))?.[0].length ?? 0;
  const closed = blank === 0 ? [] : [{ start: from, end: from + blank, text: '' }];
  return [...closed, ...reindent(text, rest, from, end + 1, unit), { start: end, end, text: close }];
}

function wrapLevel(source: Source, level: Level, deeper: string, unit: string): readonly Change[] {
  const { text } = source;
  const [start, after] = level.statement.range;
  const eol = eolAt(text, start);
  const indent = indentAt(text, start) + deeper;
  const end = trailingEnd(text, after);
  return [
    { start, end: start, text: `try {${eol}${indent}${unit}` },
    ...reindent(text, [level.statement], start, end + 1, unit),
    { start: end, end, text: `${eol}${indent}} finally {` },
    ...moveRest(source, level, end, deeper, unit),
  ];
}
