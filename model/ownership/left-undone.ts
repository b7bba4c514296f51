import type { TSESTree } from '@typescript-eslint/utils';
import { alwaysExits } from '../ast/always-exits.ts';
import { isFunction } from '../ast/is-function.ts';
import { isLogging } from '../ast/is-logging.ts';
import { someBelow } from '../ast/some-below.ts';
import type { Parents } from '../ast/parents.ts';
import { isExit } from '../signals/is-exit.ts';

/** The first statement that comes after a node in its function and does something that matters. */
export function leftUndone(node: TSESTree.Node, parents: Parents): TSESTree.Node | undefined {
  let inner = node;
  for (let at = parents.get(node); at !== undefined && !isFunction(at); inner = at, at = parents.get(at)) {
    const after = statementsAfter(at, inner);
    const found = after.find(matters);
    if (found !== undefined) return found;
    if (after.some((statement) => alwaysExits(statement) !== 'none') || leaves(inner)) return undefined;
  }
  return undefined;
}

function statementsAfter(outer: TSESTree.Node, inner: TSESTree.Node): readonly TSESTree.Node[] {
  if (outer.type === 'BlockStatement') return outer.body.slice(outer.body.findIndex((statement) => statement === inner) + 1);
  return outer.type === 'TryStatement' && outer.finalizer !== null && outer.finalizer !== inner ? [outer.finalizer] : [];
}

/** `return await x()` itself. */
function leaves({ type }: TSESTree.Node): boolean {
  return type === 'ReturnStatement' || type === 'ThrowStatement';
}

/** Whether a node calls anything but a logger and `process.exit()`, which ends nothing that is not ending already. */
export function matters(node: TSESTree.Node): boolean {
  return someBelow(
    node,
    (at) => (at.type === 'CallExpression' || at.type === 'NewExpression') && !isLogging(at) && !isExit(at),
    (at) => isFunction(at) || isLogging(at),
  );
}
