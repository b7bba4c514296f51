import { lineBreaksRound } from './line-breaks.ts';

/** The white space that opens the line on which `offset` stands. */
export function indentAt(text: string, offset: number): string {
  return /^[\t ]*/.exec(text.slice(lineBreaksRound(text, offset).before + 1, offset))?.[0] ?? '';
}
