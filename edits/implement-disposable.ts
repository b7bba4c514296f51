import type { ClassNode } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import type { Change } from './outcome.ts';

/** ` implements AsyncDisposable`, or one more name in the list that is there. */
export function implementDisposable({ text }: Source, { body, implements: heritage }: ClassNode): Change {
  const last = heritage.at(-1);
  if (last !== undefined) return { start: last.range[1], end: last.range[1], text: ', AsyncDisposable' };
  const open = body.range[0];
  const isAfterName = /[\w$>)\]}] $/.test(text.slice(0, open));
  if (isAfterName) return { start: open, end: open, text: 'implements AsyncDisposable ' };
  const end = text.slice(0, open).trimEnd().length;
  const isComment = /(?:\*\/|\/\/.*)$/.test(text.slice(0, end));
  return isComment
    ? { start: open, end: open, text: 'implements AsyncDisposable ' }
    : { start: end, end, text: ' implements AsyncDisposable' };
}
