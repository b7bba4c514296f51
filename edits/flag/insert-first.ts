import type { TSESTree } from '@typescript-eslint/utils';
import type { ClassNode } from '../../model/service.ts';
import type { Change } from '../outcome.ts';
import { blockUnit } from '../text/block-unit.ts';
import { indentAt } from '../text/indent-at.ts';
import { indentUnit } from '../text/indent-unit.ts';
import { pinLine } from '../text/pin-line.ts';
import { startsLine } from '../text/starts-line.ts';
import { trailingEnd } from '../text/trailing-end.ts';
import { onOneLine } from './on-one-line.ts';

/** Puts a statement before all others of a block, after its directives. Each line is one element, without indentation. `node`: the class around it, if any. */
export function insertFirst(text: string, node: ClassNode | undefined, block: TSESTree.BlockStatement, lines: readonly string[]): readonly Change[] {
  const open = directivesEnd(block);
  const [first] = block.body;
  const at = trailingEnd(text, open);
  const eol = /^\r?\n/.exec(text.slice(at))?.[0];
  if (eol === undefined) return [{ start: open, end: open, text: ` ${onOneLine(lines)}${text[open] === '}' ? ' ' : ''}` }];
  const unit = node === undefined ? blockUnit(text, block) : indentUnit(text, node);
  const own = first !== undefined && startsLine(text, first.range[0]) ? indentAt(text, first.range[0]) : indentAt(text, block.range[1] - 1) + unit;
  const pinned = first === undefined ? [] : pinLine(text, first.range[0]);
  return [{ start: at, end: at, text: lines.map((line) => `${eol}${own}${line}`).join('') }, ...pinned];
}

function directivesEnd({ range: [start], body }: TSESTree.BlockStatement): number {
  let end = start + 1;
  for (const statement of body) {
    if (statement.type !== 'ExpressionStatement' || statement.directive == null) break;
    end = statement.range[1];
  }
  return end;
}
