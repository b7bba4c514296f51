import { lineBreaksRound } from './line-breaks.ts';

/** The line end in use where `offset` stands: that of the line before it, else that of its own line. */
export function eolAt(text: string, offset: number): string {
  const { before, after } = lineBreaksRound(text, offset);
  const newline = before === -1 ? after : before;
  return newline > 0 && text[newline - 1] === '\r' ? '\r\n' : '\n';
}
