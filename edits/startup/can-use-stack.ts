import type { TSESTree } from '@typescript-eslint/utils';
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
  const uses = new Set<TSESTree.Node>();
  let isAnother = false;
  visit(program, (node) => {
    if (node.type === 'NewExpression') uses.add(node.callee);
    if (node.type === 'TSTypeReference') uses.add(node.typeName);
    isAnother ||= node.type === 'Identifier' && node.name === 'AsyncDisposableStack' && !uses.has(node);
    return undefined;
  });
  return isAnother;
}
