import type { TSESTree } from '@typescript-eslint/utils';
import { indentAt } from './indent-at.ts';
import { startsLine } from './starts-line.ts';

/** A class, or a function with a block. */
interface Indented {
  readonly range: TSESTree.Range;
  readonly body: { readonly body: readonly TSESTree.Node[] };
}

/** One level of indentation, as the class has it between itself and its members, else as the file has it. */
export function indentUnit(text: string, node: Indented): string {
  const outer = indentAt(text, node.range[0]);
  for (const member of node.body.body) {
    const inner = indentAt(text, member.range[0]);
    if (startsLine(text, member.range[0]) && inner.startsWith(outer) && inner.length > outer.length) return inner.slice(outer.length);
  }
  return unitOf(text);
}

let last = { text: '', unit: '  ' };

/** Of the first line that is indented. The text asked about last is remembered. */
function unitOf(text: string): string {
  if (last.text !== text) last = { text, unit: /^(?:\t| {2,8})(?=\S)/m.exec(text)?.[0] ?? '  ' };
  return last.unit;
}
