import type { TSESTree } from '@typescript-eslint/utils';
import { indentAt } from './indent-at.ts';
import { startsLine } from './starts-line.ts';

/** One level of indentation, as a block has it between its end and its first statement, else as the file has it. */
export function blockUnit(text: string, { range, body }: TSESTree.BlockStatement): string {
  const outer = indentAt(text, range[1] - 1);
  const [first] = body;
  const inner = first === undefined ? '' : indentAt(text, first.range[0]);
  if (first !== undefined && startsLine(text, first.range[0]) && inner.startsWith(outer) && inner.length > outer.length) return inner.slice(outer.length);
  return /^(?:\t| {2,8})(?=\S)/m.exec(text)?.[0] ?? '  ';
}
