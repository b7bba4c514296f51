import type { TSESTree } from '@typescript-eslint/utils';
import type { Source } from '../../model/source.ts';
import type { Change } from '../outcome.ts';
import { leadingStart } from '../text/leading-start.ts';
import { lineEnd } from '../text/line-end.ts';
import { startsLine } from '../text/starts-line.ts';
import { trailingEnd } from '../text/trailing-end.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

/** A statement with the comments that belong to it. */
export function withComments(source: Source, { range: [start, end] }: TSESTree.Node): Span {
  return startsLine(source.text, start) ? { start: leadingStart(source, start), end: trailingEnd(source.text, end) } : { start, end };
}

/** Takes a span out, with its lines where it has them to itself. */
export function cutSpan(text: string, { start, end }: Span): Change {
  if (!startsLine(text, start)) return { start: start - (/[\t ]*$/.exec(text.slice(0, start))?.[0].length ?? 0), end, text: '' };
  const next = lineEnd(text, end);
  if (next === end) return { start, end: end + (/^[\t ]*/.exec(text.slice(end))?.[0].length ?? 0), text: '' };
  const from = text.lastIndexOf('\n', start - 1) + 1;
  return { start: from, end: next + blankAfter(text, from, next), text: '' };
}

/** Of the blank lines on both sides of what goes, or of one after the head of a block, the later is too many. */
function blankAfter(text: string, from: number, next: number): number {
  const isOpen = from === 0 || /(?:\{|\n)[\t ]*\r?\n$/.test(text.slice(0, from));
  return isOpen ? (/^[\t ]*\r?\n/.exec(text.slice(next))?.[0].length ?? 0) : 0;
}

const DIRECTIVE = /^\s*(?:@ts-|biome-ignore|c8 |eslint-disable|istanbul |oxlint-|prettier-ignore|v8 )/;

/** Whether a comment only says how a tool is to take the statement that it belongs to. */
export function isDirective({ value }: TSESTree.Comment): boolean {
  return DIRECTIVE.test(value);
}

/** Takes a statement out, and what directives it has; what else is written about it stays. */
export function cutCall(source: Source, statement: TSESTree.Node): Change {
  const { text, comments } = source;
  const span = withComments(source, statement);
  const [start, end] = statement.range;
  const around = comments.filter(({ range }) => span.start <= range[0] && range[1] <= span.end);
  const isOwn = (comment: TSESTree.Comment | undefined): boolean => comment !== undefined && isDirective(comment);
  const before = around.filter(({ range }) => range[1] <= start);
  const kept = before.findLastIndex((comment) => !isDirective(comment));
  const first = before[kept + 1]?.range[0] ?? start;
  return cutSpan(text, { start: first, end: isOwn(around.find(({ range }) => range[0] >= end)) ? span.end : end });
}
