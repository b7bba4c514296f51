import { visit } from '../../model/ast/visit.ts';
import type { Source } from '../../model/source.ts';
import type { LifecycleLockOptions } from '../lifecycle-lock-options.ts';
import { fileStyleOf } from '../text/file-style.ts';

/** The first Node that has `await using` and AsyncDisposableStack. */
const STACK_NODE = 24;

/**
 * Whether `await using undo = new AsyncDisposableStack()` surely runs. TypeScript compiles `using` for any target but brings no stack; it knows
 * of one where the types of Node 24 are, or where the project asks for `using` itself. What holds JSX is as a rule made for browsers.
 */
export function canUseStack(source: Source, { nodeMajor = 0, nodeTypesMajor = 0, style }: LifecycleLockOptions): boolean {
  if (nodeMajor < STACK_NODE || source.fileName.endsWith('x') || hasAnother(source)) return false;
  return !fileStyleOf(source).isTypeScript || nodeTypesMajor >= STACK_NODE || style === 'using';
}

/** Whether the name may stand for something of the file. */
function hasAnother({ program }: Source): boolean {
  let others = 0;
  visit(program, (node) => {
    if (node.type === 'Identifier' && node.name === 'AsyncDisposableStack') others++;
    if (node.type === 'NewExpression' && node.callee.type === 'Identifier' && node.callee.name === 'AsyncDisposableStack') others--;
    if (node.type === 'TSTypeReference' && node.typeName.type === 'Identifier' && node.typeName.name === 'AsyncDisposableStack') others--;
    return undefined;
  });
  return others > 0;
}
