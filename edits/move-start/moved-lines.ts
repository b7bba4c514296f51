import type { TSESTree } from '@typescript-eslint/utils';
import { someBelow } from '../../model/ast/some-below.ts';
import type { Source } from '../../model/source.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { indentAt } from '../text/indent-at.ts';
import { withComments } from './cut-statement.ts';
import type { Obstacle, StartUnit } from './start-unit.ts';

/** The lines of a unit as they stand in start, without the indentation that they get there. */
export function movedLines(source: Source, unit: Exclude<StartUnit, { kind: 'call' }>): readonly string[] | Obstacle {
  const { text } = source;
  const spansLines = (node: TSESTree.Node): boolean => (node.type === 'TemplateLiteral' || node.type === 'Literal') && text.slice(...node.range).includes('\n');
  if (someBelow(unit.node, spansLines)) return { node: unit.node, why: 'a string in it goes over several lines, and would change with its indentation' };
  const indent = indentAt(text, unit.node.range[0]);
  return writtenBy(source, unit)
    .split(/\r?\n/)
    .map((line, index) => (index > 0 && line.startsWith(indent) ? line.slice(indent.length) : line));
}

function writtenBy(source: Source, unit: Exclude<StartUnit, { kind: 'call' }>): string {
  if (unit.kind === 'field') return `this.${unit.field} = ${source.text.slice(...unit.value.range)}${fileStyleOf(source).semicolon}`;
  const { start, end } = withComments(source, unit.node);
  return source.text.slice(start, end);
}
