import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from '../../model/ast/children.ts';
import type { Change } from '../outcome.ts';

/** Indents the lines that begin inside `node` by one unit more. Lines that begin inside a string or a template keep their bytes. */
export function reindent(text: string, nodes: readonly TSESTree.Node[], start: number, end: number, unit: string): Change[] {
  return lineStarts(text, nodes, start, end).map((at) => ({ start: at, end: at, text: unit }));
}

/** Where the lines begin that may be moved to the right or left: not the blank ones, nor those in a string or a template. */
export function lineStarts(text: string, nodes: readonly TSESTree.Node[], start: number, end: number): readonly number[] {
  const guarded: (readonly [number, number])[] = [];
  for (const node of nodes) collectGuarded(node, guarded);
  const starts: number[] = [];
  for (let newline = text.indexOf('\n', start); newline !== -1 && newline < end - 1; newline = text.indexOf('\n', newline + 1)) {
    const at = newline + 1;
    const isBlank = text[at] === '\n' || text[at] === '\r';
    if (!isBlank && !guarded.some(([from, to]) => from < at && at < to)) starts.push(at);
  }
  return starts;
}

function collectGuarded(node: TSESTree.Node, guarded: (readonly [number, number])[]): void {
  if (node.type === 'TemplateLiteral') collectQuasis(node, guarded);
  else if (node.type === 'Literal') guarded.push(node.range);
  for (const child of childNodes(node)) collectGuarded(child, guarded);
}

/** The text parts of a template, from its expressions rather than from its elements, whose ranges parsers disagree about. */
function collectQuasis(node: TSESTree.TemplateLiteral, guarded: (readonly [number, number])[]): void {
  let from = node.range[0];
  for (const expression of node.expressions) {
    guarded.push([from, expression.range[0]]);
    from = expression.range[1];
  }
  guarded.push([from, node.range[1]]);
}
