import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../../model/ast/contains.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import type { FunctionNode } from '../../model/service.ts';
import type { SignalHandler } from '../../model/signals/signal.ts';
import type { SignalFile } from '../../model/signals/signal-file.ts';
import { isRound } from './is-round.ts';

type Block = TSESTree.BlockStatement | TSESTree.Program;

/**
 * The statement before which a variable is to be declared that all these functions share: one for all signals, and there before the first of
 * them can come. Undefined where there is no such place.
 */
export function flagPlace(fns: readonly FunctionNode[], { registrations }: SignalHandler, file: SignalFile): TSESTree.Node | undefined {
  const places = fns.map((fn) => blockOf(fn, file));
  const [block] = places;
  if (block === undefined || places.some((other) => other !== block)) return undefined;
  const needed: readonly TSESTree.Node[] = [...fns, ...registrations.map(({ node }) => node)];
  const index = block.body.findIndex((statement) => needed.some((node) => contains(statement, node)));
  const isLater = registrations.some(({ node }) => !isIn(node, block, file)) && block.body.slice(0, index).some(awaits);
  return isLater ? undefined : block.body[index];
}

/** The block round a function, outside loops over the names of signals. */
function blockOf(fn: TSESTree.Node, { parents }: SignalFile): Block | undefined {
  let block: Block | undefined;
  for (let at = parents.get(fn); at !== undefined; at = parents.get(at)) {
    if (at.type === 'BlockStatement' || at.type === 'Program') block ??= at;
    if (isRound(at, parents.get(at))) block = undefined;
    else if (isFunction(at) || at.type === 'Program') return block;
  }
  return undefined;
}

/** Whether a node is run when the block is, rather than by a function in it. */
function isIn(node: TSESTree.Node, block: Block, { parents }: SignalFile): boolean {
  for (let at = parents.get(node); at !== undefined && at !== block; at = parents.get(at)) {
    if (isFunction(at) && !isRound(at, parents.get(at))) return false;
  }
  return true;
}

function awaits(statement: TSESTree.Node): boolean {
  return someBelow(statement, (node) => node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await), isFunction);
}
