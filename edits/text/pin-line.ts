import type { Change } from '../outcome.ts';
import { indentAt } from './indent-at.ts';

/**
 * A change that changes nothing, but cannot be merged with one that indents the line on which `offset` stands. For whoever inserts lines
 * of the same depth there: the two have to be made one after the other.
 */
export function pinLine(text: string, offset: number): readonly Change[] {
  const lineBreak = text.lastIndexOf('\n', offset - 1);
  // Something of the indentation has to stay, to keep apart what stands before and after it.
  if (lineBreak === -1 || indentAt(text, offset).length < 2) return [];
  return [{ start: lineBreak, end: lineBreak + 2, text: text.slice(lineBreak, lineBreak + 2) }];
}
